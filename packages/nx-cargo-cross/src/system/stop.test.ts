import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { outputOf, printed, startNode } from '../testkit/processes.js';
import { aTempFolder } from '../testkit/temp.js';
import { watchForStop } from './stop.js';

const folder = aTempFolder('stop');
const HERE = JSON.stringify(new URL('./stop.js', import.meta.url).href);

/** Says when it listens, and whether it was told to stop; an interval keeps it alive until then. */
const LISTENER = `
  import { watchForStop } from ${HERE};
  const alive = setInterval(() => {}, 1000);
  const watch = watchForStop();
  watch.signal.addEventListener('abort', () => { console.log('told'); watch.dispose(); clearInterval(alive); if (process.connected) process.disconnect(); });
  console.log('listens');`;

describe('being told to stop', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s is an abort, not the end', async (signal) => {
    const child = startNode(LISTENER);
    const output = outputOf(child);
    await printed(child, /listens/);
    child.kill(signal);
    expect(await output).toBe('listens\ntold\n');
    expect(child.exitCode).toBe(0);
  });

  test('comes with the end of the process that forked this one, too', async () => {
    const script = join(folder, 'listener.mjs');
    writeFileSync(script, LISTENER);
    const child = fork(script, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
    const output = outputOf(child);
    await printed(child, /listens/);
    child.disconnect();
    expect(await output).toBe('listens\ntold\n');
  });
});

test('a watch that is over leaves nothing behind', () => {
  const listeners = (): number => ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'].reduce((sum, name) => sum + process.listenerCount(name), 0);
  const before = listeners();
  const watch = watchForStop();
  expect(listeners()).toBe(before + 4);
  expect(watch.signal.aborted).toBe(false);
  watch.dispose();
  expect(listeners()).toBe(before);
});
