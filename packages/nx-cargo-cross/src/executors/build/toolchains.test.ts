import { describe, expect, test } from '@jest/globals';
import type { ExecutorContext } from '@nx/devkit';
import type { RunSpec } from '../../system/process.js';
import { aRequest } from '../../testkit/builders.js';
import { aSystem } from '../../testkit/fake-system.js';
import { makeToolchainSource } from './toolchains.js';

const root = process.cwd();
const build = (platform: string, toolchain?: object) => ({ executor: 'nx-cargo-cross:build', options: { platform }, ...(toolchain ? { metadata: { toolchain } } : {}) });
const REF = { root: 'tool', target: 'cross-toolchain-aarch64-linux', id: 'abc' };
const projects = {
  vault: { root: 'vault', targets: { 'cross-aarch64-linux': build('aarch64-linux', REF), 'cross-x86_64-windows': build('x86_64-windows'), 'cross-aarch64-macos': build('aarch64-macos', { ...REF, target: 'overridden' }) } },
  renamed: { root: 'tool', targets: { [REF.target]: { executor: 'nx-cargo-cross:toolchain', outputs: ['{workspaceRoot}/dist/cross/.toolchains/aarch64-linux/{projectName}'] }, overridden: { executor: 'nx:noop' } } },
};
const context = { root, projectsConfigurations: { version: 2, projects } } as unknown as ExecutorContext;
const ARM = aRequest('aarch64-linux');

test.each<[string, typeof ARM, object | undefined]>([
  ['that of the project with the folder that the graph named', ARM, { folder: `${root}/dist/cross/.toolchains/aarch64-linux/renamed`, id: 'abc' }],
  ['none where the graph names none', aRequest('x86_64-windows'), undefined],
  ['none where the target is no longer ours', aRequest('aarch64-macos'), undefined],
])('a build takes %s', (_, request, expected) => {
  const wish = makeToolchainSource(context, aSystem()).wishOf(request);
  if (expected) expect(wish).toMatchObject(expected);
  else expect(wish).toBeUndefined();
});

describe('a toolchain is brought by Nx', () => {
  const bring = async (stream: (spec: RunSpec) => { exitCode?: number }) => {
    const system = aSystem({ stream });
    const heard: string[] = [];
    return { why: await makeToolchainSource(context, system).bring(ARM, (text) => heard.push(text), undefined), heard, ran: system.streamed.map(({ args }) => args.slice(1)) };
  };

  test('by its one target', async () => {
    const { why, heard, ran } = await bring(({ onStdout }) => {
      onStdout?.('\n> nx run renamed:cross-toolchain-aarch64-linux\nnoise\n  linking a program and a library with zig 0.16.0\n');
      return {};
    });
    expect(why).toBeUndefined();
    expect(ran).toEqual([['run-many', '--targets=cross-toolchain-aarch64-linux', '--projects=renamed', '--parallel=1', '--nxBail=false', '--outputStyle=stream-without-prefixes']]);
    expect(heard).toEqual(['  linking a program and a library with zig 0.16.0\n']);
  });

  test('and why it could not be is told', async () => {
    const { why } = await bring(({ onStderr }) => {
      onStderr?.('error[compile-failed]: it does not link\n');
      return { exitCode: 1 };
    });
    expect(why).toBe('it could not be made: error[compile-failed]: it does not link');
  });
});
