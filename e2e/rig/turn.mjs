/** The turn in a target folder, held by the test. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';

/** Has everybody wait who needs the turn. @param {string} lock  absolute @returns {() => void}  gives it free */
export function holdTurn(lock) {
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(lock, JSON.stringify({ pid: process.pid, host: hostname(), started: '', what: 'the test' }));
  return () => rmSync(lock);
}
