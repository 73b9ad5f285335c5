/** What has to be built of a platform's toolchain as a task of its own: made on one machine, taken by the next, and never other bytes. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../tools/lib/files.mjs';
import { e2e } from './rig.mjs';
import { startCacheServer } from './rig/cache-server.mjs';
import { crate } from './rig/crates.mjs';
import { remoteEnv } from './rig/remote.mjs';

const TARGET = 'cross-aarch64-linux';
const OPTIONS = { platforms: ['aarch64-linux'], profile: 'dev', tests: false, toolchain: true };
const main = (word) => `fn main() { println!("${word} {}", std::env::args().count()); }\n`;

/** Two crates that take the same toolchain. */
const FILES = {
  'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["one", "two"]\n',
  ...crate('one', { lock: false, main: main('one') }),
  ...crate('two', { lock: false, main: main('two') }),
};

/** What a machine has of its own, where no other test has been: zig's cache. std is the one that all tests share. */
function machine(workspace, name) {
  const cache = join(workspace.folder, `${name}-zig`);
  return {
    cache,
    env: { ZIG_GLOBAL_CACHE_DIR: cache, NX_CACHE_DIRECTORY: join(workspace.folder, `${name}-nx`) },
    /** The entries of the cache, by their names, without the C++ of a published crate, which is kept beside what zig builds. */
    entries: () => (existsSync(join(cache, 'o')) ? readdirSync(join(cache, 'o')).filter((entry) => readdirSync(join(cache, 'o', entry)).join() !== OF_CRATE).sort() : []),
  };
}

/** The same repository, in another folder, where zig lies elsewhere too. */
function elsewhere(workspace, ...names) {
  const root = join(workspace.folder, ...names);
  mkdirSync(join(root, '..'), { recursive: true });
  cpSync(workspace.root, root, { recursive: true, verbatimSymlinks: true, filter: (path) => !['target', 'dist', '.nx'].some((name) => path === workspace.path(name)) });
  return workspace.checkout(root);
}

function artifact(workspace, name) {
  return createHash('sha256').update(readFileSync(workspace.path('dist/cross/aarch64-linux', name, name))).digest('hex');
}

const PUT = /(\d+) parts of the toolchain of aarch64-unknown-linux-gnu are put in place \([\d.]+ MB\)/;

e2e('one machine builds the libraries of a platform, and the next ones take them, to the same bytes', { files: FILES, options: OPTIONS }, async (workspace) => {
  const server = await startCacheServer({ folder: join(workspace.folder, 'remote') });
  try {
    assert.equal((await workspace.run('cargo', ['generate-lockfile'])).code, 0);
    await workspace.commit();
    const [first, second, third, plain] = ['first', 'second', 'third', 'plain'].map((name) => machine(workspace, name));

    // Equal toolchains stand at one project alone.
    const shown = await workspace.nx(['show', 'projects', '--with-target', 'cross-toolchain-aarch64-linux']);
    assert.equal(shown.stdout.trim(), 'one', shown.text);

    const made = await workspace.nx(['run-many', '-t', TARGET, '--outputStyle=static'], { env: { ...remoteEnv(server), ...first.env } });
    assert.equal(made.code, 0, made.text);
    assert.match(made.text, /linking a program and a library with zig/);
    assert.equal(made.text.match(new RegExp(PUT, 'g'))?.length, 1, made.text);
    assert.equal(server.hashes().length, 3, 'the toolchain, and two artifacts');
    const entries = first.entries();
    assert.ok(entries.length > 10, 'stubs of glibc and the rest');

    // Another machine, another folder, another source: zig finds all that it links.
    const other = elsewhere(workspace, 'in', 'another', 'place');
    other.write({ 'two/src/main.rs': main('more') });
    const taken = await other.nx(['run', `two:${TARGET}`], { env: { ...remoteEnv(server), ...second.env } });
    assert.equal(taken.code, 0, taken.text);
    assert.match(taken.text, PUT);
    assert.doesNotMatch(taken.text, /linking a program and a library/);
    assert.deepEqual(second.entries(), entries);
    const bytes = artifact(other, 'two');

    // Nothing to ask for, once it has been asked.
    other.write({ 'two/src/main.rs': main('most') });
    const again = await other.nx(['run', `two:${TARGET}`], { env: { ...remoteEnv(server), ...second.env } });
    assert.equal(again.code, 0, again.text);
    assert.doesNotMatch(again.text, /toolchain of/);

    // Without the option, on a machine that has nothing: the same bytes, and the same libraries.
    const without = elsewhere(workspace, 'without');
    without.write({ 'nx.json': workspace.read('nx.json').replace('"toolchain": true', '"toolchain": false'), 'two/src/main.rs': main('more') });
    const built = await without.nx(['run', `two:${TARGET}`], { env: plain.env });
    assert.equal(built.code, 0, built.text);
    assert.doesNotMatch(built.text, /toolchain of/);
    assert.equal(artifact(without, 'two'), bytes);
    assert.deepEqual(plain.entries().filter((entry) => !entries.includes(entry)), []);

    // What is damaged in the cache costs its time, and nothing else.
    const [archive] = filesBelow(join(workspace.folder, 'first-nx')).filter((file) => file.endsWith('/toolchain.br')).map((file) => join(workspace.folder, 'first-nx', file));
    const damaged = readFileSync(archive);
    damaged[Math.floor(damaged.length / 2)] ^= 1;
    writeFileSync(archive, damaged);
    workspace.remove('dist');
    workspace.write({ 'two/src/main.rs': main('more') });
    const warned = await workspace.nx(['run', `two:${TARGET}`], { env: { ...third.env, NX_CACHE_DIRECTORY: first.env.NX_CACHE_DIRECTORY } });
    assert.equal(warned.code, 0, warned.text);
    assert.match(warned.text, /warning\[toolchain-unusable\]: toolchain\.br cannot be unpacked: .*; what is missing is built here/);
    assert.equal(artifact(workspace, 'two'), bytes);
  } finally {
    await server.close();
  }
});

