import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { RunOutcome, RunSpec } from '../system/process.js';
import { eventually } from '../testkit/processes.js';
import { aSystem } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { besideFolders } from './beside.js';
import { blockedBy, streamInTurn, takeFolder, type TurnWish } from './cargo-turn.js';

const root = aTempFolder('turns');
let count = 0;
const aFolder = (): string => join(root, `target ${count++}`);
const SPEC = { command: 'cargo', args: [], cwd: root, env: {} };

/** Cargo calls that end when they are told to. */
function calls() {
  const running = new Map<string, (outcome: RunOutcome) => void>();
  const said: string[] = [];
  const started: string[] = [];
  const start = (task: string, wish: Partial<TurnWish> & { readonly targetDir: string }, onStart: (endTurn: () => void, beside?: string) => void = () => undefined): Promise<RunOutcome> => {
    const stream = (spec: RunSpec): Promise<RunOutcome> => {
      started.push(spec.args[0] ?? '');
      return new Promise((resolve) => running.set(task, resolve));
    };
    return streamInTurn({ ...aSystem(), stream }, { jobs: undefined, profile: 'dev', triples: ['x'], directory: root, task, say: (what) => void said.push(what), signal: undefined, ...wish }, (endTurn, beside) => {
      onStart(endTurn, beside);
      return { ...SPEC, args: [task] };
    });
  };
  return { start, said, started, end: (task: string) => running.get(task)?.({ exitCode: 0, signal: undefined, spawnError: undefined }) };
}

const hasStarted = (started: readonly string[], task: string) => eventually(() => started, (seen) => seen.includes(task));

