import { describe, expect, test } from '@jest/globals';
import type { ExecutorContext } from '@nx/devkit';
import type { ResolvedCrate } from '../../config/crate-at.js';
import type { RunSpec } from '../../system/process.js';
import { aRequest } from '../../testkit/builders.js';
import { aSystem } from '../../testkit/fake-system.js';
import { makeLayerSource } from './layers.js';

const root = process.cwd();
const layerTarget = { executor: 'nx-cargo-cross:layer' };
const projects = {
  vault: { root: 'vault', targets: { 'cross-layer-aarch64-linux': layerTarget, 'cross-layer-x86_64-windows': layerTarget } },
  tool: { root: 'tool', targets: { 'cross-layer-aarch64-linux': layerTarget } },
};
const context = { root, projectsConfigurations: { version: 2, projects } } as unknown as ExecutorContext;
const crateOf = (): ResolvedCrate => ({ config: { targetName: 'cross' } }) as unknown as ResolvedCrate;

const ARM = aRequest('aarch64-linux');
const WINDOWS = aRequest('x86_64-windows');
const TOOL = aRequest('aarch64-linux', { project: 'tool', task: 'tool:cross-aarch64-linux' });

async function bring(requests: readonly typeof ARM[], stream: (spec: RunSpec) => { exitCode?: number } = () => ({}), env: Readonly<Record<string, string>> = {}) {
  const system = aSystem({ env, stream });
  const heard: string[] = [];
  const { brought, why } = await makeLayerSource(context, crateOf, system).bring(requests, (request, text) => heard.push(`${request.task} ${text}`), undefined);
  return { brought: [...brought], why, heard, streamed: system.streamed };
}

test.each<[string, typeof ARM, string | undefined]>([
  ['beside the artifacts of all platforms', ARM, `${root}/dist/cross/.layers/aarch64-linux/vault`],
  ['nowhere where there is no such target', aRequest('aarch64-macos'), undefined],
])('a layer lies %s', (_, request, expected) => expect(makeLayerSource(context, crateOf, aSystem()).folderOf(request)).toBe(expected));

describe('layers are brought by Nx', () => {
  test('those of one platform in one run, in an environment that is no task', async () => {
    const { brought, streamed } = await bring([ARM, WINDOWS, TOOL], undefined, { PATH: '/bin', NX_TASK_HASH: '1', NX_TASK_TARGET_PROJECT: 'vault', NX_TERMINAL_OUTPUT_PATH: '/x', NX_SKIP_NX_CACHE: 'true' });
    expect(streamed.map(({ args }) => args.slice(1))).toEqual([
      ['run-many', '--targets=cross-layer-aarch64-linux', '--projects=vault,tool', '--parallel=1', '--nxBail=false', '--outputStyle=stream-without-prefixes'],
      ['run-many', '--targets=cross-layer-x86_64-windows', '--projects=vault', '--parallel=1', '--nxBail=false', '--outputStyle=stream-without-prefixes'],
    ]);
    expect(streamed[0]?.args[0]).toMatch(/nx[/\\].*\.js$/);
    expect(streamed[0]?.env).toEqual({ PATH: '/bin', NX_ISOLATE_PLUGINS: 'false', NX_SKIP_NX_CACHE: 'true', NX_TUI: 'false' });
    expect(brought).toEqual([ARM.task, TOOL.task, WINDOWS.task]);
  });

  test('with what the command line of the build says', async () => {
    const { streamed } = await bring([aRequest('aarch64-linux', { overrides: [{ option: 'profile', value: '"dev"' }, { option: 'features', value: '["a", "b"]' }], build: { profile: 'dev', features: ['a', 'b'] } })]);
    expect(streamed[0]?.args.slice(-2)).toEqual(['--profile=dev', '--features=a,b']);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['what is compiled is heard, in whole lines', ['> nx run vault:cross-layer-aarch64-linux\n   Comp', 'iling itoa v1.0.0\nother\n'], ['   Compiling itoa v1.0.0\n']],
    ['what was compiled in an earlier run is not', ['\n> nx run vault:x  [local cache]\n   Compiling itoa v1.0.0\n> nx run tool:x\n   Compiling ryu v1.0.0\n'], ['   Compiling ryu v1.0.0\n']],
    ['whatever the cache is', ['\u001b[2m> \u001b[22mnx run vault:x  \u001b[2m[existing outputs match the cache, left as is]\u001b[22m\n   Compiling itoa v1.0.0\n'], []],
  ])('%s', async (_, said, expected) => {
    const { heard } = await bring([ARM], ({ onStdout }) => {
      for (const text of said) onStdout?.(text);
      return {};
    });
    expect(heard).toEqual(expected.map((text) => `${ARM.task} ${text}`));
  });

  test('why one could not be made is told, and the others are brought', async () => {
    const { brought, why } = await bring([ARM, WINDOWS], ({ args, onStderr }) => {
      if (!args.join(' ').includes('aarch64')) return {};
      onStderr?.('noise\n\u001b[31merror[compile-failed]\u001b[0m: vault does not compile for aarch64-unknown-linux-gnu\n');
      return { exitCode: 1 };
    });
    expect([brought, why]).toEqual([[WINDOWS.task], 'it could not be made: error[compile-failed]: vault does not compile for aarch64-unknown-linux-gnu']);
  });
});
