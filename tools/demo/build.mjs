/** Builds the fleet through Nx, showing what happens. */
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { applyEvent, applyNxLine, makeBoard } from './board.mjs';
import { follow } from './follow.mjs';
import { makeDisplay, seconds } from './live.mjs';
import { runNx } from './nx.mjs';

/**
 * @param {readonly {task: string, project: string, platform: string}[]} tasks
 * @param {readonly (readonly string[])[]} calls  what to ask of Nx, in order
 * @param {{logFile: string, clock: () => number}} options
 * @returns {Promise<{board: import('./board.mjs').Board, code: number}>} `code` is that of the last call
 */
export async function buildFleet(tasks, calls, { logFile, clock }) {
  const folder = mkdtempSync(join(tmpdir(), 'nx-cargo-cross-demo-'));
  const events = join(folder, 'events.jsonl');
  writeFileSync(events, '');
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const board = makeBoard(tasks);
  const display = makeDisplay(board, clock, process.stdout);
  let first = true;
  const follower = follow(events, (event) => {
    if (applyEvent(board, event, clock())) display.changed(board.get(event.task));
    if (!first || event.type !== 'finished' || !event.success) return;
    first = false;
    display.say(`first proved binary after ${seconds(clock())}: ${event.project} for ${event.platform}`);
  });
  const onLine = (line) => {
    const entry = applyNxLine(board, line.replace(/\x1b\[[0-9;]*m/g, ''), clock());
    if (entry) display.changed(entry);
  };
  try {
    let code = 0;
    // The last call asks for everything, and so says again what went wrong in one before it.
    for (const args of calls) code = await runNx(args, { events, log, onLine });
    return { board, code };
  } finally {
    follower.stop();
    display.end();
    log.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
