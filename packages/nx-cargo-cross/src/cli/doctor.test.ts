import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aSystem } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import type { World } from './command.js';
import { COMMANDS } from './commands.js';
import { runCommandLine } from './run.js';

const root = aTempFolder('doctor-cli');
const NX = { plugins: [{ plugin: 'nx-cargo-cross', options: { platforms: ['aarch64-linux', 'x86_64-windows'], backends: { '*windows*': 'gcc' }, names: { pi: 'armv7-unknown-linux-gnueabihf' } } }] };
const FILES: Readonly<Record<string, string>> = {
  'bare/here': '',
  'ws/nx.json': JSON.stringify(NX),
  'ws/app/Cargo.toml': '[package]\nname = "app"\nversion = "1.0.0"\n',
  'ws/app/src/main.rs': '',
  'ws/node_modules/x/Cargo.toml': '[package]\nname = "x"\nversion = "1.0.0"\n',
  'ws/node_modules/x/src/main.rs': '',
  'wrong/nx.json': JSON.stringify({ plugins: [{ plugin: 'nx-cargo-cross', options: { platforms: ['aarch46-linux'] } }] }),
  'wrong/Cargo.toml': '[package]\nname = "app"\nversion = "1.0.0"\n',
  'wrong/src/main.rs': '',
};
for (const [path, text] of Object.entries(FILES)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** On a machine that has nothing at all. */
async function run(folder: string, ...flags: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly error: string }> {
  let out = '';
  let error = '';
  const world: World = { system: aSystem(), out: (text) => (out += text), error: (text) => (error += text), cwd: join(root, folder), interactive: false };
  const code = await runCommandLine(['doctor', ...flags], COMMANDS, world);
  return { code, out, error };
}

interface Told {
  readonly platforms: readonly { readonly name: string; readonly backend: string; readonly crates: readonly string[] }[];
}

describe('which platforms are looked at', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['ws', [], ['aarch64-linux zig app', 'x86_64-windows gcc app']],
    ['ws/app', [], ['aarch64-linux zig app', 'x86_64-windows gcc app']],
    ['ws', ['--platform', 'x86_64-windows'], ['x86_64-windows gcc app']],
    ['ws', ['--platform', 'aarch64-unknown-linux-gnu'], ['aarch64-linux zig app']],
    ['ws', ['--platform', 'pi'], ['pi zig ']],
    ['ws', ['--platform', 'x86_64-windows', '--backend', 'zig'], ['x86_64-windows zig ']],
    ['ws', ['--platform', 'aarch64-linux', '--platform', 'riscv64-linux'], ['aarch64-linux zig app', 'riscv64-linux zig ']],
    ['bare', ['--platform', 'aarch64-linux'], ['aarch64-linux zig ']],
    ['bare', ['--platform', 'universal-macos'], ['x86_64-macos zig ', 'aarch64-macos zig ']],
    ['bare', ['--platform', 'aarch64-linux', '--backend', 'gcc'], ['aarch64-linux gcc ']],
  ])('in %s with %j', async (folder, flags, expected) => {
    const { code, out, error } = await run(folder, ...flags, '--json');
    expect({ code, error }).toEqual({ code: 1, error: '' });
    expect((JSON.parse(out) as Told).platforms.map(({ name, backend, crates }) => `${name} ${backend} ${crates.join(' ')}`)).toEqual(expected);
  });
});

test.each<[string, readonly string[], number, RegExp]>([
  ['bare', [], 2, /there is no workspace here; say --platform NAME/],
  ['bare', ['--platform', 'aarch64-linus'], 2, /Unknown platform "aarch64-linus"[^]*Did you mean "aarch64-linux"\?/],
  ['bare', ['--platform', 'aarch64-linux', '--backend', 'zag'], 2, /Unknown backend "zag"[^]*Did you mean "zig"\?/],
  ['bare', ['--platform', 'aarch64-linux.1.0'], 2, /error\[option-invalid\][^]*glibc/],
  ['bare', ['--platform', ''], 2, /--platform needs a NAME/],
  ['bare', ['aarch64-linux'], 2, /"aarch64-linux" is no flag; a platform is asked for by --platform aarch64-linux/],
  ['bare', ['--fixx'], 2, /Did you mean "--fix"\?/],
  ['bare', ['--platform', 'aarch64-linux', '--fix'], 2, /say --fix --yes/],
  ['wrong', [], 1, /error\[unknown-word\]: Unknown platform "aarch46-linux"[^]*nx\.json/],
  ['ws', [], 1, /MISSING +zig/],
])('in %s with %j: exit code %i, and what to do', async (folder, flags, code, expected) => {
  const ran = await run(folder, ...flags);
  expect(ran.code).toBe(code);
  expect(ran.out + ran.error).toMatch(expected);
  expect(ran.out + ran.error).not.toMatch(/^\s+at /m);
});
