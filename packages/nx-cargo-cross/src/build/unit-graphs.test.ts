import { expect, test } from '@jest/globals';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JointMember } from '../plan/joint.js';
import { aPlan } from '../testkit/builders.js';
import { aSystem, type FakeSystem } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { aUnitGraph } from '../testkit/unit-graphs.js';
import { openKeptAnswers } from './cargo-answers.js';
import { makeUnitGraphs } from './unit-graphs.js';

interface Rig {
  readonly system: FakeSystem;
  readonly folder: string;
  readonly envs: Readonly<Record<string, string>>[];
  ask(state: string | undefined, more?: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>>; readonly rustcWrapper?: string }): Promise<readonly string[] | undefined>;
}

const base = aTempFolder('unit-graphs');
let count = 0;

function rig(answer: { readonly stdout?: string; readonly exitCode?: number } = {}): Rig {
  const workspace = join(base, `ws ${++count}`);
  mkdirSync(workspace);
  const [call] = aPlan().calls;
  if (!call) throw new Error('no call');
  const envs: Readonly<Record<string, string>>[] = [];
  const stdout = answer.stdout ?? aUnitGraph([{ name: 'app', kind: 'bin' }]).replaceAll('path+file:///ws/', `path+file://${encodeURI(workspace)}/`);
  const system = aSystem({
    capture: (_, { env }) => {
      envs.push(env);
      return { stdout, exitCode: answer.exitCode ?? 0 };
    },
  });
  return {
    system,
    folder: join(workspace, 'graphs'),
    envs,
    async ask(state, { args = call.args, env = {}, rustcWrapper } = {}) {
      const member: JointMember = { triple: call.selection.triple as JointMember['triple'], directory: workspace, rustcWrapper, call };
      const graphs = makeUnitGraphs({ system: { ...system, env: { ...system.env, ...env } }, kept: openKeptAnswers(workspace, join(workspace, 'graphs'), state) });
      return (await graphs.of(member, { ...call, args }))?.roots;
    },
  };
}

test('cargo is asked once for as long as everything that decides its answer is as it was', async () => {
  const { ask, system, folder, envs } = rig();
  const first = await ask('1');
  expect(first).toHaveLength(1);
  expect(system.ran[0]).toMatch(/^cargo build --locked --package vault@1\.2\.3 .* --unit-graph -Zunstable-options$/);
  expect(envs[0]).toMatchObject({ RUSTC_BOOTSTRAP: '1', PATH: '/usr/bin' });
  expect(await ask('1', { env: { UNRELATED: '1' } })).toEqual(first);
  expect(system.ran).toHaveLength(1);

  const asked = async (...words: Parameters<typeof ask>): Promise<boolean> => {
    const before = system.ran.length;
    await ask(...words);
    return system.ran.length > before;
  };
  expect(await asked('1', { args: ['build'] })).toBe(true);
  expect(await asked('1', { env: { RUSTFLAGS: '--cfg x' } })).toBe(true);
  expect(await asked('1', { env: { CARGO_FEATURE: 'x' } })).toBe(true);
  expect(await asked('1', { rustcWrapper: '/cache/rustc' })).toBe(true);
  expect(envs.at(-1)).toMatchObject({ RUSTC: '/cache/rustc' });
  mkdirSync(join(folder, '../.cargo'));
  writeFileSync(join(folder, '../.cargo/config.toml'), '[build]\nrustflags = ["--cfg", "x"]\n');
  expect(await asked('1')).toBe(true);
  expect(await asked('1')).toBe(false);

  // Answers of another state are of no use to anybody.
  expect(await asked('2')).toBe(true);
  expect(readdirSync(folder)).toHaveLength(1);
  expect(await asked('1')).toBe(true);
});

test.each<readonly [string, Parameters<typeof rig>[0], string | undefined, boolean]>([
  ['a cargo that does not know the word', { exitCode: 101, stdout: '' }, '1', false],
  ['a cargo that says it in another way', { stdout: '{"version":2,"units":[],"roots":[]}' }, '1', false],
  ['a package that lies outside of the repository, whose manifest nobody looks at', { stdout: aUnitGraph([{ name: 'app', kind: 'bin' }]) }, '1', true],
  ['a state that is not known', {}, undefined, true],
])('%s: cargo is asked each time', async (_, answer, state, answered) => {
  const { ask, system } = rig(answer);
  expect((await ask(state)) !== undefined).toBe(answered);
  await ask(state);
  expect(system.ran).toHaveLength(2);
});

test('a kept answer that is damaged is asked for again', async () => {
  const { ask, system, folder } = rig();
  await ask('1');
  const [state = ''] = readdirSync(folder);
  const [file = ''] = readdirSync(join(folder, state));
  for (const text of ['', '{}', '{"roots":[],"units":[],"lto":"off"}']) {
    writeFileSync(join(folder, state, file), text);
    expect(await ask('1')).toHaveLength(1);
  }
  expect(system.ran).toHaveLength(4);
});
