import { describe, expect, test } from '@jest/globals';
import { LINUX, aSetUp, aTriple } from '../testkit/builders.js';
import type { CrossSetUp, FoundTool, SetUpInput } from './contract.js';
import { applyEnvEdits } from './env-edit.js';
import { OSXCROSS_QUIRKS, osxcrossEffects, type QuirkContext } from './osxcross/quirks.js';
import { osxcross } from './osxcross.js';

const ROOT = '/opt/osxcross/target';
const ARM = 'aarch64-apple-darwin';
const INTEL = 'x86_64-apple-darwin';
const D = '/ws/target/nx-cross/backend/zig';

/** An installation with tools of these architectures. */
function installed(arches: readonly string[], more: Readonly<Record<string, string>> = { sdk: `${ROOT}/SDK/MacOSX13.3.sdk`, lib: `${ROOT}/lib` }, darwin = '22.4'): FoundTool {
  const tools = ['clang', 'clang++', 'ar', 'ranlib', 'strip', 'dsymutil', 'install_name_tool', 'ld'];
  const parts = arches.flatMap((arch) => tools.map((tool) => [`${arch}-${tool}`, { path: `${ROOT}/bin/${arch}-apple-darwin${darwin}-${tool}` }] as const));
  return { path: ROOT, version: '', env: {}, parts: { ...Object.fromEntries(parts), ...Object.fromEntries(Object.entries(more).map(([key, path]) => [key, { path }])) } };
}

const BOTH = installed(['x86_64', 'aarch64', 'arm64']);
const asked = (triple: string, more: Partial<SetUpInput> = {}) => osxcross.setUp(aSetUp(triple, { tools: { osxcross: BOTH }, ...more }));

function setUp(triple: string, more: Partial<SetUpInput> = {}): CrossSetUp {
  const result = asked(triple, more);
  if (!result.ok) throw new Error(result.failures[0].code);
  return result.value;
}

const textOf = ({ files }: CrossSetUp, path: string): string => files.find((file) => file.path === path)?.text ?? '';
const envOf = (triple: string, more: Partial<SetUpInput> = {}) => Object.fromEntries(applyEnvEdits(more.env ?? {}, setUp(triple, more).env, ':').map(({ name, value }) => [name, value]));

