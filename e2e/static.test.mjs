/** What makes a program dynamic that its platform promises static is named: the crate, the library, the flag. */
import assert from 'node:assert/strict';
import { e2e } from './rig.mjs';

const TRIPLE = 'x86_64-unknown-linux-musl';

/** A crate whose build script makes a shared library, and asks for it. */
const SHARED = `
use std::{env, process::Command};
fn main() {
    let out = env::var("OUT_DIR").unwrap();
    let cc = env::var("CC_${TRIPLE.replaceAll('-', '_')}").unwrap();
    let made = Command::new(cc).args(["-shared", "-fPIC", "-o", &format!("{out}/libfoo.so"), "foo.c"]).status().unwrap();
    assert!(made.success());
    println!("cargo:rustc-link-search=native={out}");
    println!("cargo:rustc-link-lib=dylib=foo");
}
`;

const manifest = (name, rest = '') => `[package]\nname = "${name}"\nversion = "0.3.0"\nedition = "2021"\n${rest}`;

const FILES = {
  'Cargo.toml': '[workspace]\nmembers = ["app", "foo-sys"]\nresolver = "2"\n',
  'Cargo.lock': 'version = 4\n\n[[package]]\nname = "app"\nversion = "0.3.0"\ndependencies = [\n "foo-sys",\n]\n\n[[package]]\nname = "foo-sys"\nversion = "0.3.0"\n',
  'app/Cargo.toml': manifest('app', '\n[dependencies]\nfoo-sys = { path = "../foo-sys" }\n'),
  'app/src/main.rs': 'fn main() { println!("{}", foo_sys::answer()); }\n',
  'foo-sys/Cargo.toml': manifest('foo-sys', 'links = "foo"\n'),
  'foo-sys/build.rs': SHARED,
  'foo-sys/foo.c': 'int foo(void) { return 42; }\n',
  'foo-sys/src/lib.rs': 'extern "C" { fn foo() -> i32; }\npub fn answer() -> i32 { unsafe { foo() } }\n',
};

e2e('a crate that asks for a shared library on a static platform is named, with the library and the way out', { files: FILES, options: { platforms: [TRIPLE], profile: 'dev' } }, async (workspace) => {
  const { code, text } = await workspace.nx(['run', 'app:cross-x86_64-linux-musl']);
  assert.notEqual(code, 0);
  assert.match(text, /error\[not-static\]: app cannot be static, as platform x86_64-linux-musl promises/);
  assert.match(text, /foo-sys 0\.3\.0 asks for it: its build script links foo, and found \S+\/libfoo\.so without an archive beside it\./);
  assert.match(text, /Give foo-sys 0\.3\.0 an archive, libfoo\.a/);
  assert.equal(workspace.exists('dist/cross/x86_64-linux-musl/app'), false);
});

e2e(
  "a platform's own flag that contradicts it is found before anything is compiled",
  { files: FILES, options: { platforms: [TRIPLE], platform: { 'x86_64-linux-musl': { rustflags: ['-Ctarget-feature=-crt-static'] } } } },
  async (workspace) => {
    const { code, text } = await workspace.nx(['run', 'app:cross-x86_64-linux-musl']);
    assert.notEqual(code, 0);
    assert.match(text, /error\[linkage-impossible\]: A static program is impossible.*\n.*"-Ctarget-feature=-crt-static", which makes it dynamic/);
    assert.doesNotMatch(text, /Compiling/);
  },
);
