/** What cargo does not watch: a warm target folder must not answer for what is another now. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { e2e, lacking } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const MAIN = `extern "C" { fn value() -> i32; }
fn main() { println!("{}", unsafe { value() }); }
#[test] fn is_one() { assert_eq!(unsafe { value() }, 1); }
`;

const FILES = {
  ...crate('app', {
    lock: false,
    main: MAIN,
    build: 'fn main() { println!("cargo:rerun-if-changed=value.c"); cc::Build::new().file("value.c").compile("value"); }\n',
    manifest: '\n[build-dependencies]\ncc = "1.2"\n',
  }),
  'app/value.c': 'int value(void) { return VALUE; }\n',
};

e2e(
  'another C compiler under the same name compiles, whatever is in the target folder',
  { files: FILES, options: { platforms: ['x86_64-linux'], backends: { '*': 'gcc' }, profile: 'dev' }, skip: lacking('gcc') },
  async (workspace) => {
    await workspace.lock('app');
    await workspace.commit();
    const bin = join(workspace.folder, 'bin');
    mkdirSync(bin);
    const env = { CC_x86_64_unknown_linux_gnu: 'mycc', PATH: `${bin}:${workspace.env.PATH}` };
    const says = async (value) => {
      writeFileSync(join(bin, 'mycc'), `#!/bin/sh\n[ "$1" != --version ] || { echo "mycc ${value}"; exit; }\nexec gcc -DVALUE=${value} "$@"\n`, { mode: 0o755 });
      const tests = await workspace.nx(['run', 'app:cross-test-x86_64-linux'], { env });
      assert.match(tests.text, /test is_one \.\.\./, tests.text);
      const ran = await workspace.nx(['run', 'app:cross-x86_64-linux'], { env });
      assert.equal(ran.code, 0, ran.text);
      const { stdout } = await workspace.run(workspace.path('dist/cross/x86_64-linux/app/app'), []);
      return [stdout.trim(), /test is_one \.\.\. ok/.test(tests.text), /compiling all for the platform anew/.test(ran.text), /Compiling app/.test(ran.text)];
    };
    assert.deepEqual(await says('1'), ['1', true, false, true]);
    assert.deepEqual(await says('2'), ['2', false, true, true]);

    // What changes and is nobody's business here compiles nothing anew.
    workspace.write({ 'app/src/main.rs': MAIN.replace('{}"', '{}!"') });
    assert.deepEqual(await says('2'), ['2!', false, false, true]);
  },
);
