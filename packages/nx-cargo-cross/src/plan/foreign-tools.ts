/** What build systems other than cargo are told of a platform: Go by variables, Meson by a file, configure scripts by a name. */
import type { CcTools } from '../backend/cc-env.js';
import { cmakeProcessor } from '../backend/cmake-toolchain.js';
import type { KnownTriple, Machine, Os } from '../platform/known.js';
import { gnuTriple } from '../platform/gnu-triple.js';

/** Source: `go tool dist list`, Go 1.26. */
const GOOS: Readonly<Record<Os, string>> = {
  linux: 'linux',
  android: 'android',
  windows: 'windows',
  macos: 'darwin',
  freebsd: 'freebsd',
  wasi: 'wasip1',
  none: 'js',
};

const GOARCH: Readonly<Partial<Record<Machine, string>>> = {
  x86_64: 'amd64',
  i386: '386',
  aarch64: 'arm64',
  arm: 'arm',
  riscv64: 'riscv64',
  s390x: 's390x',
  loongarch64: 'loong64',
  wasm32: 'wasm',
};

/** `GOOS`, `GOARCH`, `GOARM`, and whether C may be called. Nothing where Go has no name for the platform. Source: Go's "Environment variables". */
export function goEnv(facts: KnownTriple, hasCompiler: boolean): Readonly<Record<string, string>> {
  const little = facts.endian === 'little';
  const arch = facts.machine === 'powerpc64' ? `ppc64${little ? 'le' : ''}` : facts.machine === 'mips' || facts.machine === 'mips64' ? `${facts.machine}${little ? 'le' : ''}` : GOARCH[facts.machine];
  if (arch === undefined) return {};
  return { GOOS: GOOS[facts.os], GOARCH: arch, ...(arch === 'arm' ? { GOARM: goArm(facts) } : {}), CGO_ENABLED: hasCompiler && facts.format !== 'wasm' ? '1' : '0' };
}

/** The level alone where Go's own choice of registers for floats is the platform's: a comma and a word behind it are new in Go 1.22. */
function goArm({ arch, floatAbi }: KnownTriple): string {
  const level = /^(?:arm|thumb)v([5-7])/.exec(arch)?.[1] ?? '6';
  const own = level === '5' ? 'soft' : 'hard';
  return floatAbi === own ? level : `${level},${floatAbi ?? own}float`;
}

/** Source: Meson's reference tables, "Operating system names" and "CPU families". */
const MESON_SYSTEM: Readonly<Partial<Record<Os, string>>> = { macos: 'darwin', none: 'none', wasi: 'wasi' };
const MESON_FAMILY: Readonly<Partial<Record<Machine, string>>> = { i386: 'x86', powerpc64: 'ppc64', powerpc: 'ppc' };

/** Meson's cross file. Strings are single-quoted; a backslash escapes. */
export function mesonCrossFile(facts: KnownTriple, tools: CcTools): string {
  const binaries = { c: tools.cc, cpp: tools.cxx, ar: tools.ar, ranlib: tools.ranlib, strip: tools.strip, windres: tools.windres };
  const quote = (text: string): string => `'${text.replace(/[\\']/g, (special) => `\\${special}`)}'`;
  return [
    '[binaries]',
    ...Object.entries(binaries).flatMap(([name, path]) => (path === undefined ? [] : [`${name} = ${quote(path)}`])),
    '[host_machine]',
    `system = ${quote(MESON_SYSTEM[facts.os] ?? facts.os)}`,
    `cpu_family = ${quote(MESON_FAMILY[facts.machine] ?? facts.machine)}`,
    `cpu = ${quote(cmakeProcessor(facts).toLowerCase())}`,
    `endian = ${quote(facts.endian)}`,
    '',
  ].join('\n');
}

/** How a platform writes the names of its files, as placeholders. Source: the platforms' own linkers. */
export function namePlaceholders(facts: KnownTriple): Readonly<Record<string, string>> {
  const windows = facts.os === 'windows';
  return {
    exe: windows ? '.exe' : facts.format === 'wasm' ? '.wasm' : '',
    libPrefix: windows || facts.format === 'wasm' ? '' : 'lib',
    libSuffix: windows ? '.dll' : facts.format === 'wasm' ? '.wasm' : facts.os === 'macos' ? '.dylib' : '.so',
    archivePrefix: facts.libc === 'msvc' ? '' : 'lib',
    archiveSuffix: facts.libc === 'msvc' ? '.lib' : '.a',
    gnuTriple: gnuTriple(facts),
  };
}
