/** Programs that answer for the compilers when the key asks them, so that one of them can be another version without being installed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const gcc = (prefix) => `${prefix}-gcc (Debian 12.2.0-14) 12.2.0\n#define __GLIBC_MINOR__ 36`;

const ANSWERS = {
  rustc: 'rustc 1.95.0 (aaaaaaaaa 2026-04-01)\nrelease: 1.95.0\nhost: x86_64-unknown-linux-gnu',
  rustup: 'rustup 1.28.2',
  zig: '0.16.0',
  myzig: '0.16.0',
  uname: 'Linux x86_64',
  'aarch64-linux-gnu-gcc': gcc('aarch64-linux-gnu'),
  'aarch64-linux-gnu-ld': 'GNU ld (GNU Binutils for Debian) 2.40',
  'x86_64-w64-mingw32-gcc': gcc('x86_64-w64-mingw32'),
  'x86_64-w64-mingw32-ld': 'GNU ld (GNU Binutils) 2.40',
  mycc: 'mycc 1.0',
  myrustc: 'rustc 1.95.0-mine',
};

/** Writes a stand-in: what it says, whatever it is asked. */
export function writeTool(folder, name, answer = ANSWERS[name]) {
  mkdirSync(binaries(folder), { recursive: true });
  writeFileSync(join(binaries(folder), name), `#!/bin/sh\ncat <<'END'\n${answer}\nEND\n`, { mode: 0o755 });
}

export function writeTools(folder) {
  for (const name of Object.keys(ANSWERS)) writeTool(folder, name);
}

export const binaries = (folder) => join(folder, 'bin');
