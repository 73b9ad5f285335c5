/** What a build reads beside what its key holds: found, told, kept out of every cache, and written into the manifests where that is asked for. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { e2e } from './rig.mjs';
import { startCacheServer } from './rig/cache-server.mjs';
import { crate } from './rig/crates.mjs';
import { handedOut, remoteEnv } from './rig/remote.mjs';

const APP = `fn main() {
    println!("{} {} {:?} {}", lib::WORDS, env!("STAMP"), option_env!("APP_KIND"), env!("CARGO_PKG_NAME"));
}
`;

const BUILD_RS = `fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../proto");
    println!("cargo::rerun-if-env-changed=APP_CHANNEL");
    println!("cargo:rustc-env=STAMP={}", std::fs::read_dir("../../proto").unwrap().count());
}
`;

/** `libc` reads variables of its own, and is in nearly every program. */
const FILES = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["crates/*"]\n',
  'crates/app/Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nmiddle = { path = "../middle" }\nlib = { path = "../lib" }\n',
  'crates/app/src/main.rs': APP,
  'crates/app/build.rs': BUILD_RS,
  'crates/middle/Cargo.toml': '[package]\nname = "middle"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nlib = { path = "../lib" }\nlibc = "0.2"\n',
  'crates/middle/src/lib.rs': 'pub use lib::WORDS;\n',
  'crates/lib/Cargo.toml': '[package] # small\nname = "lib"\nversion = "0.1.0"\nedition = "2021"\n\n[package.metadata.nx-cargo-cross]\ninputs = ["!NOTES.md"] # not in it\n',
  'crates/lib/src/lib.rs': '#![doc = include_str!("../NOTES.md")]\n//!\npub const WORDS: &str = include_str!("../../../schemas/the words.txt");\n',
  'crates/lib/NOTES.md': '# Notes\n',
  'schemas/the words.txt': 'words\n',
  'proto/one.proto': 'one\n',
};

const SETUP = { options: { platforms: ['wasm32-wasip1'], profile: 'dev', tests: false }, files: FILES };
const TASK = 'app:cross-wasm32-wasip1';
const DESK = { CI: 'false' };

/** How Nx says that it ran nothing. */
const CACHED = /\[(local|remote) cache\]|existing outputs match|read the output from the cache/;

const WARNING = `warning[inputs-uncovered]: app for wasm32-wasip1 was built from what no cache key holds: a change of it would not be noticed
  schemas/the words.txt, read by crates/lib/src/lib.rs:3
  proto with all below it, read by the build script of app 0.1.0
  the variable APP_KIND, read by crates/app/src/main.rs:2
  the variable APP_CHANNEL, read by the build script of app 0.1.0
  help: Add to crates/lib/Cargo.toml, below [package.metadata.nx-cargo-cross]:
          inputs = ["../../schemas/the words.txt"]
        Add to crates/app/Cargo.toml, below [package.metadata.nx-cargo-cross]:
          inputs = ["../../proto/**"]
          env-inputs = ["APP_KIND", "APP_CHANNEL"]
        Or have it written: npx nx run app:cross-wasm32-wasip1 --fix-inputs
`;

async function run(workspace, env, ...words) {
  return workspace.nx(['run', TASK, ...words], { env });
}

e2e('what is read beside the key fails a CI service before anything is handed out', SETUP, async (workspace) => {
  await workspace.lock('.');
  for (const time of ['once', 'twice']) {
    const ran = await run(workspace, { CI: 'true' });
    assert.equal(ran.code, 1, `${time}: ${ran.text}`);
    assert.ok(ran.text.includes(WARNING.replace('warning', 'error')), ran.text);
    assert.deepEqual(handedOut(workspace), {});
    assert.doesNotMatch(ran.text, /local cache/);
  }
});

