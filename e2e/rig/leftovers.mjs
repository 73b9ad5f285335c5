/** Processes that a test left behind. Linux only: it reads /proc. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Processes that work in a folder, or name it on their command line.
 * @param {string} folder
 * @returns {{pid: number, command: string}[]}
 */
export function processesIn(folder) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      const command = read(() => readFileSync(`/proc/${name}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
      const directory = read(() => readlinkSync(`/proc/${name}/cwd`));
      // A zombie has no command line any more: it is dead, and waits to be counted.
      return command !== '' && (directory.startsWith(folder) || command.includes(folder)) ? [{ pid: Number(name), command }] : [];
    });
}

function read(what) {
  try {
    return what();
  } catch {
    return '';
  }
}