describe('osxcross', () => {
  test("serves Apple's systems alone", () => {
    for (const triple of [ARM, INTEL]) expect(osxcross.refuses(aTriple(triple), LINUX)).toBeUndefined();
    for (const triple of ['aarch64-unknown-linux-gnu', 'x86_64-pc-windows-msvc']) {
      expect(osxcross.refuses(aTriple(triple), LINUX)).toMatch(/Apple/);
      expect(osxcross.setUp(aSetUp(triple))).toMatchObject({ ok: false, failures: [{ code: 'triple-unserved', backend: 'osxcross' }] });
    }
    expect(osxcross.setUp(aSetUp(ARM, { tools: {} }))).toMatchObject({ ok: false, failures: [{ code: 'triple-unserved' }] });
  });

  test('is looked for where variables say, beside its programs on the PATH, and in the usual places', () => {
    const [need] = osxcross.needs(aTriple(ARM), LINUX);
    const places = need?.candidates.map((candidate) => {
      if (candidate.from === 'beside') return `beside ${candidate.program}`;
      if (candidate.from !== 'folder') return candidate.from;
      return `${'variable' in candidate.at ? `$${candidate.at.variable}` : candidate.at.path}${candidate.below ? `/${candidate.below}` : ''}`;
    });
    expect(places).toEqual([
      ...['OSXCROSS_ROOT', 'OSXCROSS_TARGET_DIR', 'OSXCROSS_PATH', 'OSX_CROSS_PATH'].flatMap((name) => [`$${name}`, `$${name}/target`]),
      ...['osxcross-conf', 'o64-clang', 'oa64-clang', 'x86_64-apple-darwin*-clang', 'aarch64-apple-darwin*-clang', 'arm64-apple-darwin*-clang'].map((name) => `beside ${name}`),
      ...['/usr/local/osxcross', '/opt/osxcross', '/usr/osxcross', '/osxcross', '~/osxcross'].flatMap((path) => [path, `${path}/target`]),
    ]);
  });

  test.each([
    [INTEL, ['x86_64', 'aarch64', 'arm64'], 'x86_64-apple-darwin22.4-clang'],
    [ARM, ['x86_64', 'aarch64', 'arm64'], 'aarch64-apple-darwin22.4-clang'],
    [ARM, ['x86_64', 'arm64'], 'arm64-apple-darwin22.4-clang'],
    [ARM, ['aarch64'], 'aarch64-apple-darwin22.4-clang'],
  ])('for %s with compilers for %j takes %s', (triple, arches, clang) => {
    const made = setUp(triple, { tools: { osxcross: installed(arches) } });
    expect(textOf(made, `${triple}-clang`)).toContain(`\nexec ${ROOT}/bin/${clang} "$@"\n`);
    expect(textOf(made, `${triple}-clang++`)).toContain(`\nexec ${ROOT}/bin/${clang}++ "$@"\n`);
  });

  test.each<readonly [string, FoundTool, RegExp]>([
    ['of an architecture that it has no compiler for', installed(['x86_64']), /no compiler for aarch64: bin\/aarch64- or bin\/arm64-/],
    ['without an SDK', installed(['aarch64'], {}), /no SDK/],
  ])('%s says so', (_, tool, message) => {
    expect(asked(ARM, { tools: { osxcross: tool } })).toMatchObject({ ok: false, failures: [{ code: 'tool-broken', tool: 'osxcross', path: ROOT, message: expect.stringMatching(message) }] });
  });

  test.each<readonly [string, Partial<SetUpInput>, string | undefined]>([
    ['13.0', {}, undefined],
    ['13.3', {}, undefined],
    ['13.4', {}, '13.3'],
    ['14.0', { tools: { osxcross: BOTH, sdk: { path: '/sdks/MacOSX14.2.sdk', version: '', env: {} } } }, undefined],
  ])('minOs %s is refused where the SDK is older', (minOs, more, version) => {
    const result = asked(ARM, { minOs, ...more });
    if (version === undefined) expect(result.ok).toBe(true);
    else expect(result).toMatchObject({ ok: false, failures: [{ code: 'linkage-impossible', backend: 'osxcross', asked: `minOs = "${minOs}"`, help: expect.stringContaining(version) }] });
  });
});

