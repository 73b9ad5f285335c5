/** wine, and the one Windows library that it lacks. */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../lib/paths.mjs';
import { capture, commandLine, which } from '../lib/run.mjs';
import { aptInstall, byHand } from './debian.mjs';

const PLACES = ['/usr/lib/wine/wine64', '/usr/bin/wine64', '/usr/bin/wine'];
const COMPILER = 'x86_64-w64-mingw32-gcc';

/** The wine that runs 64-bit programs, or undefined. */
export function findWine() {
  return PLACES.find((place) => existsSync(place)) ?? which('wine64') ?? which('wine');
}

/** `bcryptprimitives.dll`: Rust's std asks it for random numbers, and wine 8 has none. To be put beside the program. */
export const randomLibrary = cacheFolder('wine', 'bcryptprimitives.dll');

/** @type {import('./step.mjs').Step} */
export const wine = {
  id: 'wine',
  what: 'wine',
  why: 'running Windows programs on this machine',
  required: false,
  check: () => findWine() !== undefined,
  install: () => aptInstall('wine64'),
  byHand: byHand('wine64'),
};

/** @type {import('./step.mjs').Step} */
export const wineRandom = {
  id: 'bcryptprimitives.dll',
  what: 'bcryptprimitives.dll',
  why: "running Rust programs under wine 8, which lacks it",
  required: false,
  check: () => existsSync(randomLibrary),
  *install() {
    if (!which(COMPILER)) return;
    const source = join(dirname(fileURLToPath(import.meta.url)), 'bcryptprimitives.c');
    const args = (output) => ['-shared', '-Os', '-s', source, '-ladvapi32', '-o', output];
    yield {
      label: commandLine(COMPILER, args(randomLibrary)),
      run: () => {
        mkdirSync(dirname(randomLibrary), { recursive: true });
        const half = `${randomLibrary}.${process.pid}`;
        const { code, stderr } = capture(COMPILER, args(half));
        if (code !== 0) console.error(stderr);
        else renameSync(half, randomLibrary);
        return code === 0;
      },
    };
  },
  byHand: 'It is compiled with mingw-w64.',
};