e2e('what is read beside the key is told at a desk, kept out of the caches, and written into the manifests', SETUP, async (workspace) => {
  await workspace.lock('.');
  await workspace.commit();
  const server = await startCacheServer({ folder: join(workspace.folder, 'server') });
  const env = { ...remoteEnv(server), ...DESK };
  try {
    for (const [time, ...words] of [['once'], ['twice'], ['in a batch', '--batch']]) {
      const ran = await run(workspace, env, ...words);
      assert.equal(ran.code, 0, ran.text);
      assert.ok(ran.text.includes(`${WARNING}  It is not kept in the cache.\n`), ran.text);
      assert.doesNotMatch(ran.text, /\[(local|remote) cache\]/, time);
      assert.deepEqual(server.hashes(), [], time);
      assert.equal(Object.keys(handedOut(workspace)).length, 2);
    }

    const fixed = await run(workspace, env, '--fix-inputs');
    assert.equal(fixed.code, 0, fixed.text);
    assert.match(fixed.text, /crates\/lib\/Cargo\.toml: added inputs = \["\.\.\/\.\.\/schemas\/the words\.txt"\]\n.*crates\/app\/Cargo\.toml: added inputs = \["\.\.\/\.\.\/proto\/\*\*"\]\n.*env-inputs = \["APP_KIND", "APP_CHANNEL"\]\n  It is not kept/s);
    assert.deepEqual(server.hashes(), []);
    assert.equal(workspace.read('crates/lib/Cargo.toml'), FILES['crates/lib/Cargo.toml'].replace('["!NOTES.md"]', '["!NOTES.md", "../../schemas/the words.txt"]'));
    assert.equal(workspace.read('crates/app/Cargo.toml'), `${FILES['crates/app/Cargo.toml']}\n[package.metadata.nx-cargo-cross]\nenv-inputs = ["APP_KIND", "APP_CHANNEL"]\ninputs = ["../../proto/**"]\n`);

    const built = async (more = {}) => {
      const ran = await run(workspace, { ...env, ...more });
      assert.equal(ran.code, 0, ran.text);
      assert.doesNotMatch(ran.text, /inputs-uncovered/);
      return !/\[(local|remote) cache\]|existing outputs match the cache/.test(ran.text);
    };
    assert.deepEqual([await built(), await built(), server.hashes().length], [true, false, 1]);
    assert.equal(await built({ CI: 'true' }), false);
    workspace.write({ 'schemas/the words.txt': 'other words\n' });
    assert.equal(await built(), true);
    workspace.write({ 'proto/two.proto': 'two\n' });
    assert.equal(await built(), true);
    assert.equal(await built({ APP_CHANNEL: 'beta' }), true);
    assert.equal(await built({ APP_KIND: 'big' }), true);
    assert.equal(await built(), false);
    workspace.write({ 'crates/lib/NOTES.md': '# Other notes\n' });
    assert.equal(await built(), false);
  } finally {
    await server.close();
  }
});

e2e(
  'what tests are compiled from is held against their key as well',
  {
    options: { platforms: ['wasm32-wasip1'], profile: 'dev' },
    files: { ...crate('app', { lock: false, main: 'fn main() {}\n' }), 'app/tests/words.rs': '#[test]\nfn are_words() { assert!(include_str!("../../words.txt").ends_with("words\\n")); }\n', 'words.txt': 'words\n' },
  },
  async (workspace) => {
    await workspace.lock('app');
    await workspace.commit();
    const test = async (code, ...words) => {
      const ran = await workspace.nx(['run', 'app:cross-test-wasm32-wasip1', ...words], { env: DESK });
      assert.equal(ran.code, code, ran.text);
      assert.doesNotMatch(ran.text, /"reason"/);
      return ran.text;
    };
    const ci = await workspace.nx(['run', 'app:cross-test-wasm32-wasip1'], { env: { CI: 'true' } });
    assert.equal(ci.code, 1, ci.text);
    assert.match(ci.text, /error\[inputs-uncovered\].*\n {2}words\.txt, read by app\/tests\/words\.rs:2\n/);
    for (let time = 0; time < 2; time += 1) {
      const told = await test(0);
      assert.match(told, /test are_words \.\.\. ok/);
      assert.match(told, /warning\[inputs-uncovered\].*\n {2}words\.txt, read by app\/tests\/words\.rs:2\n/);
      assert.match(told, /It is not kept in the cache/);
      assert.doesNotMatch(told, CACHED);
    }
    assert.match(await test(0, '--fix-inputs'), /app\/Cargo\.toml: added inputs = \["\.\.\/words\.txt"\]/);
    assert.doesNotMatch(await test(0), /inputs-uncovered/);
    assert.match(await test(0), CACHED);
    workspace.write({ 'words.txt': 'no more\n' });
    await test(1);
  },
);