describe('cargo calls in one folder', () => {
  test('take turns, and who waits is told for whom', async () => {
    const { start, said, started, end } = calls();
    const targetDir = aFolder();
    const first = start('a:cross-x', { targetDir });
    await hasStarted(started, 'a:cross-x');
    const second = start('b:cross-x', { targetDir, profile: 'test' });
    await eventually(() => said, ({ length }) => length > 0);
    expect(said).toEqual([expect.stringMatching(new RegExp(`^waiting for target \\d+ \\(debug\\): held for \\d+ s by a:cross-x \\(process ${process.pid}\\)$`))]);
    expect(started).toEqual(['a:cross-x']);
    end('a:cross-x');
    await hasStarted(started, 'b:cross-x');
    end('b:cross-x');
    expect([await first, await second].map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(said).toHaveLength(1);
    expect(readdirSync(targetDir)).toEqual([]);
  });

  test('let others write there until cargo starts, and then no more', async () => {
    const { start, started, end } = calls();
    const targetDir = aFolder();
    const wish = { targetDir, profile: 'dev', triples: ['x'], directory: root, task: 'layer', say: () => undefined, signal: undefined };
    const order: string[] = [];
    const before = async (): Promise<void> => {
      const leave = await takeFolder(wish);
      order.push('units are put there');
      await leave?.();
    };
    const call = start('cargo', { targetDir, before }, () => order.push('cargo'));
    await hasStarted(started, 'cargo');
    const late = takeFolder(wish).then(async (leave) => {
      order.push('more units');
      await leave?.();
    });
    await eventually(() => readdirSync(targetDir), (names) => names.filter((name) => name.startsWith('debug.writing.lock')).length > 1);
    order.push('cargo ends');
    end('cargo');
    await Promise.all([call, late]);
    expect(order).toEqual(['units are put there', 'cargo', 'cargo ends', 'more units']);
    expect(readdirSync(targetDir)).toEqual([]);
  });

  test('of other profiles, or in other folders, run at once, as cargo has it', async () => {
    const { start, said, started, end } = calls();
    const targetDir = aFolder();
    const all = [start('dev', { targetDir }), start('release', { targetDir, profile: 'release' }), start('elsewhere', { targetDir: aFolder() })];
    for (const task of ['dev', 'release', 'elsewhere']) await hasStarted(started, task);
    for (const task of started) end(task);
    await Promise.all(all);
    expect(said).toEqual([]);
  });

  test('go on when the one before says that it needs the folder no more', async () => {
    const { start, started, end } = calls();
    const targetDir = aFolder();
    let endTurn = (): void => undefined;
    const first = start('tests', { targetDir }, (given) => (endTurn = given));
    await hasStarted(started, 'tests');
    const second = start('next', { targetDir });
    endTurn();
    await hasStarted(started, 'next');
    // The turn is the other's now, and must not be ended with the first call.
    end('tests');
    await first;
    expect(existsSync(join(targetDir, 'debug.lock'))).toBe(true);
    end('next');
    await second;
  });

  describe('with what runs on the machine compiled already', () => {
    const free = { may: () => true, before: async () => undefined };
    const laid = (): string => {
      const targetDir = aFolder();
      for (const part of ['.fingerprint', 'build', 'deps']) mkdirSync(join(targetDir, 'debug', part), { recursive: true });
      return targetDir;
    };
    const hasSlots = besideFolders().length > 0;

    test('run beside whoever has the turn, in a folder of their own', async () => {
      const { start, started, end } = calls();
      const targetDir = laid();
      const first = start('first', { targetDir });
      await hasStarted(started, 'first');
      let told: string | undefined;
      const second = start('second', { targetDir, triples: ['y'], beside: free, before: async () => Promise.reject(new Error('it has no turn')) }, (_, beside) => (told = beside));
      if (hasSlots) {
        await hasStarted(started, 'second');
        expect(told).toBe('beside-1');
        writeFileSync(join(targetDir, 'beside-1/y/made'), '');
        expect(existsSync(join(targetDir, 'y/made'))).toBe(true);
        end('second');
        await second;
      }
      end('first');
      await first;
      if (!hasSlots) void second.catch(() => undefined);
    });

    test('wait where another writes for the same platform', async () => {
      const { start, started, end } = calls();
      const targetDir = laid();
      const first = start('first', { targetDir });
      await hasStarted(started, 'first');
      const second = start('second', { targetDir, beside: free });
      await eventually(() => readdirSync(targetDir), (names) => names.filter((name) => name.startsWith('debug.lock.')).length > 0);
      expect(started).toEqual(['first']);
      end('first');
      await first;
      await hasStarted(started, 'second');
      end('second');
      await second;
    });

    test('wait for their turn where no folder can be made for them', async () => {
      const { start, started, end } = calls();
      const targetDir = aFolder();
      const first = start('first', { targetDir });
      await hasStarted(started, 'first');
      const second = start('second', { targetDir, triples: ['y'], beside: free });
      const third = start('third', { targetDir, triples: ['z'], beside: { ...free, may: () => false } });
      await eventually(() => readdirSync(targetDir), (names) => names.filter((name) => name.startsWith('debug.lock.')).length > 1);
      expect(started).toEqual(['first']);
      end('first');
      // Whoever looks first is next.
      for (const count of [2, 3]) {
        await eventually(() => started, ({ length }) => length === count);
        end(started.at(-1) ?? '');
      }
      await Promise.all([first, second, third]);
    });
  });

  test('do what comes before cargo in their turn, and not sooner', async () => {
    const { start, started, end } = calls();
    const targetDir = aFolder();
    const first = start('first', { targetDir });
    await hasStarted(started, 'first');
    const before: string[] = [];
    const second = start('second', { targetDir, before: async () => void before.push(`after ${started.join(' ')}`) });
    end('first');
    await first;
    await hasStarted(started, 'second');
    expect(before).toEqual(['after first']);
    end('second');
    await second;
  });

  test('are not started where the wait is stopped', async () => {
    const { start, said, started, end } = calls();
    const targetDir = aFolder();
    const first = start('first', { targetDir });
    await hasStarted(started, 'first');
    const stop = new AbortController();
    const second = start('second', { targetDir, signal: stop.signal });
    await eventually(() => said, ({ length }) => length > 0);
    stop.abort();
    expect(await second).toMatchObject({ exitCode: undefined, signal: 'SIGTERM' });
    end('first');
    await first;
    expect(started).toEqual(['first']);
  });

  test('are started where no lock can be had: what is wrong with the folder is cargo\'s to tell', async () => {
    const { start, started, end } = calls();
    const targetDir = aFolder();
    writeFileSync(targetDir, 'no folder');
    const only = start('only', { targetDir });
    await hasStarted(started, 'only');
    end('only');
    expect(await only).toMatchObject({ exitCode: 0 });
  });
});

test.each<[string, Parameters<typeof blockedBy>[1], string]>([
  ['nobody knows', undefined, 'waiting for file lock on build directory, held by another cargo'],
  ['a cargo of the user\'s', { pid: 7, command: 'cargo check', directory: '/ws' }, 'waiting for file lock on build directory, held by process 7: cargo check (in /ws)'],
  ['another user\'s process', { pid: 7, command: '', directory: '' }, 'waiting for file lock on build directory, held by process 7'],
])('a lock of cargo\'s own is told with its holder: %s', (_, owner, text) => expect(blockedBy('file lock on build directory', owner)).toBe(text));
