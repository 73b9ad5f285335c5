import { describe, expect, test } from '@jest/globals';
import { askFirst } from '../diagnostics/ask.js';
import { inferOf, inputsOf, projectOf, targetOf } from '../testkit/repository.js';
import { OPTIONS, SAMPLE } from '../testkit/sample.js';

const files = SAMPLE.files();
const inferred = inferOf(files, OPTIONS);
const nodeOf = (found: typeof inferred, name: string): string | undefined => [...found.nodes.values()].flatMap(({ externalNodes }) => externalNodes[name]?.data.hash ?? [])[0];
const APP = 'cargo-test:crates/app:aarch64-linux';
const GREET = 'cargo-test:crates/greet:aarch64-linux';

describe("the target of a crate's tests", () => {
  const target = targetOf(inferred, 'crates/greet', 'cross-test-aarch64-linux');

  test('has files, tools and the runner in its key, and nothing in its outputs', () => {
    expect(target).toMatchObject({ executor: 'nx-cargo-cross:test', cache: true, options: { platform: 'aarch64-linux' }, outputs: [] });
    const inputs = target.inputs ?? [];
    expect(inputs).toEqual(expect.arrayContaining(['{projectRoot}/**/*', '!{projectRoot}/target/**/*', '{workspaceRoot}/Cargo.toml', '{workspaceRoot}/crates/greet/Cargo.toml', { externalDependencies: [GREET] }]));
    expect(inputs).not.toContain('cargo-sources');
    expect(inputsOf(target, 'runtime')).toEqual(expect.arrayContaining([expect.stringContaining('ask rustc'), 'node -p process.platform+process.arch', askFirst('qemu-aarch64 --version', 'qemu-aarch64-static --version'), askFirst('cksum /usr/aarch64-linux-gnu/lib/libc.so.6')]));
    expect(inputsOf(target, 'env')).toEqual(expect.arrayContaining(['QEMU_LD_PREFIX', 'CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER']));
  });

  test('knows the sources of dev-dependencies, and theirs', () => {
    expect(target.inputs).toContainEqual({ input: 'cargo-sources', projects: ['app', 'lib'] });
    expect(target.inputs).toContain('{workspaceRoot}/crates/app/Cargo.toml');
  });

  test('for all platforms runs nothing', () => {
    expect(targetOf(inferred, 'crates/greet', 'cross-test')).toMatchObject({ executor: 'nx:noop', dependsOn: [{ target: 'cross-test-aarch64-linux', params: 'forward' }, { target: 'cross-test-x86_64-windows', params: 'forward' }] });
  });

  test.each<[string, (lock: string) => string, readonly string[]]>([
    ['a dev-dependency', (lock) => lock.replace(/(name = "fastrand"\nversion = ")1\.0\.0/, '$11.0.1'), [GREET]],
    ['a package that nobody uses', (lock) => lock.replace(/(name = "unused"\nversion = ")1\.0\.0/, '$11.0.1'), []],
  ])('has another key for another version of %s', (_, edit, changed) => {
    const lock = files['Cargo.lock'] ?? '';
    expect(edit(lock)).not.toBe(lock);
    const after = inferOf({ ...files, 'Cargo.lock': edit(lock) }, OPTIONS);
    expect([GREET].filter((name) => nodeOf(after, name) !== nodeOf(inferred, name))).toEqual(changed);
  });

  test.each([{ testTimeout: '5' }, { unrunnable: 'skip' }, { platform: { 'aarch64-linux': { env: { A: 'b' } } } }])('has another key with %j', (more) => {
    expect(nodeOf(inferOf(files, { ...OPTIONS, ...more }), APP)).not.toBe(nodeOf(inferred, APP));
  });

  test('is not cached where no lock file says what dev-dependencies are', () => {
    const { 'Cargo.lock': _, ...unlocked } = files;
    expect(targetOf(inferOf(unlocked, OPTIONS), 'crates/app', 'cross-test-aarch64-linux').cache).toBe(false);
  });

  test.each<[string, object, readonly string[]]>([
    ['none where they are switched off', { tests: false }, []],
    ['one where they are switched on for one platform', { tests: false, platform: { 'aarch64-linux': { tests: true } } }, ['cross-test-aarch64-linux', 'cross-test']],
  ])('%s', (_, more, expected) => {
    const names = Object.keys(projectOf(inferOf(files, { ...OPTIONS, ...more }), 'crates/app').targets ?? {});
    expect(names.filter((name) => name.includes('test'))).toEqual(expected);
  });

  test('libraries have some where they are asked for', () => {
    expect(Object.keys(projectOf(inferOf(files, { ...OPTIONS, tests: true }), 'crates/lib').targets ?? {})).toEqual(['cross-test-aarch64-linux', 'cross-test-x86_64-windows', 'cross-test']);
  });
});
