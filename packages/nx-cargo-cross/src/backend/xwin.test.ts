import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { LINUX, MAC, aSetUp, aTool, aTriple } from '../testkit/builders.js';
import { knownTriples } from '../platform/known.js';
import { aTempFolder } from '../testkit/temp.js';
import type { CrossSetUp, FoundTool, SetUpInput } from './contract.js';
import { applyEnvEdits } from './env-edit.js';
import { LICENCE } from './xwin/needs.js';
import { xwin } from './xwin.js';

const X64 = 'x86_64-pc-windows-msvc';
const MSVC = knownTriples().filter(({ libc }) => libc === 'msvc').map(({ triple }) => triple);
const INCLUDES = ['crt include', 'ucrt include', 'um include', 'shared include', 'winrt include', 'cppwinrt include'];
const LIBRARIES = ['crt lib', 'um lib', 'ucrt lib'];
const partsOf = (layout: string, names = [...INCLUDES, ...LIBRARIES]): NonNullable<FoundTool['parts']> =>
  Object.fromEntries(names.map((name) => [`${layout} ${name}`, { path: `/ms/${layout}/${name.replace(' ', '/')}` }]));
const found = (more: SetUpInput['tools'] = {}, parts = partsOf('splat')): SetUpInput['tools'] => ({
  files: { path: '/ms', version: '', env: {}, parts },
  link: aTool('/usr/bin/lld-link-19', '19.1.7'),
  clang: aTool('/usr/bin/clang-19', '19.1.7'),
  rc: aTool('/usr/bin/llvm-rc-19', ''),
  ...more,
});

const ask = (triple = X64, more: Partial<SetUpInput> = {}) => xwin.setUp(aSetUp(triple, { tools: found(), directory: '/ws/xwin', ...more }));
function setUp(triple = X64, more: Partial<SetUpInput> = {}): CrossSetUp {
  const result = ask(triple, more);
  if (!result.ok) throw new Error(result.failures[0].code);
  return result.value;
}
const envOf = (value: CrossSetUp, user: Readonly<Record<string, string>> = {}) => Object.fromEntries(applyEnvEdits(user, value.env, ':').map(({ name, value: text }) => [name, text]));
const textOf = (value: CrossSetUp, path: string): string => value.files.find((file) => file.path === path)?.text ?? '';

