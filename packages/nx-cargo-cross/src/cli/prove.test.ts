import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { joinUniversal } from '../artifact/macho/join-universal.js';
import { CPU, elf, macho } from '../testkit/binaries.js';
import { aSystem } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import type { World } from './command.js';
import { COMMANDS } from './commands.js';
import { runCommandLine } from './run.js';

const root = aTempFolder('prove');
const gnu = { machine: 183, interpreter: '/lib/ld-linux-aarch64.so.1', needed: ['libc.so.6'] };

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
write('bare/good', elf(gnu));
write('bare/bad', elf({ ...gnu, machine: 62 }));
write('bare/text', 'hello');
const arm = macho({ dylibs: ['/usr/lib/libSystem.B.dylib'], signature: true });
const joined = joinUniversal([
  { name: 'arm', bytes: arm },
  { name: 'intel', bytes: macho({ cpuType: CPU.x86_64, versionMin: '10.12' }) },
]);
if (joined.ok) write('bare/both', joined.bytes);
write('bare/half', arm);
write('ws/nx.json', JSON.stringify({ plugins: [{ plugin: 'nx-cargo-cross', options: { names: { board: 'aarch64-unknown-linux-gnu' } } }] }));
write('ws/app/Cargo.toml', '[package]\nname = "app"\nversion = "1.0.0"\n[package.metadata.nx-cargo-cross.names]\nmine = "x86_64-unknown-linux-gnu"\n');
write('ws/app/src/main.rs', '');
write('cargo/Cargo.toml', '[package]\nname = "app"\nversion = "1.0.0"\n[package.metadata.nx-cargo-cross.names]\npi = "aarch64-unknown-linux-gnu"\n');
write('wrong/nx.json', JSON.stringify({ plugins: [{ plugin: 'nx-cargo-cross', options: { names: { board: 'aarch46' } } }] }));

async function run(folder: string, line: string): Promise<{ readonly code: number; readonly out: string; readonly error: string }> {
  let out = '';
  let error = '';
  const world = { system: aSystem(), out: (text: string) => (out += text), error: (text: string) => (error += text), cwd: join(root, folder), interactive: false } as unknown as World;
  const code = await runCommandLine(['prove', ...line.split(' ').filter(Boolean)], COMMANDS, world);
  return { code, out, error };
}

describe('which platform', () => {
  test.each([
    ['bare', 'aarch64-linux', 'good', 0],
    ['bare', 'aarch64-unknown-linux-gnu', 'good', 0],
    ['bare', 'aarch64-linux.2.17', 'good', 0],
    ['bare', 'x86_64-linux', 'good', 1],
    ['ws', 'board', '../bare/good', 0],
    ['ws/app', 'board', '../../bare/good', 0],
    ['ws/app', 'mine', '../../bare/good', 1],
    ['cargo', 'pi', '../bare/good', 0],
    ['bare', 'board', 'good', 2],
    ['wrong', 'aarch64-linux', '../bare/good', 2],
  ])('in %s, %s of %s: %i', async (folder, platform, file, code) => {
    const ran = await run(folder, `${file} --platform ${platform}`);
    expect({ code: ran.code, error: code === 2 ? '' : ran.error }).toEqual({ code, error: '' });
  });
});

test.each<[string, string, number, RegExp]>([
  ['', 'bad --platform aarch64-linux', 1, /error\[promise-broken\]: bad is not what platform aarch64-linux promises\n {2}machine: promised aarch64, found x86_64/],
  ['', 'good --platform aarch64-linux', 0, /^good is what platform aarch64-linux promises\n$/],
  ['', 'text --platform aarch64-linux', 1, /error\[artifact-unreadable\]/],
  ['', 'nowhere good --platform aarch64-linux', 2, /error\[file-unreadable\]: nowhere cannot be read[^]*good is what/],
  ['', 'good', 2, /which platform\?/],
  ['', '--platform aarch64-linux', 2, /no file to prove/],
  ['', 'good --platform aarch64-linus', 2, /Did you mean "aarch64-linux"\?/],
])('%s%s: %i', async (_, line, code, expected) => {
  const ran = await run('bare', line);
  expect(ran.code).toBe(code);
  expect(ran.out + ran.error).toMatch(expected);
});

test('a universal file, and one of its halves', async () => {
  const ran = await run('bare', 'both half --platform universal-macos --json');
  expect(ran.code).toBe(1);
  expect(JSON.parse(ran.out)).toMatchObject({
    platform: 'universal-macos',
    triples: ['x86_64-apple-darwin', 'aarch64-apple-darwin'],
    files: [
      { file: 'both', ok: true },
      { file: 'half', ok: false, findings: [{ code: 'slices', promised: 'x86_64 and aarch64', found: 'aarch64' }] },
    ],
  });
});

test('as JSON', async () => {
  const { code, out, error } = await run('bare', 'good bad text --platform aarch64-linux --json');
  expect({ code, error }).toEqual({ code: 1, error: '' });
  expect(JSON.parse(out)).toMatchObject({
    schema: 1,
    platform: 'aarch64-linux',
    triples: ['aarch64-unknown-linux-gnu'],
    files: [
      { file: 'good', ok: true, findings: [] },
      { file: 'bad', ok: false, findings: [{ code: 'machine', severity: 'error', promised: 'aarch64', found: 'x86_64', read: { field: 'e_machine', offset: 18, value: 'x86_64' } }] },
      { file: 'text', ok: false, findings: [], failures: [{ code: 'artifact-unreadable' }] },
    ],
  });
});
