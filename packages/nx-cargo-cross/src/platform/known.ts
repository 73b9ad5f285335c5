/**
 * The table of triples this plugin knows, and what is fixed for each of them.
 *
 * Sources: rustc's target specifications (`rustc --print target-spec-json`, 1.95), the ELF processor supplements for machine and flags,
 * and the loaders' own names for the interpreters.
 */

/** How an artifact's bytes are laid out. */
export type BinaryFormat = 'elf' | 'pe' | 'macho' | 'wasm';

/** The processor family as an artifact's header says it. */
export type Machine =
  | 'x86_64'
  | 'i386'
  | 'aarch64'
  | 'arm'
  | 'riscv64'
  | 'powerpc64'
  | 'powerpc'
  | 's390x'
  | 'loongarch64'
  | 'mips'
  | 'mips64'
  | 'sparc64'
  | 'wasm32';

export type Os = 'linux' | 'android' | 'windows' | 'macos' | 'freebsd' | 'wasi' | 'none';

/** The C library a program of the platform runs on. */
export type Libc = 'glibc' | 'musl' | 'bionic' | 'mingw' | 'msvc' | 'libsystem' | 'freebsd' | 'wasi' | 'none';

export interface KnownTriple {
  readonly triple: string;
  readonly arch: string;
  readonly os: Os;
  /** The environment part as the triple writes it, empty where it has none. */
  readonly env: string;
  readonly libc: Libc;
  readonly format: BinaryFormat;
  readonly machine: Machine;
  readonly bits: 32 | 64;
  readonly endian: 'little' | 'big';
  /** The loader that a dynamic program must name (ELF only). */
  readonly interpreter?: string;
  /** Linked statically unless `-crt-static` is asked for. */
  readonly crtStaticDefault?: boolean;
  /** ARM: whether floats travel in registers. */
  readonly floatAbi?: 'hard' | 'soft';
  /** The oldest glibc that both the architecture and Rust's std can use. */
  readonly glibcMin?: string;
  /** Apple: the deployment target rustc takes when nothing is said. */
  readonly minOs?: string;
}

type Row = Omit<KnownTriple, 'triple' | 'os' | 'libc' | 'format' | 'endian' | 'bits'> & {
  readonly triple: string;
  readonly bits?: 32 | 64;
  readonly endian?: 'little' | 'big';
};

const glibc = (triple: string, env: string, machine: Machine, interpreter: string, more: Partial<KnownTriple> = {}): KnownTriple =>
  elf('linux', 'glibc', { triple, arch: archOf(triple), env, machine, interpreter, glibcMin: '2.17', ...more });

const musl = (triple: string, env: string, machine: Machine, loader: string, more: Partial<KnownTriple> = {}): KnownTriple =>
  elf('linux', 'musl', { triple, arch: archOf(triple), env, machine, interpreter: `/lib/ld-musl-${loader}.so.1`, crtStaticDefault: true, ...more });

const android = (triple: string, env: string, machine: Machine, bits: 32 | 64, more: Partial<KnownTriple> = {}): KnownTriple =>
  elf('android', 'bionic', {
    triple,
    arch: archOf(triple),
    env,
    machine,
    bits,
    interpreter: bits === 64 ? '/system/bin/linker64' : '/system/bin/linker',
    ...more,
  });

const windows = (triple: string, env: string, machine: Machine, libc: 'mingw' | 'msvc', bits: 32 | 64 = 64): KnownTriple => ({
  triple,
  arch: archOf(triple),
  os: 'windows',
  env,
  libc,
  format: 'pe',
  machine,
  bits,
  endian: 'little',
});

const macos = (triple: string, machine: Machine, minOs: string): KnownTriple => ({
  triple,
  arch: archOf(triple),
  os: 'macos',
  env: '',
  libc: 'libsystem',
  format: 'macho',
  machine,
  bits: 64,
  endian: 'little',
  minOs,
});

const wasm = (triple: string, os: Os, libc: Libc): KnownTriple => ({
  triple,
  arch: 'wasm32',
  os,
  env: '',
  libc,
  format: 'wasm',
  machine: 'wasm32',
  bits: 32,
  endian: 'little',
});

function elf(os: Os, libc: Libc, row: Row): KnownTriple {
  return { os, libc, format: 'elf', bits: 64, endian: 'little', ...row };
}

function archOf(triple: string): string {
  return triple.slice(0, triple.indexOf('-'));
}

const arm32 = { bits: 32 } as const;
const dynamicMusl = { crtStaticDefault: false } as const;

