import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aTriple } from '../../testkit/builders.js';
import { aTempFolder } from '../../testkit/temp.js';
import { rawLinkerScript } from './raw-linker.js';

const folder = join(aTempFolder('raw-linker'), "it's $HOME");
mkdirSync(folder);
const ld = join(folder, 'real-ld');
writeFileSync(ld, '#!/bin/sh\nprintf "%s\\0" "$@"\n', { mode: 0o755 });

function words(args: readonly string[], triple = 'aarch64-unknown-linux-gnu', interpreter: string | undefined = '/lib/ld.so'): string {
  const script = rawLinkerScript('cross-ld', { ld, libc: '/c/', gcc: '/g/', folders: ['/g', '/my libs'], interpreter }, aTriple(triple).facts);
  writeFileSync(join(folder, script.path), script.text, { mode: 0o755 });
  return spawnSync(join(folder, script.path), args, { encoding: 'utf8' }).stdout.split('\0').slice(0, -1).join(' ');
}

const L = '-L/g -L/my libs';

describe('a bare linker', () => {
  test.each([
    ['a position independent program', ['a.o', '-pie'], `--dynamic-linker /lib/ld.so /c/Scrt1.o /c/crti.o /g/crtbeginS.o a.o -pie ${L} -lgcc /g/crtendS.o /c/crtn.o`],
    ['a program at a fixed address', ['a.o'], `--dynamic-linker /lib/ld.so /c/crt1.o /c/crti.o /g/crtbegin.o a.o ${L} -lgcc /g/crtend.o /c/crtn.o`],
    ['a shared library', ['a.o', '-shared'], `/c/crti.o /g/crtbeginS.o a.o -shared ${L} -lgcc /g/crtendS.o /c/crtn.o`],
    ['a static program', ['a.o', '-static'], `/c/crt1.o /c/crti.o /g/crtbeginT.o a.o -static ${L} --start-group -lgcc -lgcc_eh -lc --end-group /g/crtend.o /c/crtn.o`],
    ['a static program at any address', ['-static', '-pie', 'a.o'], `/c/rcrt1.o /c/crti.o /g/crtbeginS.o -static -pie a.o ${L} --start-group -lgcc -lgcc_eh -lc --end-group /g/crtendS.o /c/crtn.o`],
    ['objects to be linked again, alone', ['-r', 'a.o', 'b.o'], '-r a.o b.o'],
  ])('gets for %s the start files that belong to it', (_, args, expected) => {
    expect(words(args)).toBe(expected);
  });

  test('reads what kind it is in a response file too', () => {
    const file = join(folder, 'linker-arguments');
    writeFileSync(file, 'a.o\n-shared');
    expect(words([`@${file}`])).toBe(`/c/crti.o /g/crtbeginS.o @${file} ${L} -lgcc /g/crtendS.o /c/crtn.o`);
  });

  test('gets libatomic as an archive where gcc calls it', () => {
    expect(words(['a.o', '-shared'], 'riscv64gc-unknown-linux-gnu')).toContain(' -lgcc -l:libatomic.a ');
  });
});