describe('what osxcross sets', () => {
  test('are its tools in the spellings that cargo and build scripts read, an SDK, and a deployment target that is never empty', () => {
    expect(envOf(ARM, { env: { PATH: '/usr/bin', MACOSX_DEPLOYMENT_TARGET: '' } })).toMatchObject({
      CARGO_TARGET_AARCH64_APPLE_DARWIN_LINKER: `${D}/${ARM}-clang`,
      CC_aarch64_apple_darwin: `${D}/${ARM}-clang`,
      CXX_aarch64_apple_darwin: `${D}/${ARM}-clang++`,
      AR_aarch64_apple_darwin: `${ROOT}/bin/aarch64-apple-darwin22.4-ar`,
      RANLIB_aarch64_apple_darwin: `${ROOT}/bin/aarch64-apple-darwin22.4-ranlib`,
      SDKROOT: `${ROOT}/SDK/MacOSX13.3.sdk`,
      OSXCROSS_SDKROOT: `${ROOT}/SDK/MacOSX13.3.sdk`,
      MACOSX_DEPLOYMENT_TARGET: '11.0',
      PATH: `${D}/path:/usr/bin`,
    });
  });

  test('leaves to the user what the user set', () => {
    const mine = { CC_aarch64_apple_darwin: 'mine', AR_aarch64_apple_darwin: 'mine', CARGO_TARGET_AARCH64_APPLE_DARWIN_LINKER: 'mine', OSXCROSS_SDKROOT: 'mine', MACOSX_DEPLOYMENT_TARGET: '12.0' };
    expect(envOf(ARM, { env: mine })).toMatchObject(mine);
  });

  test('takes the SDK that the option names', () => {
    const tools = { osxcross: BOTH, sdk: { path: '/sdks/MacOSX14.2.sdk', version: '', env: {} } };
    expect(envOf(INTEL, { tools })).toMatchObject({ SDKROOT: '/sdks/MacOSX14.2.sdk', OSXCROSS_SDKROOT: '/sdks/MacOSX14.2.sdk' });
    expect(setUp(INTEL, { tools }).version).toBe('with SDK 14.2');
    expect(osxcross.needs(aTriple(INTEL), LINUX, { sdk: '/sdks/MacOSX14.2.sdk' }).map(({ key }) => key)).toEqual(['osxcross', 'sdk']);
  });

  test('is a dsymutil by its bare name, for rustc, and no other tool by one', () => {
    const made = setUp(ARM);
    expect(made.files.filter(({ path }) => path.startsWith('path/')).map(({ path }) => path)).toEqual(['path/dsymutil']);
    const { 'aarch64-dsymutil': _, ...parts } = BOTH.parts ?? {};
    expect(setUp(ARM, { tools: { osxcross: { ...BOTH, parts } } }).env.some(({ name }) => name === 'PATH')).toBe(false);
  });

  test('for bindgen and CMake says where the headers are', () => {
    const made = setUp(ARM, { closure: [{ name: 'bindgen', version: '0.72.1' }], minOs: '12.0' });
    expect(made.tools?.clang).toMatchObject({ target: 'arm64-apple-macosx12.0', sysroot: `${ROOT}/SDK/MacOSX13.3.sdk` });
    expect(textOf(made, `${ARM}-toolchain.cmake`)).toContain(`set(CMAKE_OSX_SYSROOT "${ROOT}/SDK/MacOSX13.3.sdk")`);
    expect(textOf(made, `${ARM}-toolchain.cmake`)).toContain('set(CMAKE_OSX_DEPLOYMENT_TARGET "12.0")');
  });

  test('are MacPorts packages for pkg-config, where they are', () => {
    const macports = `${ROOT}/macports/pkgs/opt/local/lib/pkgconfig`;
    expect(setUp(ARM).tools?.pkgConfig).toBe('closed');
    expect(setUp(ARM, { tools: { osxcross: installed(['arm64'], { sdk: '/s/MacOSX13.3.sdk', macports }) } }).tools?.pkgConfig).toEqual({ libdir: [macports] });
  });
});

describe('every quirk', () => {
  const context: QuirkContext = { root: ROOT, lib: `${ROOT}/lib`, sdk: '/s/MacOSX13.3.sdk', ld: `${ROOT}/bin/ld` };
  const CASES: Readonly<Record<string, { readonly on?: Partial<QuirkContext>; readonly off?: Partial<QuirkContext>; readonly effect: object }>> = {
    'tools-by-path': { effect: { script: [{ name: 'PATH', prepend: `${ROOT}/bin` }] } },
    'own-libraries': { off: { lib: undefined }, effect: { script: [{ name: 'LD_LIBRARY_PATH', prepend: `${ROOT}/lib` }] } },
    'one-sdk': { effect: { env: { OSXCROSS_SDKROOT: '/s/MacOSX13.3.sdk' } } },
    'quiet-include-paths': { effect: { script: [{ name: 'OSXCROSS_NO_INCLUDE_PATH_WARNINGS', value: '1' }] } },
    'archives-without-clock': { effect: { env: { ZERO_AR_DATE: '1' } } },
    'cmake-linker': { off: { ld: undefined }, effect: { cmake: [`set(CMAKE_LINKER "${ROOT}/bin/ld")`] } },
  };

  test('has a case, and every case a quirk', () => {
    expect(OSXCROSS_QUIRKS.map(({ id }) => id).sort()).toEqual(Object.keys(CASES).sort());
  });

  test.each(OSXCROSS_QUIRKS.map((quirk) => [quirk.id, quirk] as const))('%s does what it says, when it should', (id, quirk) => {
    const { on = {}, off, effect } = CASES[id] ?? { effect: {} };
    expect(quirk.when({ ...context, ...on })).toBe(true);
    expect(quirk.effect({ ...context, ...on })).toEqual(effect);
    if (off) expect(quirk.when({ ...context, ...off })).toBe(false);
    expect(quirk.source.length).toBeGreaterThan(10);
  });

  test('is said together', () => {
    expect(osxcrossEffects({ ...context, lib: undefined, ld: undefined })).toMatchObject({ env: { ZERO_AR_DATE: '1' }, cmake: [] });
  });
});
