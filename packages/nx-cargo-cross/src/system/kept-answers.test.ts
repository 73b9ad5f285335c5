import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { captureOnce } from './kept-answers.js';

const folder = aTempFolder('kept answers');

/** A program that notes each of its starts. */
function aProgram(name: string, says: string, exitCode = 0) {
  const [command, starts] = [join(folder, name), join(folder, `${name}.starts`)];
  const write = (text: string): void => writeFileSync(command, `#!/bin/sh\necho started >> ${JSON.stringify(starts)}\necho "${text} $*"\nexit ${exitCode}\n`, { mode: 0o755 });
  write(says);
  return {
    command,
    write,
    ask: async (...args: string[]) => (await captureOnce({ command, args, env: { PATH: process.env['PATH'] ?? '' } }, join(folder, 'cache'))).stdout,
    starts: () => (existsSync(starts) ? readFileSync(starts, 'utf8').split('\n').length - 1 : 0),
  };
}

test('a program is started once for the same words', async () => {
  const { ask, starts } = aProgram('one', 'hello');
  expect([await ask('-V'), await ask('-V'), starts()]).toEqual(['hello -V', 'hello -V', 1]);
  expect([await ask('-vV'), starts()]).toEqual(['hello -vV', 2]);
});

test('another program in its place is asked, and so is one that was written over', async () => {
  const [before, after] = [aProgram('before', 'old'), aProgram('after', 'new')];
  expect(await before.ask()).toBe('old ');
  renameSync(after.command, before.command);
  expect(await before.ask()).toBe('new ');
  appendFileSync(before.command, '# a comment\n');
  await before.ask();
  expect(after.starts()).toBe(2);
});

test('a failure is not kept', async () => {
  const { ask, starts } = aProgram('ill', 'no', 1);
  expect([await ask(), await ask(), starts()]).toEqual(['no ', 'no ', 2]);
});

test('what is not there is an answer, too', async () => {
  expect(await captureOnce({ command: join(folder, 'nothing'), args: [], env: {} }, folder)).toMatchObject({ exitCode: undefined, spawnError: expect.stringContaining('ENOENT') });
});
