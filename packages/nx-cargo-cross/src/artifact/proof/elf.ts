/** The promises that only ELF files can break. */
import type { Breach } from '../../diagnostics/failure.js';
import { compareGlibc, formatGlibc, type GlibcVersion } from '../../platform/glibc.js';
import type { Machine } from '../../platform/known.js';
import { armArchName } from '../arm-arch.js';
import type { ElfFile } from '../elf.js';
import { glibcOf } from '../elf/versions.js';
import type { ArtifactPromise } from '../promise.js';
import type { Binary } from '../summary.js';

/** Linkage, loader, glibc, CPU, search paths and stack of a linked ELF file. */
export function proveElf(binary: Binary, elf: ElfFile, promise: ArtifactPromise): readonly Breach[] {
  return [
    ...proveLinkage(binary, promise),
    ...proveInterpreter(binary, promise),
    ...provePie(binary, promise),
    ...proveGlibc(elf, promise),
    ...proveCpu(binary, promise),
    ...proveRpaths(binary),
    ...proveStack(binary, promise),
  ];
}

function proveLinkage(binary: Binary, promise: ArtifactPromise): readonly Breach[] {
  if (promise.linkage === undefined || binary.linkage === undefined || binary.linkage === promise.linkage) return [];
  const signs = [
    ...(binary.interpreter === undefined ? [] : [`its loader is ${binary.interpreter}`]),
    ...(binary.needed.length === 0 ? [] : [`it needs ${binary.needed.join(', ')}`]),
  ];
  const help =
    promise.linkage === 'static'
      ? 'Take -crt-static out of "target-feature" in rustflags and build scripts, and -l and -dynamic-linker out of link arguments; or ask for "linkage": "dynamic" on this platform.'
      : 'Take +crt-static out of "target-feature" in rustflags; or ask for "linkage": "static" on this platform.';
  return [{ promise: 'linkage', promised: promise.linkage, found: signs.length > 0 ? `${binary.linkage}: ${signs.join(', ')}` : binary.linkage, help }];
}

function proveInterpreter(binary: Binary, promise: ArtifactPromise): readonly Breach[] {
  if (promise.interpreter === undefined || binary.interpreter === promise.interpreter) return [];
  if (binary.kind !== promise.kind || binary.linkage !== promise.linkage) return [];
  return [
    {
      promise: 'interpreter',
      promised: promise.interpreter,
      found: binary.interpreter ?? 'none',
      help: `A program starts only where its loader lies at exactly the path that it names, and systems of this platform have ${promise.interpreter}. Take -dynamic-linker out of link arguments, and linker wrappers that add it (Nix, Guix, conda) out of the build.`,
    },
  ];
}

function provePie(binary: Binary, promise: ArtifactPromise): readonly Breach[] {
  if (!promise.pie || binary.pie !== false) return [];
  return [
    {
      promise: 'position independence',
      promised: 'loadable at any address',
      found: 'fixed address',
      help: 'Take -no-pie and "relocation-model=static" out of rustflags and link arguments.',
    },
  ];
}

function proveGlibc(elf: ElfFile, promise: ArtifactPromise): readonly Breach[] {
  const breaches: Breach[] = [];
  const ceiling = promise.glibc;
  if (ceiling === 'none' && elf.glibcFloor)
    breaches.push(
      glibcBreach(
        elf,
        'none',
        undefined,
        'C code or a library was built for glibc. Build it for this platform: look for prebuilt files, and for -L in link arguments.',
      ),
    );
  if (ceiling !== undefined && ceiling !== 'none' && elf.glibcFloor && compareGlibc(elf.glibcFloor, ceiling) > 0) {
    const floor = formatGlibc(elf.glibcFloor);
    const help = `Build against an older glibc: backend "zig" has every version ("backends": { "${promise.triple}": "zig" }). Or promise less: "glibc": "${floor}" on this platform.`;
    breaches.push(glibcBreach(elf, `${formatGlibc(ceiling)} or older`, ceiling, help));
  }
  const inner = elf.versionNeeds.filter((need) => need.version === 'GLIBC_PRIVATE' && !need.weak);
  if (inner.length > 0) {
    breaches.push({
      promise: 'glibc',
      promised: 'public symbols only',
      found: `GLIBC_PRIVATE of ${inner.map((need) => withSymbols(need.library, need.symbols)).join(', ')}`,
      help: 'Private symbols exist in one glibc build only. Link against the libc.so of the platform, not against files copied from a system, and not statically against parts of glibc.',
    });
  }
  return breaches;
}