const WEB = { name: 'web', targets: { build: { executor: 'nx:run-commands', cache: true, inputs: ['{projectRoot}/src.txt'], outputs: ['{projectRoot}/dist'], options: { command: 'mkdir -p web/dist && cp web/src.txt web/dist/a.txt' } } } };

const AFTER_WEB = { targets: { 'cross-wasm32-wasip1': { dependsOn: ['web:build'], inputs: ['...', { dependentTasksOutputFiles: '**/*' }] } } };

/** A program with what another task makes in it, and one whose build script looks at the commit. */
const TWO = {
  options: SETUP.options,
  files: {
    ...crate('page', { main: 'fn main() { print!("{}", include_str!("../../web/dist/a.txt")); }\n' }),
    ...crate('stamp', { build: 'fn main() { println!("cargo:rerun-if-changed=../.git/HEAD"); }\n' }),
    'web/project.json': JSON.stringify(WEB),
    'web/src.txt': 'one\n',
  },
};

e2e('what another task makes, and the commit, are told with the way into the key', TWO, async (workspace) => {
  const built = async (project, pattern, ...words) => {
    const ran = await workspace.nx(['run', `${project}:cross-wasm32-wasip1`, ...words], { env: DESK });
    assert.equal(ran.code, 0, ran.text);
    if (pattern) assert.match(ran.text, pattern);
    else assert.doesNotMatch(ran.text, /inputs-uncovered/);
    return !ran.text.includes(`nx run ${project}:cross-wasm32-wasip1  [`);
  };
  await workspace.nx(['run', 'web:build']);
  await built('page', /web\/dist\/a\.txt \(git ignores it\), read by page\/src\/main\.rs:1\n  help: Nx hashes no file that git ignores/);
  workspace.write({ 'page/project.json': JSON.stringify(AFTER_WEB) });
  assert.deepEqual([await built('page'), await built('page')], [true, false]);
  workspace.write({ 'web/src.txt': 'two\n' });
  assert.equal(await built('page'), true);

  await built('stamp', /\.git\/HEAD \(the commit\), read by the build script of stamp 0\.1\.0\n  help: Add to stamp\/Cargo\.toml/);
  await built('stamp', /stamp\/Cargo\.toml: added inputs = \["\.\.\/\.git\/HEAD"\]\n.*each commit builds it anew/, '--fix-inputs');
  await workspace.commit();
  assert.deepEqual([await built('stamp'), await built('stamp')], [true, false]);
  await workspace.commit();
  assert.equal(await built('stamp'), true);
});

const BOTH_MACS = { options: { ...SETUP.options, platforms: ['universal-macos'] }, files: { ...crate('page', { main: 'fn main() { print!("{}", include_str!("../../words.txt")); }\n' }), 'words.txt': 'words\n' } };

e2e('what is joined of two builds is kept out of the caches with them', BOTH_MACS, async (workspace) => {
  const fromCache = async (...words) => (await workspace.nx(['run', 'page:cross-universal-macos', ...words], { env: DESK })).text.includes('cross-universal-macos  [');
  assert.deepEqual([await fromCache(), await fromCache()], [false, false]);
  await fromCache('--fix-inputs');
  assert.deepEqual([await fromCache(), await fromCache()], [false, true]);
});

