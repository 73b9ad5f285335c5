import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { mergeEnvironment } from '../backend/env-edit.js';
import type { Notice } from '../system/notices.js';
import { aPlan, aProbe, aRequest } from '../testkit/builders.js';
import { aSystem } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { eventually } from '../testkit/processes.js';
import type { Prepared } from './prepare.js';
import { COMING, makeWaitingPlace, releaseWaiters, whoWaits, type WaitingPlace } from './waiting-builds.js';

const root = aTempFolder('waiting-builds');
let count = 0;
const aFolder = (): string => join(root, `target ${count++}`);

interface Asked {
  readonly platform?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly profile?: string;
  readonly workspaceRoot?: string;
}

/** A build of its own process. */
function aBuild(targetDir: string, { platform = 'aarch64-linux', env = {}, profile = 'release', workspaceRoot = '/ws' }: Asked = {}): { readonly place: WaitingPlace; readonly coming: () => Promise<void>; readonly ready: () => Promise<void> } {
  const system = aSystem({ env: { PATH: '/usr/bin', SECRET: 'word of nobody', ...env } });
  const request = aRequest(platform, { build: { profile } });
  const probe = aProbe({ targetDir, env: system.env });
  const planned = aPlan(request, probe);
  const toolchain = { ...probe.toolchain, host: 'x86_64-unknown-linux-gnu', sysroot: '/usr' };
  const probed = { probe, toolchain } as unknown as Prepared['probed'];
  const prepared = { request, planned, probed, rustcWrapper: undefined } as unknown as Prepared;
  const place = makeWaitingPlace({ system, workspaceRoot }, request.task);
  return { place, coming: () => place.coming(planned, probed), ready: () => place.ready(prepared) };
}