const MOST_SYMBOLS = 4;

/** Names the floor, and who asks for more than `ceiling`: the symbols where the file still says which, else the versions. */
function glibcBreach(elf: ElfFile, promised: string, ceiling: GlibcVersion | undefined, help: string): Breach {
  const culprits = elf.versionNeeds.filter((need) => {
    const version = need.weak ? undefined : glibcOf(need.version);
    return version !== undefined && (ceiling === undefined || compareGlibc(version, ceiling) > 0);
  });
  const names = culprits.map((need) => withSymbols(`${need.version} of ${need.library}`, need.symbols));
  return { promise: 'glibc', promised, found: `${elf.glibcFloor ? formatGlibc(elf.glibcFloor) : 'none'}: ${names.join('; ')}`, help };
}

function withSymbols(name: string, symbols: readonly string[]): string {
  if (symbols.length === 0) return name;
  const more = symbols.length > MOST_SYMBOLS ? ` and ${symbols.length - MOST_SYMBOLS} more` : '';
  return `${name} (${symbols.slice(0, MOST_SYMBOLS).join(', ')}${more})`;
}

function proveCpu(binary: Binary, promise: ArtifactPromise): readonly Breach[] {
  const { armCpuArchs } = promise;
  if (armCpuArchs === undefined || binary.armCpuArch === undefined || armCpuArchs.includes(binary.armCpuArch)) return [];
  return [
    {
      promise: 'CPU',
      promised: `${armArchName(Math.max(...armCpuArchs))} or older`,
      found: armArchName(binary.armCpuArch),
      help: 'C code or the C library was compiled for a newer CPU: give the compiler this platform\'s -march in CFLAGS, or choose backend "zig", whose C library is compiled for the platform.',
    },
  ];
}

/** `$ORIGIN` is the folder of the file itself, wherever that is. */
const RELATIVE_PATH = /^\$(?:ORIGIN|\{ORIGIN\})(?:\/|$)/;

function proveRpaths(binary: Binary): readonly Breach[] {
  const paths = binary.rpaths.filter((path) => !RELATIVE_PATH.test(path));
  if (paths.length === 0) return [];
  return [
    {
      promise: 'library search path',
      promised: 'relative to the file ($ORIGIN)',
      found: paths.map((path) => path || 'the current folder').join(', '),
      help: "A path of the build machine leads nowhere on others, or to a stranger's library. Take -rpath out of link arguments and build scripts (CMake: CMAKE_SKIP_RPATH), or write it as $ORIGIN/...",
    },
  ];
}

/** Where a file that doesn't say gets an executable stack (Linux `elf_read_implies_exec`, glibc DEFAULT_STACK_PERMS). */
const SILENCE_MEANS_EXECUTABLE: ReadonlySet<Machine> = new Set(['x86_64', 'i386', 'arm', 'powerpc', 's390x', 'mips', 'mips64', 'sparc64'] as const);

function proveStack(binary: Binary, promise: ArtifactPromise): readonly Breach[] {
  const silent = binary.stackExecutable === undefined && SILENCE_MEANS_EXECUTABLE.has(promise.machine);
  if (binary.stackExecutable !== true && !silent) return [];
  return [
    {
      promise: 'stack',
      promised: 'not executable',
      found: silent ? 'not stated, which systems take for executable' : 'executable',
      help: 'Assembly files lack .section .note.GNU-stack,"",%progbits: add it to them, or have them assembled with -Wa,--noexecstack (in CFLAGS).',
    },
  ];
}
