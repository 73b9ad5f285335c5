/**
 * The cross compilers that go by a prefix, as data. Sources: package lists of Debian bookworm and trixie and of Ubuntu jammy and noble; the prefixes of musl
 * toolchains as musl-cross-make and Homebrew's musl-cross name them.
 */
import type { Triple } from '../../platform/triple.js';
import type { Host } from '../contract.js';

export interface GccRow {
  /** The tools' prefix, which is also the suffix of the package names. */
  readonly prefix: string;
  /** Debian's name of the architecture, for the `libc6-dev-<arch>-cross` package. */
  readonly debian: string;
}

/** Debian's folders of libraries that are not named like the tools. Source: the Debian wiki, "Multiarch/Tuples". */
export const MULTIARCH: Readonly<Record<string, string>> = { 'i686-unknown-linux-gnu': 'i386-linux-gnu', 'i586-unknown-linux-gnu': 'i386-linux-gnu' };

/** ARMv6 hard-float has no row: Debian's armhf is ARMv7, and would give a program that dies on the processor it is for. */
export const GLIBC: Readonly<Record<string, GccRow>> = {
  'aarch64-unknown-linux-gnu': { prefix: 'aarch64-linux-gnu', debian: 'arm64' },
  'armv7-unknown-linux-gnueabihf': { prefix: 'arm-linux-gnueabihf', debian: 'armhf' },
  'thumbv7neon-unknown-linux-gnueabihf': { prefix: 'arm-linux-gnueabihf', debian: 'armhf' },
  'armv7-unknown-linux-gnueabi': { prefix: 'arm-linux-gnueabi', debian: 'armel' },
  'arm-unknown-linux-gnueabi': { prefix: 'arm-linux-gnueabi', debian: 'armel' },
  'armv5te-unknown-linux-gnueabi': { prefix: 'arm-linux-gnueabi', debian: 'armel' },
  'i686-unknown-linux-gnu': { prefix: 'i686-linux-gnu', debian: 'i386' },
  'i586-unknown-linux-gnu': { prefix: 'i686-linux-gnu', debian: 'i386' },
  'x86_64-unknown-linux-gnu': { prefix: 'x86_64-linux-gnu', debian: 'amd64' },
  'riscv64gc-unknown-linux-gnu': { prefix: 'riscv64-linux-gnu', debian: 'riscv64' },
  's390x-unknown-linux-gnu': { prefix: 's390x-linux-gnu', debian: 's390x' },
  'powerpc64le-unknown-linux-gnu': { prefix: 'powerpc64le-linux-gnu', debian: 'ppc64el' },
  'powerpc64-unknown-linux-gnu': { prefix: 'powerpc64-linux-gnu', debian: 'ppc64' },
  'powerpc-unknown-linux-gnu': { prefix: 'powerpc-linux-gnu', debian: 'powerpc' },
  'sparc64-unknown-linux-gnu': { prefix: 'sparc64-linux-gnu', debian: 'sparc64' },
  'loongarch64-unknown-linux-gnu': { prefix: 'loongarch64-linux-gnu', debian: 'loong64' },
};

export const MINGW: Readonly<Record<string, GccRow>> = {
  'x86_64-pc-windows-gnu': { prefix: 'x86_64-w64-mingw32', debian: 'x86-64' },
  'i686-pc-windows-gnu': { prefix: 'i686-w64-mingw32', debian: 'i686' },
};

/** musl's, by the prefixes that they may have. Debian has the wrapper of the machine's own architecture alone, `musl-gcc`. */
export const MUSL: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'x86_64-unknown-linux-musl': ['x86_64-linux-musl'],
  'i686-unknown-linux-musl': ['i686-linux-musl', 'i486-linux-musl'],
  'aarch64-unknown-linux-musl': ['aarch64-linux-musl'],
  'armv7-unknown-linux-musleabihf': ['armv7l-linux-musleabihf', 'arm-linux-musleabihf'],
  'arm-unknown-linux-musleabihf': ['arm-linux-musleabihf'],
  'arm-unknown-linux-musleabi': ['arm-linux-musleabi'],
  'riscv64gc-unknown-linux-musl': ['riscv64-linux-musl'],
  'powerpc64le-unknown-linux-musl': ['powerpc64le-linux-musl'],
  's390x-unknown-linux-musl': ['s390x-linux-musl'],
  'loongarch64-unknown-linux-musl': ['loongarch64-linux-musl'],
};

/** The prefixes under which a triple's tools may go, the usual one first; undefined where there are none. Homebrew names them by the whole triple. */
export function prefixesOf({ name }: Triple): readonly [string, ...string[]] | undefined {
  const row = GLIBC[name] ?? MINGW[name];
  if (row) return MINGW[name] ? [row.prefix] : [row.prefix, name];
  const musl = MUSL[name];
  return musl && [...musl, name];
}

/** Whether Debian's `musl-gcc`, a wrapper around the machine's own gcc, makes programs of the triple. */
export function isOwnMusl({ facts }: Triple, host: Host): boolean {
  return facts.libc === 'musl' && host.os === 'linux' && facts.arch === host.triple.split('-')[0];
}

/** The one command that installs the tools. */
export function installCommand(triple: Triple, host: Host): string {
  const { name } = triple;
  const [glibc, mingw] = [GLIBC[name], MINGW[name]];
  if (host.os === 'macos') {
    if (mingw) return 'brew install mingw-w64';
    return glibc ? `brew install messense/macos-cross-toolchains/${name}` : 'brew install filosottile/musl-cross/musl-cross';
  }
  if (mingw) return `apt-get install gcc-mingw-w64-${mingw.debian} g++-mingw-w64-${mingw.debian}`;
  if (!glibc) return isOwnMusl(triple, host) ? 'apt-get install musl-tools' : `a musl toolchain whose tools are named ${prefixesOf(triple)?.[0] ?? name}-gcc and the like, onto the PATH`;
  if (name === host.triple) return 'apt-get install gcc g++ libc6-dev';
  const suffix = glibc.prefix.replaceAll('_', '-');
  return `apt-get install gcc-${suffix} g++-${suffix} libc6-dev-${glibc.debian}-cross`;
}