/** What zig builds for a platform, C++ among it: a program that has it linked, of a crate that is known for it. */
const CXX = '\n[dependencies]\nlink-cplusplus = "=1.0.12"\n';
/** What its build script compiles. */
const OF_CRATE = 'dummy.o';
const PLATFORMS = [
  { name: 'x86_64-linux-musl' },
  { name: 'x86_64-windows' },
  // Without C++ zig builds nothing for a program.
  { name: 'aarch64-macos', manifest: CXX, what: 'C++ for ' },
  { name: 'aarch64-linux', manifest: CXX, what: 'C++ for ' },
];

for (const { name, manifest = '', what = '' } of PLATFORMS) {
  const target = `one:cross-${name}`;
  const files = { 'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["one"]\n', ...crate('one', { lock: false, main: `${manifest ? 'use link_cplusplus as _;\n' : ''}${main('one')}`, manifest }) };
  e2e(`${what}${name}: zig builds nothing where the toolchain is in the cache, and the bytes are those of one that builds all`, { files, options: { ...OPTIONS, platforms: [name] } }, async (workspace) => {
    const server = await startCacheServer({ folder: join(workspace.folder, 'remote') });
    const built = (at) => filesBelow(at.path('dist/cross', name, 'one')).filter((file) => file !== 'manifest.json').map((file) => [file, createHash('sha256').update(readFileSync(at.path('dist/cross', name, 'one', file))).digest('hex')]);
    try {
      assert.equal((await workspace.run('cargo', ['generate-lockfile'])).code, 0);
      await workspace.commit();
      const [first, second, plain] = ['first', 'second', 'plain'].map((one) => machine(workspace, one));
      const made = await workspace.nx(['run', `one:cross-toolchain-${name}`], { env: { ...remoteEnv(server), ...first.env } });
      assert.equal(made.code, 0, made.text);
      const kept = JSON.parse(workspace.read(join('dist/cross/.toolchains', name, 'one/toolchain.json'))).files.flatMap(({ path }) => /^zig\/o\/(\w+)/.exec(path)?.[1] ?? []);

      const other = elsewhere(workspace, 'in', 'another', 'place');
      other.write({ 'one/src/main.rs': other.read('one/src/main.rs').replace('one {}', 'more {}') });
      const taken = await other.nx(['run', target], { env: { ...remoteEnv(server), ...second.env } });
      assert.equal(taken.code, 0, taken.text);
      assert.doesNotMatch(taken.text, /linking a program and a library|toolchain-unusable/);
      assert.deepEqual(second.entries().filter((entry) => !kept.includes(entry)), []);

      const without = elsewhere(other, 'without');
      without.write({ 'nx.json': other.read('nx.json').replace('"toolchain": true', '"toolchain": false') });
      const alone = await without.nx(['run', target], { env: plain.env });
      assert.equal(alone.code, 0, alone.text);
      assert.ok(plain.entries().length > 0, 'zig has something to build');
      assert.deepEqual(plain.entries().filter((entry) => !kept.includes(entry)), []);
      assert.deepEqual(built(without), built(other));
    } finally {
      await server.close();
    }
  });
}
