/** What cargo does not watch: a warm target folder must not answer for what is another now. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { e2e, lacking } from './rig.mjs';
import { crate } from './rig/crates.mjs';
import { runWasi } from './rig/wasi.mjs';

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
  // What is in a folder of the user's own would be out of sight.
  '.cargo/config.toml': '[build]\nbuild-dir = "elsewhere"\n',
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

/** One build script that says what it reads, and one that says nothing: cargo runs that again when a file of the package has a newer time. */
const counting = (folder, says = '') => `fn main() { ${says}println!("cargo:rustc-env=COUNT={}", std::fs::read_dir("${folder}").unwrap().count()); }\n`;
const SOURCES = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "words"]\n',
  ...crate('app', { main: 'mod value;\nfn main() { println!("{} {} {}{}{}", value::VALUE, env!("COUNT"), words::COUNT, option_env!("GIT_SHA").unwrap_or(""), env!("KIND")); }\n#[test] fn is_two() { assert_eq!(value::VALUE, 2); }\n', build: counting('data', 'println!("cargo:rustc-env=KIND={}", std::env::var("KIND").unwrap_or_default()); '), manifest: '\n[dependencies]\nwords = { path = "../words" }\n\n[package.metadata.nx-cargo-cross]\nenv-inputs = ["GIT_SHA", "KIND"]\n', lock: false }),
  ...crate('words', { main: '', lib: 'pub const COUNT: &str = env!("COUNT");\n', build: counting('proto', 'println!("cargo:rerun-if-changed=proto"); println!("cargo:rerun-if-env-changed=KIND"); '), manifest: '\n[package.metadata.nx-cargo-cross]\nenv-inputs = ["KIND"]\n', lock: false }),
  'app/src/value.rs': 'pub const VALUE: i32 = 1;\n',
  'app/data/a': '',
  'app/data/b': '',
  'words/proto/a': '',
  'words/proto/b': '',
  'words/proto/c': '',
};

e2e(
  'what cargo does not notice by its time is noticed: a source that is older than the build, a file less where a build script says nothing of it, a folder with an old time',
  { files: SOURCES, options: { platforms: ['wasm32-wasip1'], profile: 'dev' } },
  async (workspace) => {
    await workspace.lock('.');
    await workspace.commit();
    const says = async (env = {}) => {
      const ran = await workspace.nx(['run', 'app:cross-wasm32-wasip1'], { env });
      assert.equal(ran.code, 0, ran.text);
      assert.doesNotMatch(ran.text, /building all for the platform anew/);
      const { stdout } = runWasi(workspace.path('dist/cross/wasm32-wasip1/app/app.wasm'), []);
      return [stdout.trim(), ran.text.match(/it gets the present time/g)?.length ?? 0];
    };
    const makeOld = (path) => utimesSync(workspace.path(path), 1e9, 1e9);
    assert.deepEqual(await says(), ['1 2 3', 0]);

    const isTwo = async () => /test is_two \.\.\. ok/.test((await workspace.nx(['run', 'app:cross-test-wasm32-wasip1'])).text);
    assert.equal(await isTwo(), false);
    workspace.write({ 'app/src/value.rs': 'pub const VALUE: i32 = 2;\n' });
    makeOld('app/src/value.rs');
    assert.equal(await isTwo(), true);
    makeOld('app/src/value.rs');
    assert.deepEqual(await says(), ['2 2 3', 1]);

    rmSync(workspace.path('app/data/b'));
    assert.deepEqual(await says(), ['2 1 3', 1]);

    rmSync(workspace.path('words/proto/c'));
    makeOld('words/proto');
    assert.deepEqual(await says(), ['2 1 2', 1]);

    // What cargo notices by itself is left to it.
    workspace.write({ 'app/src/value.rs': 'pub const VALUE: i32 = 3;\n' });
    assert.deepEqual(await says(), ['3 1 2', 0]);
    assert.deepEqual(await says({ GIT_SHA: 'a' }), ['3 1 2a', 0]);
    assert.deepEqual(await says({ GIT_SHA: 'b' }), ['3 1 2b', 0]);

    // The one that says that it reads this has cargo run it again; the one that says it to us alone is not run by cargo.
    const kind = await workspace.nx(['run', 'app:cross-wasm32-wasip1'], { env: { KIND: '!' } });
    assert.equal(kind.code, 0, kind.text);
    assert.equal(runWasi(workspace.path('dist/cross/wasm32-wasip1/app/app.wasm'), []).stdout.trim(), '3 1 2!');
  },
);

const SHARED = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "other", "words"]\n',
  ...crate('app', { main: 'fn main() { println!("{} {}", words::WORD, include_str!("../shared.txt").trim()); }\n', manifest: '\n[dependencies]\nwords = { path = "../words" }\n', lock: false }),
  ...crate('other', { main: 'fn main() { println!("{}", include_str!("../../app/shared.txt").trim()); }\n', manifest: '\n[package.metadata.nx-cargo-cross]\ninputs = ["../app/shared.txt"]\n', lock: false }),
  ...crate('words', { main: '', lib: 'pub const WORD: &str = "one";\n', lock: false }),
  'app/shared.txt': 'one\n',
};

e2e(
  'what cargo does not notice by its time is noticed, whatever became of the build in between: failed, killed, or another crate of the same source',
  { files: SHARED, options: { platforms: ['wasm32-wasip1'], profile: 'dev' } },
  async (workspace) => {
    await workspace.lock('.');
    await workspace.commit();
    const build = (name) => workspace.nx(['run', `${name}:cross-wasm32-wasip1`, '--skip-nx-cache']);
    const says = async (name) => {
      const ran = await build(name);
      assert.equal(ran.code, 0, ran.text);
      return runWasi(workspace.path(`dist/cross/wasm32-wasip1/${name}/${name}.wasm`), []).stdout.trim();
    };
    const putOld = (path, text) => {
      workspace.write({ [path]: text });
      utimesSync(workspace.path(path), 1e9, 1e9);
    };
    const notes = ['wasm32-wasip1.read.json', 'host.read.json'].map((name) => workspace.path(`target/nx-cross/named-folders-1/${name}`));
    assert.equal(await says('app'), 'one one');
    assert.equal(await says('other'), 'one');
    const before = notes.map((note) => readFileSync(note));

    // The library is compiled, the program is not.
    const broken = { 'words/src/lib.rs': SHARED['words/src/lib.rs'].replace('one', 'two'), 'app/src/main.rs': 'fn main() { nothing }\n' };
    const putBack = () => Object.keys(broken).forEach((path) => putOld(path, SHARED[path]));
    workspace.write(broken);
    assert.notEqual((await build('app')).code, 0);
    putBack();
    assert.equal(await says('app'), 'one one');

    // What a run leaves that is killed: everything but the note of it.
    workspace.write(broken);
    assert.notEqual((await build('app')).code, 0);
    notes.forEach((note, nth) => writeFileSync(note, before[nth]));
    putBack();
    assert.equal(await says('app'), 'one one');
    notes.forEach((note) => rmSync(note));
    workspace.write(broken);
    assert.notEqual((await build('app')).code, 0);
    notes.forEach((note) => rmSync(note));
    putBack();
    assert.equal(await says('app'), 'one one');

    // `other` was compiled from what this was before.
    putOld('app/shared.txt', 'two\n');
    assert.equal(await says('app'), 'one two');
    putOld('app/shared.txt', 'two\n');
    assert.equal(await says('other'), 'two');
  },
);