describe("Microsoft's files", () => {
  test.each(MSVC)('serve %s', (triple) => {
    expect(xwin.refuses(aTriple(triple), LINUX)).toBeUndefined();
    expect(xwin.needs(aTriple(triple), LINUX).filter(({ optional }) => !optional).map(({ key }) => key)).toEqual(['files', 'link']);
  });

  test.each(['x86_64-pc-windows-gnu', 'aarch64-linux-android'])('are not for %s', (triple) => {
    expect(xwin.refuses(aTriple(triple), LINUX)).toMatch(/windows-msvc/);
    expect(xwin.needs(aTriple(triple), LINUX)).toEqual([]);
  });

  const places = (triple: string, host = LINUX, sdk?: string) =>
    xwin.needs(aTriple(triple), host, { sdk })[0]?.candidates.flatMap((candidate) =>
      candidate.from === 'folder' ? [`${'variable' in candidate.at ? `$${candidate.at.variable}` : candidate.at.path}${candidate.below ? `/${candidate.below}` : ''} ${candidate.holds}${candidate.binding ? ' !' : ''}`] : [],
    );

  test('are looked for where a variable says, where cargo-xwin keeps them, and where xwin puts them', () => {
    expect(places(X64)).toEqual([
      '$XWIN_ROOT crt/lib/x*64',
      '$XWIN_ROOT VC/Tools/MSVC/*/lib/x*64 !',
      '$XWIN_DIR crt/lib/x*64',
      '$XWIN_DIR VC/Tools/MSVC/*/lib/x*64 !',
      '$XWIN_CACHE_DIR/xwin crt/lib/x*64',
      '$XWIN_CACHE_DIR/xwin VC/Tools/MSVC/*/lib/x*64',
      '$XWIN_CACHE_DIR/splat crt/lib/x*64',
      '$XWIN_CACHE_DIR/splat VC/Tools/MSVC/*/lib/x*64',
      '~/.cache/cargo-xwin/xwin crt/lib/x*64',
      '~/.cache/cargo-xwin/xwin VC/Tools/MSVC/*/lib/x*64',
      '.xwin-cache/splat crt/lib/x*64',
      '.xwin-cache/splat VC/Tools/MSVC/*/lib/x*64',
    ]);
    expect(places('aarch64-pc-windows-msvc', MAC)).toContain('~/Library/Caches/cargo-xwin/xwin crt/lib/a*64');
  });

  test('are looked for nowhere else where "sdk" names them', () => {
    expect(places('i686-pc-windows-msvc', LINUX, '/ms')).toEqual(['/ms crt/lib/x86', '/ms VC/Tools/MSVC/*/lib/x86 !']);
  });

  test.each([
    [X64, 'x86_64'],
    ['i686-pc-windows-msvc', 'x86'],
    ['aarch64-pc-windows-msvc', 'aarch64'],
  ])('are had for %s by one command, which names the licence that it accepts', (triple, arch) => {
    const [files] = xwin.needs(aTriple(triple), LINUX);
    expect(files?.install).toContain(`XWIN_ACCEPT_LICENSE=1 xwin --arch ${arch} splat --output ~/.cache/cargo-xwin/xwin`);
    expect(files?.install.split('\n')[0]).toMatch(/^[^()]*$/);
    expect(files?.note).toContain(LICENCE);
    expect(files?.note).toContain('never downloads');
  });

  test.each([
    ['link', 'Debian LLD 19.1.7 (compatible with GNU linkers)', '19.1.7'],
    ['link', 'LLD 22.1.2', '22.1.2'],
    ['clang', 'Debian clang version 19.1.7 (3)\nTarget: x86_64', '19.1.7'],
    ['clang', 'Apple clang version 17.0.0 (clang-1700)', '17.0.0'],
  ])('need %s, whose version is read from %j', (key, printed, version) => {
    const need = xwin.needs(aTriple(X64), LINUX).find((one) => one.key === key);
    expect(need?.version?.pattern.exec(printed)?.[1]).toBe(version);
    expect(need?.minimum).toBe('14.0.0');
  });

  const candidates = (key: string) =>
    xwin.needs(aTriple(X64), { ...LINUX, sysroot: '/rust' }).find((one) => one.key === key)?.candidates.map((one) => ('name' in one ? one.name : 'path' in one ? one.path : 'variable' in one ? `$${one.variable}` : ''));

  test("are linked by Rust's own lld before any other", () => {
    expect(candidates('link')?.slice(0, 4)).toEqual(['$NX_CARGO_CROSS_LLD', '/rust/lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld', 'lld-link', '/usr/lib/llvm-*/bin/lld-link']);
  });

  test('take the newest clang of several, and a plain one last, which may be the oldest', () => {
    expect(candidates('clang')?.[0]).toBe('clang-cl');
    expect(candidates('clang')?.at(-1)).toBe('clang');
    expect(candidates('clang')).toContain('/usr/lib/llvm-*/bin/clang');
  });

  test('are known to the key by what they hold, and the tools by their versions', () => {
    const { runtimes, env } = xwin.identity(aTriple(X64));
    expect(env).toEqual([]);
    expect(runtimes).toHaveLength(3);
    expect(runtimes[0]).toContain('cat "$XWIN_ROOT"/crt/lib/*/msvcrt.lib | cksum');
    expect(xwin.identity(aTriple(X64), { sdk: 'my files' }).runtimes[0]).toMatch(/^\(export LC_ALL=C; cat 'my files'\/crt\/lib\/\*\/msvcrt\.lib .*'my files'\/VC\/Tools\/MSVC\/\*\/lib\/\*\/msvcrt\.lib/);
    for (const command of runtimes) expect(command).toMatch(/\|\| echo none\) 2>\/dev\/null$/);
  });
});

