/**
 * How a program of one platform can be started on a machine of another: directly, under qemu-user, under wine, or in Node's own WASI. Pure data: what of
 * it is there on a machine is found out in `build/runner.ts`.
 *
 * Sources: qemu's user-mode documentation (program names, `-L`, `-cpu`); Debian's package lists (`libc6-<arch>-cross` puts a C library below
 * `/usr/<prefix>`); wine's README; Node's `node:wasi`.
 */
import type { KnownTriple } from '../platform/known.js';
import type { Triple } from '../platform/triple.js';

export type RunnerKind = 'direct' | 'qemu' | 'wine' | 'wasi';

/** One way to start a program. */
export interface RunWay {
  readonly kind: RunnerKind;
  /** Programs to look for, first match wins: a name on the PATH, or an absolute path. Empty where the program starts by itself, or in Node. */
  readonly programs: readonly string[];
  /** Words between the runner and the program. */
  readonly args: readonly string[];
  /** Folders in which a dynamic program's loader and libraries may lie; `''` is the machine's own root. Looked at for dynamic programs alone. */
  readonly roots: readonly string[];
  /** Variables for the runner. */
  readonly env: Readonly<Record<string, string>>;
  /** The command that installs what is missing of this way; undefined where nothing can be installed for it. */
  readonly install: string | undefined;
}

/** The machine that runs. */
export interface RunHost {
  /** rustc's host triple: `x86_64-unknown-linux-gnu`. */
  readonly triple: string;
  readonly os: 'linux' | 'macos' | 'windows' | 'other';
}

export interface RunWays {
  /** Tried in order. */
  readonly ways: readonly RunWay[];
  /** Why there is none, as a sentence; said only where `ways` is empty. */
  readonly why: string;
}

interface Emulator {
  readonly qemu: string;
  /** The processor to emulate, where qemu's own default can do more than the platform promises. */
  readonly cpu?: string;
  /** Debian's name of the architecture, and of the folder with its C library. */
  readonly debian?: string;
  readonly root?: string;
}

const ARMHF = { debian: 'armhf', root: '/usr/arm-linux-gnueabihf' };
const ARMEL = { debian: 'armel', root: '/usr/arm-linux-gnueabi' };

/** By the triple's first word. An ARMv6 program is run on an ARMv6 processor, so that an ARMv7 instruction in it is an error here as it is there. */
const EMULATORS: Readonly<Record<string, Emulator>> = {
  aarch64: { qemu: 'qemu-aarch64', debian: 'arm64', root: '/usr/aarch64-linux-gnu' },
  armv7: { qemu: 'qemu-arm' },
  thumbv7neon: { qemu: 'qemu-arm' },
  arm: { qemu: 'qemu-arm', cpu: 'arm1176' },
  armv5te: { qemu: 'qemu-arm', cpu: 'arm926' },
  i686: { qemu: 'qemu-i386', debian: 'i386', root: '/usr/i686-linux-gnu' },
  i586: { qemu: 'qemu-i386', cpu: 'pentium', debian: 'i386', root: '/usr/i686-linux-gnu' },
  x86_64: { qemu: 'qemu-x86_64', debian: 'amd64', root: '/usr/x86_64-linux-gnu' },
  riscv64gc: { qemu: 'qemu-riscv64', debian: 'riscv64', root: '/usr/riscv64-linux-gnu' },
  powerpc64le: { qemu: 'qemu-ppc64le', debian: 'ppc64el', root: '/usr/powerpc64le-linux-gnu' },
  powerpc64: { qemu: 'qemu-ppc64', debian: 'ppc64', root: '/usr/powerpc64-linux-gnu' },
  powerpc: { qemu: 'qemu-ppc', debian: 'powerpc', root: '/usr/powerpc-linux-gnu' },
  s390x: { qemu: 'qemu-s390x', debian: 's390x', root: '/usr/s390x-linux-gnu' },
  loongarch64: { qemu: 'qemu-loongarch64', debian: 'loong64', root: '/usr/loongarch64-linux-gnu' },
  sparc64: { qemu: 'qemu-sparc64', debian: 'sparc64', root: '/usr/sparc64-linux-gnu' },
};

