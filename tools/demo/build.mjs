/** Builds the fleet through Nx, showing what happens. */
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { addTasks, applyEvent, applyNxLine, makeBoard, tasksInAll } from './board.mjs';
import { follow } from './follow.mjs';
import { makeDisplay, seconds } from './live.mjs';
import { crossTasks, runNx } from './nx.mjs';

/**
 * @param {readonly (readonly string[])[]} calls  what to ask of Nx, in order
 * @param {{logFile: string, clock: () => number}} options
 * @returns {Promise<{board: import('./board.mjs').Board, code: number}>} `code` is that of the last call
 */
export async function buildFleet(calls, { logFile, clock }) {
  const folder = mkdtempSync(join(tmpdir(), 'nx-cargo-cross-demo-'));
  const events = join(folder, 'events.jsonl');
  writeFileSync(events, '');
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const board = makeBoard();
  const display = makeDisplay(board, clock, process.stdout);
  let proved = false;
  let expected;
  let asked;
  const follower = follow(events, (event) => {
    // What is still to come is worth asking for only where something is built; all else is told by Nx as fast as it could be asked.
    asked ??= knowTasks(board);
    if (applyEvent(board, event, clock())) display.changed(board.get(event.task));
    if (proved || event.type !== 'finished' || !event.success) return;
    proved = true;
    display.say(`first proved binary after ${seconds(clock())}: ${event.project} for ${event.platform}`);
  });
  const onLine = (coloured) => {
    const line = stripVTControlCharacters(coloured);
    expected = tasksInAll(line) ?? expected;
    const entry = applyNxLine(board, line, clock());
    if (entry) display.changed(entry);
  };
  try {
    let code = 0;
    // The last call asks for everything, and so says again what went wrong in one before it.
    for (const args of calls) code = await runNx(args, { events, log, onLine });
    await asked;
    if (board.size !== expected) await knowTasks(board);
    return { board, code };
  } finally {
    follower.stop();
    display.end();
    log.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function knowTasks(board) {
  const asked = await crossTasks();
  if (asked.ok) addTasks(board, asked.tasks);
}
