import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { printed } from '../testkit/processes.js';
import { aTempFolder } from '../testkit/temp.js';
import { lockingProcess, ownerOfLock } from './lock-owners.js';

const TABLE = `1: POSIX  ADVISORY  WRITE 11 08:02:100 0 EOF
2: FLOCK  ADVISORY  WRITE 12 08:02:200 0 EOF
2: -> FLOCK  ADVISORY  WRITE 13 08:02:200 0 EOF
3: FLOCK  ADVISORY  READ  14 00:2b:300 0 EOF
4: FLOCK  ADVISORY  WRITE 0 08:02:400 0 EOF
5: OFDLCK ADVISORY  WRITE -1 08:02:500 0 EOF
`;

describe('the table of locks', () => {
  test.each<[string, readonly number[], number | undefined]>([
    ['names who holds a file, not who waits for it', [200], 12],
    ['of several files the first in it', [300, 200], 12],
    ['a shared lock is one, too', [300], 14],
    ['no lock of another kind', [100, 500], undefined],
    ['nobody of another process namespace, which has no number here', [400], undefined],
    ['nobody for a file that is not locked', [2], undefined],
    ['nobody where no file is there', [], undefined],
  ])('%s', (_, inodes, pid) => expect(lockingProcess(TABLE, new Set(inodes))).toBe(pid));
});

const folder = aTempFolder('owners');
const NO_FLOCK = existsSync('/proc/locks') && existsSync('/usr/bin/flock') ? undefined : 'skipped: the machine has no /proc/locks, or no flock';
if (NO_FLOCK) console.log(NO_FLOCK);

(NO_FLOCK ? test.skip : test)('a process that holds a lock is told with its command and folder; afterwards nobody is', async () => {
  const file = join(folder, '.cargo-lock');
  writeFileSync(file, '');
  const holder = spawn('/usr/bin/flock', ['--no-fork', file, 'sh', '-c', 'echo holds; read -r _; exit 0'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  await printed(holder, /holds/);
  expect(await ownerOfLock([join(folder, 'not there'), file])).toEqual({ pid: holder.pid, command: 'sh -c echo holds; read -r _; exit 0', directory: folder });
  const ended = new Promise((resolve) => holder.on('exit', resolve));
  holder.stdin.end('\n');
  await ended;
  expect(await ownerOfLock([file])).toBeUndefined();
});