/** What wine needs to be silent, and to ask for nothing: no window, no Mono, no Gecko. */
const WINE_ENV = { WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree,mshtml=' };

/** Variables that would let wine open windows on somebody's screen. */
export const WINE_UNSET = ['DISPLAY', 'WAYLAND_DISPLAY'] as const;

/** Debian's package puts the 64-bit loader off the PATH; the name `wine` may mean one that runs 32-bit programs only. */
const WINE64 = ['wine64', '/usr/lib/wine/wine64', 'wine'];
const WINE32 = ['/usr/lib/wine/wine', 'wine32'];

const DIRECT: RunWay = { kind: 'direct', programs: [], args: [], roots: [''], env: {}, install: undefined };

/** Every way in which programs of a triple may run on a host, the best first. */
export function runWays({ facts, name }: Triple, host: RunHost): RunWays {
  const [arch = ''] = host.triple.split('-');
  switch (facts.os) {
    case 'linux':
      if (host.os !== 'linux') return none(`Linux programs run on Linux, and this is ${host.triple}.`);
      return { ways: [...(runsItself(facts, arch) ? [DIRECT] : []), ...emulated(facts)], why: `There is no emulator for ${facts.machine} Linux.` };
    case 'windows':
      return windows(facts, arch, host);
    case 'macos':
      if (host.os !== 'macos') return none('macOS programs run on a Mac only.');
      // Rosetta runs x86_64 programs on Apple silicon; nothing runs the other way round.
      return arch === 'aarch64' || facts.arch === 'x86_64' ? { ways: [DIRECT], why: '' } : none('Programs for Apple silicon do not run on an Intel Mac.');
    case 'wasi':
      if (name !== 'wasm32-wasip1') return none("Node's WASI is preview 1; run this module in a runtime for components, such as wasmtime.");
      return { ways: [{ kind: 'wasi', programs: [], args: [], roots: [''], env: {}, install: undefined }], why: '' };
    case 'none':
      return none('A module without a system interface is no program: load it in a browser or from JavaScript.');
    case 'android':
      return none('Android programs run on a device or in its emulator: adb push, then adb shell.');
    default:
      return name === host.triple ? { ways: [DIRECT], why: '' } : none(`Programs for ${name} run on such a machine only.`);
  }
}

function none(why: string): RunWays {
  return { ways: [], why };
}

/** Whether the processor runs the program as it is: its own, and on x86_64 the 32-bit one. */
function runsItself({ arch }: KnownTriple, host: string): boolean {
  return arch === host || (host === 'x86_64' && (arch === 'i686' || arch === 'i586'));
}

function emulated(facts: KnownTriple): readonly RunWay[] {
  const row = EMULATORS[facts.arch];
  if (!row) return [];
  const arm = facts.machine === 'arm' ? (facts.floatAbi === 'hard' ? ARMHF : ARMEL) : undefined;
  const { debian, root } = arm ?? row;
  const libraries = facts.libc === 'glibc' && debian !== undefined ? [`libc6-${debian}-cross`, `libgcc-s1-${debian}-cross`] : [];
  return [
    {
      kind: 'qemu',
      // Debian's `qemu-user-static` has the same programs under longer names.
      programs: [row.qemu, `${row.qemu}-static`],
      args: row.cpu === undefined ? [] : ['-cpu', row.cpu],
      // Debian's multiarch puts a foreign loader at the very path that programs name; the cross packages have the compiler's libraries besides.
      roots: facts.libc === 'glibc' && root !== undefined ? [root, ''] : [''],
      env: {},
      install: ['apt-get install qemu-user', ...libraries].join(' '),
    },
  ];
}

function windows(facts: KnownTriple, arch: string, host: RunHost): RunWays {
  if (host.os === 'windows') return arch === facts.arch || facts.arch !== 'aarch64' ? { ways: [DIRECT], why: '' } : none('ARM64 programs run on Windows for ARM64 only.');
  if (facts.machine !== 'x86_64' && facts.machine !== 'i386') return none(`wine runs x86 programs only, and this one is for ${facts.machine}.`);
  if (arch !== 'x86_64') return none(`wine runs x86 programs on x86 machines only, and this is ${host.triple}.`);
  const wide = facts.machine === 'x86_64';
  const install = host.os === 'macos' ? 'brew install --cask wine-stable' : wide ? 'apt-get install wine64' : 'dpkg --add-architecture i386 && apt-get update && apt-get install wine32:i386';
  return { ways: [{ kind: 'wine', programs: wide ? WINE64 : WINE32, args: [], roots: [''], env: WINE_ENV, install }], why: '' };
}
