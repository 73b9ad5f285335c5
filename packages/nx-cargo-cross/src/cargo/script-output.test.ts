import { expect, test } from '@jest/globals';
import { parseScriptOutput } from './script-output.js';

test('what a script says that it reads', () => {
  const text = `hello
cargo:rerun-if-changed=build.rs
cargo::rerun-if-changed=../my schemas
cargo:rerun-if-changed=build.rs
cargo:rerun-if-changed=
cargo:rerun-if-env-changed=MODE\r
cargo::rerun-if-env-changed=CC_x86_64-unknown-linux-gnu
cargo:rustc-env=A=cargo:rerun-if-changed=not/this
 cargo:rerun-if-changed=nor/this
cargo:rustc-cfg=x`;
  expect(parseScriptOutput(text)).toEqual({ paths: ['build.rs', '../my schemas', ''], variables: ['MODE', 'CC_x86_64-unknown-linux-gnu'], sets: ['A'] });
});
