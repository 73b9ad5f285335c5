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

/** Leaves a C compiler `mycc` on a PATH of its own that says a version and compiles this value in. */
function compilers(workspace) {
  const bin = join(workspace.folder, 'bin');
  mkdirSync(bin);
  return {
    env: { PATH: `${bin}:${workspace.env.PATH}` },
    put: (value) => writeFileSync(join(bin, 'mycc'), `#!/bin/sh\n[ "$1" != --version ] || { echo "mycc ${value}"; exit; }\nexec gcc -DVALUE=${value} "$@"\n`, { mode: 0o755 }),
  };
}

e2e(
  'another C compiler under the same name compiles, whatever is in the target folder',
  { files: FILES, options: { platforms: ['x86_64-linux'], backends: { '*': 'gcc' }, profile: 'dev' }, skip: lacking('gcc') },
  async (workspace) => {
    await workspace.lock('app');
    await workspace.commit();
    const compiler = compilers(workspace);
    const env = { ...compiler.env, CC_x86_64_unknown_linux_gnu: 'mycc' };
    const says = async (value) => {
      compiler.put(value);
      const tests = await workspace.nx(['run', 'app:cross-test-x86_64-linux'], { env });
      assert.match(tests.text, /test is_one \.\.\./, tests.text);
      const ran = await workspace.nx(['run', 'app:cross-x86_64-linux'], { env });
      assert.equal(ran.code, 0, ran.text);
      const { stdout } = await workspace.run(workspace.path('dist/cross/x86_64-linux/app/app'), []);
      return [stdout.trim(), /test is_one \.\.\. ok/.test(tests.text), /building all for the platform anew/.test(ran.text), /Compiling app/.test(ran.text)];
    };
    assert.deepEqual(await says('1'), ['1', true, false, true]);
    assert.deepEqual(await says('2'), ['2', false, true, true]);

    // What changes and is nobody's business here compiles nothing anew.
    workspace.write({ 'app/src/main.rs': MAIN.replace('{}"', '{}!"') });
    assert.deepEqual(await says('2'), ['2!', false, false, true]);
  },
);

const MAKE = {
  'tool/main.c': '#include <stdio.h>\nint main(void) { printf("%d\\n", VALUE); }\n',
  'tool/Makefile': '$(OUT)/tool: $(OUT)/main.o\n\tmycc -o $@ $^\n$(OUT)/main.o: main.c\n\tmycc -c -o $@ $^\n',
  'tool/project.json': JSON.stringify({
    name: 'tool',
    targets: {
      'cross-x86_64-linux': {
        executor: 'nx-cargo-cross:exec',
        options: { platform: 'x86_64-linux', command: 'make OUT={buildDir}', versions: ['mycc --version'], artifacts: [{ path: '{buildDir}/tool', kind: 'bin' }] },
      },
    },
  }),
};

e2e(
  'a command of the user starts with an empty folder where what it asks says something else, and else with what it left',
  { files: MAKE, options: { backends: { '*': 'gcc' } }, skip: lacking('gcc', 'make') },
  async (workspace) => {
    const compiler = compilers(workspace);
    const says = async (value) => {
      compiler.put(value);
      const ran = await workspace.nx(['run', 'tool:cross-x86_64-linux'], { env: compiler.env });
      assert.equal(ran.code, 0, ran.text);
      const { stdout } = await workspace.run(workspace.path('dist/cross/x86_64-linux/tool/tool'), []);
      return [stdout.trim(), /building all for the platform anew/.test(ran.text), /mycc -c/.test(ran.text)];
    };
    assert.deepEqual(await says('1'), ['1', false, true]);
    assert.deepEqual(await says('2'), ['2', true, true]);
    workspace.write({ 'tool/notes.txt': 'nothing that is compiled\n' });
    assert.deepEqual(await says('2'), ['2', false, false]);
  },
);