describe("what Microsoft's files set", () => {
  const includes = INCLUDES.map((name) => `/ms/splat/${name.replace(' ', '/')}`);
  const libraries = LIBRARIES.map((name) => `/ms/splat/${name.replace(' ', '/')}`);

  test.each(MSVC)('for %s is clang-cl, lld-link and llvm-lib, in every spelling', (triple) => {
    const value = setUp(triple);
    const snake = triple.replaceAll('-', '_');
    expect(value.version).toBe('19.1.7');
    expect(envOf(value)).toMatchObject({
      [`CARGO_TARGET_${snake.toUpperCase()}_LINKER`]: '/ws/xwin/lld-link',
      [`CC_${snake}`]: '/ws/xwin/clang-cl',
      [`CXX_${snake}`]: '/ws/xwin/cxx/clang-cl',
      [`AR_${snake}`]: '/ws/xwin/llvm-lib',
      [`RC_${snake}`]: '/ws/xwin/llvm-rc',
      [`CMAKE_TOOLCHAIN_FILE_${snake}`]: `/ws/xwin/${triple}.cmake`,
      [`CMAKE_GENERATOR_${snake}`]: 'Ninja',
      INCLUDE: includes.join(';'),
      LIB: libraries.join(';'),
      RCFLAGS: includes.map((folder) => `-I${folder}`).join(' '),
    });
    expect(value.rustflags.slice(0, 4)).toEqual(['-Clinker-flavor=lld-link', ...libraries.map((folder) => `-Lnative=${folder}`)]);
    expect(textOf(value, 'clang-cl')).toContain(`exec /usr/bin/clang-19 --driver-mode=cl --target=${triple} -fuse-ld=lld-link`);
    expect(textOf(value, 'llvm-lib')).toBe('#!/bin/sh\nexec /usr/bin/lld-link-19 -flavor link /lib "$@"\n');
    expect(textOf(value, 'llvm-rc')).toContain(`/I ${includes[0] ?? ''}`);
  });

  test.each([
    [undefined, [], 'MultiThreadedDLL'],
    ['dynamic', ['-Ctarget-feature=-crt-static'], 'MultiThreadedDLL'],
    ['static', ['-Ctarget-feature=+crt-static', '-Clink-arg=/nodefaultlib:ucrt', '-Clink-arg=/defaultlib:libucrt'], 'MultiThreaded'],
  ] as const)('with the runtime linked %s is %j, and %s for CMake', (linkage, flags, runtime) => {
    const value = setUp(X64, { linkage });
    expect(value.rustflags.slice(4)).toEqual(flags);
    const cmake = textOf(value, `${X64}.cmake`);
    expect(cmake).toContain(`set(CMAKE_MSVC_RUNTIME_LIBRARY ${runtime})\n`);
    expect(cmake).toContain(`set(CMAKE_CXX_FLAGS_DEBUG "/${linkage === 'static' ? 'MT' : 'MD'} /Z7 /Ob0 /Od" CACHE STRING "")\n`);
    expect(cmake).toContain('set(CMAKE_SYSTEM_NAME Windows)\nset(CMAKE_SYSTEM_PROCESSOR AMD64)\nset(CMAKE_C_COMPILER "/ws/xwin/clang-cl")\nset(CMAKE_CXX_COMPILER "/ws/xwin/cxx/clang-cl")');
    expect(cmake).toContain('set(CMAKE_EXE_LINKER_FLAGS_INIT "/manifest:no -libpath:\\"/ms/splat/crt/lib\\"');
  });

  test("gives way to the user's own", () => {
    const env = envOf(setUp(), { CC_x86_64_pc_windows_msvc: 'mine', INCLUDE: 'C:\\mine', LIB: 'C:\\mine', CMAKE_GENERATOR: 'NMake Makefiles' });
    expect(env).toMatchObject({ CC_x86_64_pc_windows_msvc: 'mine', INCLUDE: 'C:\\mine', LIB: 'C:\\mine', CMAKE_GENERATOR_x86_64_pc_windows_msvc: undefined });
  });

  test('tells libclang where the headers are, where bindgen is in the closure', () => {
    const name = 'BINDGEN_EXTRA_CLANG_ARGS_x86_64_pc_windows_msvc';
    expect(envOf(setUp())).not.toHaveProperty(name);
    expect(envOf(setUp(X64, { closure: [{ name: 'bindgen', version: '0.72.1' }] }))[name]).toBe(`--target=${X64} -nostdlibinc ${includes.map((folder) => `-isystem ${folder}`).join(' ')}`);
  });

  test("is read from Microsoft's own layout too, and without the headers of WinRT", () => {
    const parts = partsOf('winsysroot', [...INCLUDES.slice(0, 4), ...LIBRARIES]);
    expect(envOf(setUp(X64, { tools: found({}, parts) }))['INCLUDE']).toBe(INCLUDES.slice(0, 4).map((name) => `/ms/winsysroot/${name.replace(' ', '/')}`).join(';'));
  });

  test('without clang is enough for Rust alone', () => {
    const value = setUp(X64, { tools: found({ clang: undefined, rc: undefined }) });
    expect(value.tools).toBeUndefined();
    expect(value.files.map(({ path }) => path)).toEqual(['lld-link', 'llvm-lib']);
    expect(envOf(value)).toHaveProperty('CARGO_TARGET_X86_64_PC_WINDOWS_MSVC_LINKER', '/ws/xwin/lld-link');
    expect(Object.keys(envOf(value)).filter((name) => /^(CC|CXX|AR|CMAKE_TOOL)/.test(name))).toEqual([]);
  });

  test('cannot be had of half of the files', () => {
    expect(ask(X64, { tools: found({}, partsOf('splat', [...INCLUDES, 'crt lib'])) })).toMatchObject({ ok: false, failures: [{ code: 'tool-broken', path: '/ms', message: expect.stringContaining('Windows SDK') }] });
  });
});