const TABLE: readonly KnownTriple[] = [
  glibc('x86_64-unknown-linux-gnu', 'gnu', 'x86_64', '/lib64/ld-linux-x86-64.so.2'),
  glibc('i686-unknown-linux-gnu', 'gnu', 'i386', '/lib/ld-linux.so.2', { bits: 32 }),
  glibc('i586-unknown-linux-gnu', 'gnu', 'i386', '/lib/ld-linux.so.2', { bits: 32 }),
  glibc('aarch64-unknown-linux-gnu', 'gnu', 'aarch64', '/lib/ld-linux-aarch64.so.1'),
  glibc('armv7-unknown-linux-gnueabihf', 'gnueabihf', 'arm', '/lib/ld-linux-armhf.so.3', { ...arm32, floatAbi: 'hard' }),
  glibc('armv7-unknown-linux-gnueabi', 'gnueabi', 'arm', '/lib/ld-linux.so.3', { ...arm32, floatAbi: 'soft' }),
  glibc('thumbv7neon-unknown-linux-gnueabihf', 'gnueabihf', 'arm', '/lib/ld-linux-armhf.so.3', { ...arm32, floatAbi: 'hard' }),
  glibc('arm-unknown-linux-gnueabihf', 'gnueabihf', 'arm', '/lib/ld-linux-armhf.so.3', { ...arm32, floatAbi: 'hard' }),
  glibc('arm-unknown-linux-gnueabi', 'gnueabi', 'arm', '/lib/ld-linux.so.3', { ...arm32, floatAbi: 'soft' }),
  glibc('armv5te-unknown-linux-gnueabi', 'gnueabi', 'arm', '/lib/ld-linux.so.3', { ...arm32, floatAbi: 'soft' }),
  glibc('riscv64gc-unknown-linux-gnu', 'gnu', 'riscv64', '/lib/ld-linux-riscv64-lp64d.so.1', { glibcMin: '2.27' }),
  glibc('powerpc64le-unknown-linux-gnu', 'gnu', 'powerpc64', '/lib64/ld64.so.2', { glibcMin: '2.19' }),
  glibc('powerpc64-unknown-linux-gnu', 'gnu', 'powerpc64', '/lib64/ld64.so.1', { endian: 'big' }),
  glibc('powerpc-unknown-linux-gnu', 'gnu', 'powerpc', '/lib/ld.so.1', { bits: 32, endian: 'big' }),
  glibc('s390x-unknown-linux-gnu', 'gnu', 's390x', '/lib/ld64.so.1', { endian: 'big' }),
  glibc('loongarch64-unknown-linux-gnu', 'gnu', 'loongarch64', '/lib64/ld-linux-loongarch-lp64d.so.1', { glibcMin: '2.36' }),
  glibc('sparc64-unknown-linux-gnu', 'gnu', 'sparc64', '/lib64/ld-linux.so.2', { endian: 'big' }),

  musl('x86_64-unknown-linux-musl', 'musl', 'x86_64', 'x86_64'),
  musl('i686-unknown-linux-musl', 'musl', 'i386', 'i386', { bits: 32 }),
  musl('i586-unknown-linux-musl', 'musl', 'i386', 'i386', { bits: 32 }),
  musl('aarch64-unknown-linux-musl', 'musl', 'aarch64', 'aarch64'),
  musl('armv7-unknown-linux-musleabihf', 'musleabihf', 'arm', 'armhf', { ...arm32, floatAbi: 'hard' }),
  musl('armv7-unknown-linux-musleabi', 'musleabi', 'arm', 'arm', { ...arm32, floatAbi: 'soft' }),
  musl('arm-unknown-linux-musleabihf', 'musleabihf', 'arm', 'armhf', { ...arm32, floatAbi: 'hard' }),
  musl('arm-unknown-linux-musleabi', 'musleabi', 'arm', 'arm', { ...arm32, floatAbi: 'soft' }),
  musl('armv5te-unknown-linux-musleabi', 'musleabi', 'arm', 'arm', { ...arm32, floatAbi: 'soft' }),
  musl('riscv64gc-unknown-linux-musl', 'musl', 'riscv64', 'riscv64', dynamicMusl),
  musl('powerpc64le-unknown-linux-musl', 'musl', 'powerpc64', 'powerpc64le'),
  musl('s390x-unknown-linux-musl', 'musl', 's390x', 's390x', { ...dynamicMusl, endian: 'big' }),
  musl('loongarch64-unknown-linux-musl', 'musl', 'loongarch64', 'loongarch64', dynamicMusl),

  android('aarch64-linux-android', '', 'aarch64', 64),
  android('armv7-linux-androideabi', 'eabi', 'arm', 32),
  android('thumbv7neon-linux-androideabi', 'eabi', 'arm', 32),
  android('i686-linux-android', '', 'i386', 32),
  android('x86_64-linux-android', '', 'x86_64', 64),
  android('riscv64-linux-android', '', 'riscv64', 64),

  windows('x86_64-pc-windows-gnu', 'gnu', 'x86_64', 'mingw'),
  windows('i686-pc-windows-gnu', 'gnu', 'i386', 'mingw', 32),
  windows('x86_64-pc-windows-gnullvm', 'gnullvm', 'x86_64', 'mingw'),
  windows('i686-pc-windows-gnullvm', 'gnullvm', 'i386', 'mingw', 32),
  windows('aarch64-pc-windows-gnullvm', 'gnullvm', 'aarch64', 'mingw'),
  windows('x86_64-pc-windows-msvc', 'msvc', 'x86_64', 'msvc'),
  windows('i686-pc-windows-msvc', 'msvc', 'i386', 'msvc', 32),
  windows('aarch64-pc-windows-msvc', 'msvc', 'aarch64', 'msvc'),

  macos('x86_64-apple-darwin', 'x86_64', '10.12'),
  macos('aarch64-apple-darwin', 'aarch64', '11.0'),

  elf('freebsd', 'freebsd', {
    triple: 'x86_64-unknown-freebsd',
    arch: 'x86_64',
    env: '',
    machine: 'x86_64',
    interpreter: '/libexec/ld-elf.so.1',
  }),

  wasm('wasm32-wasip1', 'wasi', 'wasi'),
  wasm('wasm32-unknown-unknown', 'none', 'none'),
];

const BY_NAME: ReadonlyMap<string, KnownTriple> = new Map(TABLE.map((row) => [row.triple, row]));

/** The row of a triple spelled exactly as rustc spells it, or undefined. */
export function knownTriple(triple: string): KnownTriple | undefined {
  return BY_NAME.get(triple);
}

/** Every triple of the table, in the table's order. */
export function knownTriples(): readonly KnownTriple[] {
  return TABLE;
}
