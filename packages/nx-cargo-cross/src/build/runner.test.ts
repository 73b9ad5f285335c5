import { describe, expect, test } from '@jest/globals';
import { aTriple, LINUX } from '../testkit/builders.js';
import { aSystem, type FakeAnswers } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomDll } from '../runner/random-dll.js';
import { findRunner } from './runner.js';

const folder = aTempFolder('runner');
const AARCH64 = 'aarch64-unknown-linux-gnu';
const LOADER = '/lib/ld-linux-aarch64.so.1';
const QEMU = { onPath: { 'qemu-aarch64': '/usr/bin/qemu-aarch64' } };

async function find(answers: FakeAnswers, triple: string, interpreter: string | undefined) {
  const exists = { [LOADER]: false, [`/usr/aarch64-linux-gnu${LOADER}`]: false, '/usr/lib/wine/wine64': false, ...answers.exists };
  const found = await findRunner(aSystem({ ...answers, exists }), LINUX, { triple: aTriple(triple), interpreter });
  return found.ok ? found.value.command.join(' ') : (found.failures[0] as { readonly reasons?: readonly string[] }).reasons?.join('; ');
}

describe('the runner of a platform', () => {
  test.each<[string, FakeAnswers, string | undefined, string]>([
    ["a static program needs the emulator alone", QEMU, undefined, '/usr/bin/qemu-aarch64'],
    ['a dynamic one needs its loader below a folder of its own, and that loader its own libraries', { ...QEMU, exists: { [LOADER]: true, [`/usr/aarch64-linux-gnu${LOADER}`]: true } }, LOADER, '/usr/bin/qemu-aarch64 -L /usr/aarch64-linux-gnu -E LD_LIBRARY_PATH=/usr/aarch64-linux-gnu/lib'],
    ["or where the machine's own would be", { ...QEMU, exists: { [LOADER]: true } }, LOADER, '/usr/bin/qemu-aarch64'],
    ["the user's own QEMU_LD_PREFIX holds", { ...QEMU, env: { QEMU_LD_PREFIX: '/opt/arm' } }, LOADER, '/usr/bin/qemu-aarch64'],
    ['without the emulator it does not run', {}, LOADER, 'qemu-aarch64 and qemu-aarch64-static: not on this machine'],
    ['without its loader neither', QEMU, LOADER, `/usr/aarch64-linux-gnu${LOADER} and ${LOADER}: not on this machine, and the program needs it as its loader`],
  ])('%s', async (_, answers, interpreter, expected) => {
    expect(await find(answers, AARCH64, interpreter)).toBe(expected);
  });

  test('wine gets a prefix of its own, made once, with the library that it may lack', async () => {
    const system = aSystem({ cacheFolder: folder, onPath: { wine64: '/usr/bin/wine64' }, env: { PATH: '/usr/bin', DISPLAY: ':0' } });
    const need = { triple: aTriple('x86_64-pc-windows-gnu'), interpreter: undefined };
    const first = await findRunner(system, LINUX, need);
    const second = await findRunner(system, LINUX, need);
    expect(first).toMatchObject({ ok: true, value: { command: ['/usr/bin/wine64'], env: { WINEPREFIX: join(folder, 'wine/prefix64') }, unset: ['DISPLAY', 'WAYLAND_DISPLAY'] } });
    expect(second).toEqual(first);
    expect(system.ran).toEqual(['wine64 wineboot --init']);
    const library = join(folder, 'wine/prefix64/drive_c/windows/system32/bcryptprimitives.dll');
    expect(existsSync(library) && readFileSync(library).equals(Buffer.from(randomDll(64)))).toBe(true);
  });
});
