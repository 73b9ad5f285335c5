import { describe, expect, test } from '@jest/globals';
import { LINUX, MAC, aSetUp, aTool, aTriple } from '../testkit/builders.js';
import { knownTriples } from '../platform/known.js';
import type { CrossSetUp, SetUpInput } from './contract.js';
import { applyEnvEdits } from './env-edit.js';
import { mingwCompiler } from './mingw-script.js';
import { gcc, gccPrefix } from './gcc.js';

const found = (prefix: string, more: SetUpInput['tools'] = {}): SetUpInput['tools'] => ({
  cc: aTool(`/usr/bin/${prefix}-gcc`, '12.2.0'),
  cxx: aTool(`/usr/bin/${prefix}-g++`, ''),
  ar: aTool(`/usr/bin/${prefix}-ar`, ''),
  ranlib: aTool(`/usr/bin/${prefix}-ranlib`, ''),
  ...more,
});

function setUp(triple: string, more: Partial<SetUpInput> = {}): CrossSetUp {
  const result = gcc.setUp(aSetUp(triple, { tools: found(gccPrefix(triple) ?? ''), directory: '/ws/gcc', ...more }));
  if (!result.ok) throw new Error(result.failures[0].code);
  return result.value;
}

const envOf = (value: CrossSetUp, user: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(applyEnvEdits(user, value.env, ':').map((outcome) => [outcome.name, outcome.value]));

describe('Debian cross-gcc', () => {
  test.each([
    ['aarch64-unknown-linux-gnu', 'aarch64-linux-gnu', 'apt-get install gcc-aarch64-linux-gnu g++-aarch64-linux-gnu libc6-dev-arm64-cross'],
    ['armv7-unknown-linux-gnueabihf', 'arm-linux-gnueabihf', 'apt-get install gcc-arm-linux-gnueabihf g++-arm-linux-gnueabihf libc6-dev-armhf-cross'],
    ['arm-unknown-linux-gnueabi', 'arm-linux-gnueabi', 'apt-get install gcc-arm-linux-gnueabi g++-arm-linux-gnueabi libc6-dev-armel-cross'],
    ['powerpc64le-unknown-linux-gnu', 'powerpc64le-linux-gnu', 'apt-get install gcc-powerpc64le-linux-gnu g++-powerpc64le-linux-gnu libc6-dev-ppc64el-cross'],
    ['riscv64gc-unknown-linux-gnu', 'riscv64-linux-gnu', 'apt-get install gcc-riscv64-linux-gnu g++-riscv64-linux-gnu libc6-dev-riscv64-cross'],
    ['i686-unknown-linux-gnu', 'i686-linux-gnu', 'apt-get install gcc-i686-linux-gnu g++-i686-linux-gnu libc6-dev-i386-cross'],
    ['x86_64-unknown-linux-gnu', 'x86_64-linux-gnu', 'apt-get install gcc g++ libc6-dev'],
    ['x86_64-pc-windows-gnu', 'x86_64-w64-mingw32', 'apt-get install gcc-mingw-w64-x86-64 g++-mingw-w64-x86-64'],
    ['i686-pc-windows-gnu', 'i686-w64-mingw32', 'apt-get install gcc-mingw-w64-i686 g++-mingw-w64-i686'],
  ])('for %s is %s-gcc, installed by "%s"', (triple, prefix, install) => {
    expect(gcc.refuses(aTriple(triple), LINUX)).toBeUndefined();
    expect(gccPrefix(triple)).toBe(prefix);
    const needs = gcc.needs(aTriple(triple), LINUX);
    expect(needs.filter(({ optional }) => !optional).map(({ label }) => label)).toEqual([`${prefix}-gcc`, `${prefix}-ar`]);
    for (const need of needs) expect(need.install).toBe(install);
  });

  test('for x86_64 from another machine is a package without underscores', () => {
    const [cc] = gcc.needs(aTriple('x86_64-unknown-linux-gnu'), { triple: 'aarch64-unknown-linux-gnu', os: 'linux' });
    expect(cc).toMatchObject({ label: 'x86_64-linux-gnu-gcc', install: 'apt-get install gcc-x86-64-linux-gnu g++-x86-64-linux-gnu libc6-dev-amd64-cross' });
  });

  test.each([
    ['arm-unknown-linux-gnueabihf', /ARMv7.*ARMv6/],
    ['armv5te-unknown-linux-musleabi', /no cross compiler for armv5te-unknown-linux-musleabi/],
    ['aarch64-linux-android', /no cross compiler/],
    ['x86_64-pc-windows-msvc', /no cross compiler/],
    ['x86_64-pc-windows-gnullvm', /no cross compiler/],
    ['aarch64-apple-darwin', /no cross compiler/],
    ['wasm32-wasip1', /no cross compiler/],
  ])('refuses %s', (triple, why) => {
    expect(gcc.refuses(aTriple(triple), LINUX)).toMatch(why);
  });

  test.each(['12.2.0\n', '14.2\n', 'warning: x\n13.1.0\n'])('reads its version from %j', (printed) => {
    const [cc] = gcc.needs(aTriple(), LINUX);
    expect(cc?.version).toMatchObject({ args: ['-dumpfullversion'] });
    expect(cc?.version?.pattern.exec(printed)?.[1]).toBe(/[\d.]+(?=\n$)/.exec(printed)?.[0]);
  });

  test('is taken under a number where only that is installed, and refused where it is too old', () => {
    const [cc] = gcc.needs(aTriple('aarch64-unknown-linux-gnu'), LINUX);
    expect(cc).toMatchObject({ minimum: '8.0.0', candidates: [{ from: 'path', name: 'aarch64-linux-gnu-gcc', versions: true }, { from: 'path', name: 'aarch64-unknown-linux-gnu-gcc', versions: true }] });
  });

  test.each([
    ['x86_64-unknown-linux-musl', LINUX, ['x86_64-linux-musl-gcc', 'x86_64-unknown-linux-musl-gcc', 'musl-gcc'], 'apt-get install musl-tools'],
    ['aarch64-unknown-linux-musl', LINUX, ['aarch64-linux-musl-gcc', 'aarch64-unknown-linux-musl-gcc'], expect.stringContaining('aarch64-linux-musl-gcc')],
    ['armv7-unknown-linux-musleabihf', MAC, ['armv7l-linux-musleabihf-gcc', 'arm-linux-musleabihf-gcc', 'armv7-unknown-linux-musleabihf-gcc'], 'brew install filosottile/musl-cross/musl-cross'],
    ['aarch64-unknown-linux-gnu', MAC, ['aarch64-linux-gnu-gcc', 'aarch64-unknown-linux-gnu-gcc'], 'brew install messense/macos-cross-toolchains/aarch64-unknown-linux-gnu'],
    ['x86_64-pc-windows-gnu', MAC, ['x86_64-w64-mingw32-gcc-posix', 'x86_64-w64-mingw32-gcc'], 'brew install mingw-w64'],
  ])('for %s on $os goes by these names', (triple, host, names, install) => {
    const [cc] = gcc.needs(aTriple(triple), host);
    expect(cc?.candidates.map((candidate) => 'name' in candidate && candidate.name)).toEqual(names);
    expect(cc?.install).toEqual(install);
  });

  test('needs the bare linker where it is asked for', () => {
    const keys = (driver: 'compiler' | 'ld') => gcc.needs(aTriple('aarch64-unknown-linux-gnu'), LINUX, { driver }).map(({ key }) => key);
    expect([keys('ld').includes('ld'), keys('compiler').includes('ld')]).toEqual([true, false]);
  });

  test('looks for mingw with C++ threads first', () => {
    const [cc, cxx, ar] = gcc.needs(aTriple('x86_64-pc-windows-gnu'), LINUX);
    const names = (need: typeof cc) => need?.candidates.map((candidate) => ('name' in candidate ? candidate.name : candidate.from));
    expect(names(cc)).toEqual(['x86_64-w64-mingw32-gcc-posix', 'x86_64-w64-mingw32-gcc']);
    expect(names(cxx)).toEqual(['x86_64-w64-mingw32-g++-posix', 'x86_64-w64-mingw32-g++']);
    expect(names(ar)).toEqual(['x86_64-w64-mingw32-ar']);
  });
});

describe('what gcc sets', () => {
  test('for glibc is the tools themselves, and no flag', () => {
    const value = setUp('aarch64-unknown-linux-gnu');
    expect(value).toMatchObject({ files: [{ path: 'aarch64-unknown-linux-gnu.cmake' }], rustflags: [], version: '12.2.0' });
    expect(envOf(value)).toEqual({
      CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: '/usr/bin/aarch64-linux-gnu-gcc',
      CC_aarch64_unknown_linux_gnu: '/usr/bin/aarch64-linux-gnu-gcc',
      CXX_aarch64_unknown_linux_gnu: '/usr/bin/aarch64-linux-gnu-g++',
      AR_aarch64_unknown_linux_gnu: '/usr/bin/aarch64-linux-gnu-ar',
      RANLIB_aarch64_unknown_linux_gnu: '/usr/bin/aarch64-linux-gnu-ranlib',
      CMAKE_TOOLCHAIN_FILE_aarch64_unknown_linux_gnu: '/ws/gcc/aarch64-unknown-linux-gnu.cmake',
      PKG_CONFIG_ALLOW_CROSS_aarch64_unknown_linux_gnu: '1',
      PKG_CONFIG_LIBDIR_aarch64_unknown_linux_gnu: '/usr/lib/aarch64-linux-gnu/pkgconfig',
    });
  });

  test.each([
    ['i686-unknown-linux-gnu', '/usr/lib/i386-linux-gnu/pkgconfig'],
    ['armv7-unknown-linux-gnueabihf', '/usr/lib/arm-linux-gnueabihf/pkgconfig'],
    ['powerpc64le-unknown-linux-gnu', '/usr/lib/powerpc64le-linux-gnu/pkgconfig'],
    ['x86_64-pc-windows-gnu', '/nonexistent'],
  ])("lets pkg-config answer for %s from Debian's own folders alone", (triple, folder) => {
    expect(envOf(setUp(triple))[`PKG_CONFIG_LIBDIR_${triple.replaceAll('-', '_')}`]).toBe(folder);
  });

  test('links through a script where C may call libatomic, which no system has', () => {
    const { files, tools } = setUp('riscv64gc-unknown-linux-gnu');
    expect(files.map(({ path }) => path)).toContain('riscv64-linux-gnu-gcc');
    expect(tools).toMatchObject({ linker: '/ws/gcc/riscv64-linux-gnu-gcc', cc: '/usr/bin/riscv64-linux-gnu-gcc' });
  });

  test("shows Debian's headers of the triple to libclang, and not the host's", () => {
    const bindgen = { closure: [{ name: 'bindgen', version: '0.72.1' }] };
    expect(envOf(setUp('i686-unknown-linux-gnu', bindgen))['BINDGEN_EXTRA_CLANG_ARGS_i686_unknown_linux_gnu']).toBe(
      '-nostdlibinc -isystem /usr/i686-linux-gnu/include -isystem /usr/include/i386-linux-gnu -idirafter /usr/include',
    );
    expect(envOf(setUp('x86_64-pc-windows-gnu', bindgen))['BINDGEN_EXTRA_CLANG_ARGS_x86_64_pc_windows_gnu']).toBe('-nostdlibinc -isystem /usr/x86_64-w64-mingw32/include -idirafter /ws/gcc/headers');
  });

  test('leaves out the tools that are not there', () => {
    const value = setUp('aarch64-unknown-linux-gnu', { tools: { ...found('aarch64-linux-gnu'), cxx: undefined, ranlib: undefined } });
    expect(Object.keys(envOf(value)).filter((name) => /^(CXX|RANLIB)/.test(name))).toEqual([]);
  });

  describe('with the bare linker', () => {
    const answers = { libc: '/usr/aarch64-linux-gnu/lib/', gcc: '/usr/lib/gcc-cross/aarch64-linux-gnu/12/', folders: '/usr/lib/gcc-cross/aarch64-linux-gnu/12/', glibc: '36' };
    const tools = { ...found('aarch64-linux-gnu'), cc: { ...aTool('/usr/bin/aarch64-linux-gnu-gcc', '12.2.0'), answers }, ld: aTool('/usr/bin/aarch64-linux-gnu-ld', '') };

    test('links through a script that names start files, folders and the standard loader; C is compiled by gcc', () => {
      const { files, tools: made, rustflags } = setUp('aarch64-unknown-linux-gnu', { tools, driver: 'ld' });
      expect(made).toMatchObject({ linker: '/ws/gcc/aarch64-linux-gnu-ld', cc: '/usr/bin/aarch64-linux-gnu-gcc' });
      expect(rustflags).toEqual(['-Clinker-flavor=ld']);
      expect(files.find(({ path }) => path === 'aarch64-linux-gnu-ld')?.text).toMatch(/--dynamic-linker \/lib\/ld-linux-aarch64\.so\.1/);
    });

    test.each([
      ['x86_64-pc-windows-gnu', /"driver" out/],
      ['x86_64-unknown-linux-musl', /backend "lld"/],
    ])('links no %s', (triple, help) => {
      expect(gcc.setUp(aSetUp(triple, { tools, driver: 'ld' }))).toMatchObject({ ok: false, failures: [{ code: 'linkage-impossible', asked: 'driver = "ld"', help: expect.stringMatching(help) }] });
    });

    test('keeps no floor below its own glibc, whoever links; a static program has none', () => {
      const glibc = aTriple('aarch64-unknown-linux-gnu.2.28').glibc;
      expect(gcc.setUp(aSetUp('aarch64-unknown-linux-gnu', { tools, glibc }))).toMatchObject({ ok: false, failures: [{ asked: 'glibc = "2.28"', option: 'glibc' }] });
      expect(gcc.setUp(aSetUp('aarch64-unknown-linux-gnu', { tools, glibc, linkage: 'static' }))).toMatchObject({ ok: true });
    });
  });

  test('names the loader that was asked for', () => {
    expect(setUp('aarch64-unknown-linux-gnu', { interpreter: '/lib/ld-linux-aarch64.so.1' }).rustflags).toEqual(['-Clink-arg=-Wl,--dynamic-linker=/lib/ld-linux-aarch64.so.1']);
  });

  test('for glibc asked statically is a flag', () => {
    expect(setUp('aarch64-unknown-linux-gnu', { linkage: 'static' }).rustflags).toEqual(['-Ctarget-feature=+crt-static']);
  });

  test('for mingw goes by names that rustc knows for a C driver', () => {
    const posix = { cc: aTool("/opt/it's here/x86_64-w64-mingw32-gcc-posix", '12'), cxx: aTool('/usr/bin/x86_64-w64-mingw32-g++-posix', '') };
    const value = setUp('x86_64-pc-windows-gnu', { tools: found('x86_64-w64-mingw32', posix) });
    expect(value.files.filter(({ executable }) => executable)).toEqual([
      mingwCompiler('x86_64-w64-mingw32-gcc', "/opt/it's here/x86_64-w64-mingw32-gcc-posix", '/ws/gcc'),
      mingwCompiler('x86_64-w64-mingw32-g++', '/usr/bin/x86_64-w64-mingw32-g++-posix', '/ws/gcc'),
    ]);
    expect(envOf(value)).toMatchObject({
      CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER: '/ws/gcc/x86_64-w64-mingw32-gcc',
      CC_x86_64_pc_windows_gnu: '/ws/gcc/x86_64-w64-mingw32-gcc',
      CXX_x86_64_pc_windows_gnu: '/ws/gcc/x86_64-w64-mingw32-g++',
      AR_x86_64_pc_windows_gnu: '/usr/bin/x86_64-w64-mingw32-ar',
    });
  });

  test.each([
    [undefined, '+'],
    ['static', '+'],
    ['dynamic', '-'],
  ] as const)("for mingw links %s with its own start files, never Rust's", (linkage, sign) => {
    expect(setUp('x86_64-pc-windows-gnu', { linkage }).rustflags).toEqual([`-Ctarget-feature=${sign}crt-static`, '-Clink-self-contained=no']);
  });

  test('names windres, unless the user did', () => {
    const value = setUp('x86_64-pc-windows-gnu', { tools: found('x86_64-w64-mingw32', { windres: aTool('/usr/bin/windres', '') }) });
    expect(envOf(value)['WINDRES_x86_64_pc_windows_gnu']).toBe('/ws/gcc/x86_64-w64-mingw32-windres');
    expect(envOf(value, { WINDRES: 'mine' })['WINDRES_x86_64_pc_windows_gnu']).toBeUndefined();
    expect(envOf(setUp('x86_64-pc-windows-gnu'))).not.toHaveProperty('WINDRES_x86_64_pc_windows_gnu');
  });

  test.each(knownTriples().map(({ triple }) => triple).filter((triple) => gccPrefix(triple) !== undefined))("%s: the user's own variables win", (triple) => {
    const value = setUp(triple);
    const mine = Object.fromEntries(value.env.map(({ name }) => [name, 'mine']));
    expect(envOf(value, mine)).toEqual(mine);
  });
});