e2e('a run of several tasks says once what they read, and has it written once', { ...SETUP, options: { ...SETUP.options, platforms: ['wasm32-wasip1', 'x86_64-linux-musl'] } }, async (workspace) => {
  await workspace.lock('.');
  await workspace.commit();
  const all = async (...words) => {
    const ran = await workspace.nx(['run-many', '-t', 'cross', ...words], { env: DESK });
    assert.equal(ran.code, 0, ran.text);
    return ran.text;
  };
  const first = await all();
  const summary = WARNING.replace('app for wasm32-wasip1 was', '2 tasks were').replace(`npx nx run ${TASK} --fix-inputs`, 'the same command with --fix-inputs');
  assert.ok(first.includes(`${summary}  They are not kept in the cache.\n`), first);
  const why = await workspace.run(process.execPath, [workspace.path('node_modules/nx-cargo-cross/dist/cli/main.js'), 'why', TASK]);
  assert.match(why.stdout, /No cache keeps it, for it was built from what no cache key holds; --fix-inputs writes what is missing:\n {4}schemas\/the words\.txt, read by crates\/lib\/src\/lib\.rs:3\n/, why.text);
  const fixed = await all('--fix-inputs');
  assert.match(fixed, /\n {2}crates\/lib\/Cargo\.toml: added inputs = .*\n {2}They are not kept in the cache this time\.\n/s);
  assert.equal(workspace.read('crates/app/Cargo.toml'), `${FILES['crates/app/Cargo.toml']}\n[package.metadata.nx-cargo-cross]\nenv-inputs = ["APP_KIND", "APP_CHANNEL"]\ninputs = ["../../proto/**"]\n`);
  assert.doesNotMatch(await all(), /inputs-uncovered/);
  assert.match(await all(), /3\/3 hit|3 out of 3 tasks|\[local cache\]/);
});

e2e(
  'options of the command line are not kept, for their packages and profiles are in no key; another platform is refused',
  {
    options: { platforms: ['wasm32-wasip1', 'x86_64-linux-musl'], profile: 'dev' },
    files: crate('app', {
      lock: false,
      main: 'fn main() { #[cfg(feature = "numbers")] println!("{}", itoa::Buffer::new().format(1)); }\n#[test] fn passes() {}\n',
      manifest: '\n[dependencies]\nitoa = { version = "1", optional = true }\n\n[features]\nnumbers = ["dep:itoa"]\n',
    }),
  },
  async (workspace) => {
    await workspace.lock('app');
    await workspace.commit();
    for (const [target, words, said] of [
      ['cross-wasm32-wasip1', ['--features=numbers'], /features = \["numbers"\], said by the command line/],
      ['cross-wasm32-wasip1', ['--profile=release'], /profile = "release", said by the command line/],
      ['cross-test-wasm32-wasip1', ['--profile=release'], /profile = "release", said by the command line/],
    ]) {
      for (const env of [DESK, { CI: 'true' }]) {
        const ran = await workspace.nx(['run', `app:${target}`, ...words], { env });
        assert.equal(ran.code, 0, ran.text);
        assert.match(ran.text, said);
        assert.doesNotMatch(ran.text, /\[local cache\]|existing outputs match/);
      }
    }
    const configured = await workspace.nx(['run', 'app:cross-wasm32-wasip1', '--profile=dev'], { env: DESK });
    assert.doesNotMatch(configured.text, /inputs-uncovered/);

    const other = await workspace.nx(['run', 'app:cross-wasm32-wasip1', '--platform=x86_64-linux-musl'], { env: DESK });
    assert.notEqual(other.code, 0, other.text);
    assert.match(other.text, /error\[other-platform\]: app:cross-wasm32-wasip1 is for wasm32-wasip1, and was told x86_64-linux-musl\n.*\n {2}help: npx nx run app:cross-x86_64-linux-musl\n/);
    assert.ok(!workspace.exists('dist/cross/x86_64-linux-musl'));
  },
);