const tasksOf = async (place: WaitingPlace): Promise<readonly string[] | undefined> => (await place.turn(undefined, false))?.others.map(({ task }) => task).sort();
const textsIn = (targetDir: string): readonly string[] => readdirSync(targetDir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')).map((name) => readFileSync(join(targetDir, name), 'utf8'));

describe('whoever has its turn', () => {
  test('sees all that wait, with what it takes to build them, and is seen no more', async () => {
    const targetDir = aFolder();
    const [first, second, third] = [aBuild(targetDir), aBuild(targetDir, { platform: 'aarch64-linux-musl' }), aBuild(targetDir, { platform: 'riscv64-linux' })];
    for (const build of [first, second, third]) await build.ready();
    expect(textsIn(targetDir)).toHaveLength(3);
    expect(textsIn(targetDir).join('\n')).not.toContain('word of nobody');
    const turn = await first.place.turn(undefined, false);
    expect(turn?.own).toMatchObject({ task: 'vault:cross-aarch64-linux', triple: 'aarch64-unknown-linux-gnu' });
    expect(turn?.others.map(({ task }) => task).sort()).toEqual(['vault:cross-aarch64-linux-musl', 'vault:cross-riscv64-linux']);
    const musl = turn?.others.find(({ triple }) => triple === 'aarch64-unknown-linux-musl');
    const [call] = aPlan(aRequest('aarch64-linux-musl'), aProbe({ targetDir, env: { PATH: '/usr/bin', SECRET: 'word of nobody' } })).calls;
    expect(musl?.call.args).toEqual(call?.args);
    // What was left out of the notice every process of this environment knows.
    expect(mergeEnvironment({ PATH: '/usr/bin' }, musl?.call.env ?? [])).toEqual(mergeEnvironment({ PATH: '/usr/bin' }, call?.env ?? []));
    expect(musl).toMatchObject({ host: 'x86_64-unknown-linux-gnu', toolchain: { release: '1.96.0' }, made: [targetDir, join(targetDir, 'nx-cross')] });
    expect(textsIn(targetDir)).toHaveLength(2);
    expect(await tasksOf(second.place)).toEqual(['vault:cross-riscv64-linux']);
    expect(await tasksOf(third.place)).toBeUndefined();
    expect(textsIn(targetDir)).toEqual([]);
  });

  test('builds nobody where another has built it', async () => {
    const targetDir = aFolder();
    const [first, second, third] = [aBuild(targetDir), aBuild(targetDir, { platform: 'aarch64-linux-musl' }), aBuild(targetDir, { platform: 'riscv64-linux' })];
    for (const build of [first, second]) await build.ready();
    await releaseWaiters((await first.place.turn(undefined, false))?.others ?? []);
    await third.ready();
    expect(await second.place.turn(undefined, false)).toBeUndefined();
    await third.place.leave();
  });

  test('waits for one that is coming', async () => {
    const targetDir = aFolder();
    const [first, second] = [aBuild(targetDir), aBuild(targetDir, { platform: 'aarch64-linux-musl' })];
    await second.coming();
    await first.ready();
    const turn = first.place.turn(undefined, false);
    await second.ready();
    expect((await turn)?.others.map(({ task }) => task)).toEqual(['vault:cross-aarch64-linux-musl']);
  });

  test.each<[string, (other: ReturnType<typeof aBuild>, stop: AbortController) => Promise<void>]>([
    ['goes away', (other) => other.place.leave()],
    ['is not waited for when the build is stopped', async (_, stop) => stop.abort()],
    ['never is ready', async () => undefined],
  ])('goes on alone where one that is coming %s', async (_, then) => {
    const targetDir = aFolder();
    const [first, second] = [aBuild(targetDir), aBuild(targetDir, { platform: 'aarch64-linux-musl' })];
    const stop = new AbortController();
    await second.coming();
    await first.ready();
    const turn = first.place.turn(stop.signal, false);
    await then(second, stop);
    expect(await turn).toBeUndefined();
    await second.place.leave();
    await eventually(() => textsIn(targetDir), ({ length }) => length === 0);
  });

  test.each<[string, Asked]>([
    ['of another environment', { env: { FOO: '1' } }],
    ['of another profile', { profile: 'dev' }],
    ['of another workspace', { workspaceRoot: '/elsewhere' }],
  ])('sees none %s', async (_, other) => {
    const targetDir = aFolder();
    const [first, second] = [aBuild(targetDir), aBuild(targetDir, { platform: 'aarch64-linux-musl', ...other })];
    for (const build of [first, second]) await build.ready();
    expect(await first.place.turn(undefined, false)).toBeUndefined();
  });

  test('sees those for whom Nx only says another task', async () => {
    const targetDir = aFolder();
    const [first, second] = [aBuild(targetDir, { env: { NX_TASK_HASH: '1', NX_TASK_TARGET_TARGET: 'a' } }), aBuild(targetDir, { platform: 'aarch64-linux-musl', env: { NX_TASK_HASH: '2', NX_TERMINAL_OUTPUT_PATH: '/x' } })];
    for (const build of [first, second]) await build.ready();
    expect(await tasksOf(first.place)).toEqual(['vault:cross-aarch64-linux-musl']);
  });
});

describe('who waits', () => {
  const notice = (path: string, content: unknown, age = 0): Notice => ({ path, what: `task ${path}`, age, content });
  test.each<[string, readonly Notice[], readonly string[], number]>([
    ['nobody', [], [], 0],
    ['not the reader', [notice('own', { surroundings: 's', build: {} })], [], 0],
    ['one that could be built', [notice('a', { surroundings: 's', build: {} })], ['task a'], 0],
    ['one that is coming', [notice('a', { surroundings: 's' })], [], 1],
    ['not one that has been coming for long', [notice('a', { surroundings: 's' }, COMING)], [], 0],
    ['not those of other surroundings', [notice('a', { surroundings: 't', build: {} }), notice('b', { surroundings: 't' })], [], 0],
    ['nobody who says nothing', [notice('a', undefined), notice('b', 'text'), notice('c', null)], [], 0],
  ])('%s', (_, notices, ready, coming) => {
    const seen = whoWaits(notices, 's', 'own');
    expect([seen.ready.map(({ task }) => task), seen.coming]).toEqual([ready, coming]);
  });
});
