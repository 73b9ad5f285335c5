import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { askLibraries } from './ask-libraries.js';

const temporary = aTempFolder('a libc');

/** A compiler with its files, as gcc tells of them. */
function ask(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(temporary, 'gcc '));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const compiler = join(folder, 'my-gcc');
  writeFileSync(compiler, `#!/bin/sh\nf=\${1#-print-file-name=}\nif [ -f "${folder}/$f" ]; then echo "${folder}/$f"; else echo "$f"; fi\n`);
  chmodSync(compiler, 0o755);
  return spawnSync('sh', ['-c', askLibraries('my-gcc')], { cwd: folder, env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` }, encoding: 'utf8' }).stdout;
}

test('tells one C library from another, and not one folder from another', () => {
  const libc = { 'crt1.o': 'start', 'libc.a': 'one' };
  expect(ask(libc)).toMatch(/^\d+ 8$/m);
  expect(ask(libc)).toBe(ask(libc));
  expect(ask({ ...libc, 'libc.a': 'two' })).not.toBe(ask(libc));
  expect(ask({ ...libc, 'libgcc.a': 'x' })).not.toBe(ask(libc));
  expect(ask({ ...libc, 'libm.so': 'x' })).toBe(ask(libc));
});

test('says the same wherever there is no compiler', () => {
  const { stdout, stderr } = spawnSync('sh', ['-c', askLibraries('no-such-gcc')], { encoding: 'utf8' });
  expect([stdout, stderr]).toEqual(['4294967295 0\n', '']);
});