describe('the scripts', () => {
  const folder = join(aTempFolder('xwin'), "it's $HOME");
  mkdirSync(folder);
  const fake = join(folder, 'fake');
  writeFileSync(fake, '#!/bin/sh\nprintf "%s\\0" "$@"\n', { mode: 0o755 });
  const parts = Object.fromEntries(Object.entries(partsOf('splat')).map(([key, part]) => [key, { path: `/my files${part?.path ?? ''}` }]));
  const value = setUp('i686-pc-windows-msvc', { tools: found({ clang: aTool(fake, '18.1.0'), link: aTool(fake, '18.1.0'), rc: aTool(fake, '') }, parts), directory: folder });
  for (const file of value.files) {
    mkdirSync(dirname(join(folder, file.path)), { recursive: true });
    writeFileSync(join(folder, file.path), file.text, { mode: file.executable ? 0o755 : 0o644 });
  }
  const words = (name: string, ...args: string[]): string[] => spawnSync(join(folder, name), args, { encoding: 'utf8' }).stdout.split('\0').slice(0, -1);
  const own = ['--driver-mode=cl', '--target=i686-pc-windows-msvc', '-fuse-ld=lld-link', '-Wno-unused-command-line-argument', '-D_ALLOW_COMPILER_AND_STL_VERSION_MISMATCH'];
  const imsvc = INCLUDES.flatMap((name) => ['/imsvc', `/my files/ms/splat/${name.replace(' ', '/')}`]);

  test('hand on every word, behind their own', () => {
    const odd = ['two words', '', "it's", '"', '$HOME', '*', '\\', '/c', '--', '/Users/me/a.c'];
    expect(words('clang-cl', ...odd)).toEqual([...own, ...imsvc, ...odd]);
    expect(words('cxx/clang-cl', ...odd)).toEqual([...own, ...imsvc, '/EHsc', ...odd]);
    expect(words('llvm-lib', '/out:a.lib', 'a.obj')).toEqual(['-flavor', 'link', '/lib', '/out:a.lib', 'a.obj']);
    expect(words('lld-link', '-flavor', 'link', '/NOLOGO', 'two words')).toEqual(['-flavor', 'link', '/NOLOGO', 'two words']);
    expect(words('lld-link', '/NOLOGO')).toEqual(['-flavor', 'link', '/NOLOGO']);
    expect(words('llvm-rc', 'a.rc').slice(-1)).toEqual(['a.rc']);
  });
});
