/** The promises that only ELF files can break. */
import type { Breach } from '../../diagnostics/failure.js';
import type { Machine } from '../../platform/known.js';
import { armArchName } from '../arm-arch.js';
import type { ElfFile } from '../elf.js';
import type { ArtifactPromise } from '../promise.js';
import type { Binary } from '../summary.js';
import { proveGlibc } from './glibc.js';

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
      ? 'Take -crt-static out of "target-feature" in rustflags and build scripts, and -l and -dynamic-linker out of link arguments; ' +
        'or ask for "linkage": "dynamic" on this platform.'
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
      help:
        `A program starts only where its loader lies at exactly the path that it names, and systems of this platform have ` +
        `${promise.interpreter}. Take -dynamic-linker out of link arguments, and linker wrappers that add it (Nix, Guix, conda) out ` +
        `of the build.`,
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

function proveCpu(binary: Binary, promise: ArtifactPromise): readonly Breach[] {
  const { armCpuArchs } = promise;
  if (armCpuArchs === undefined || binary.armCpuArch === undefined || armCpuArchs.includes(binary.armCpuArch)) return [];
  return [
    {
      promise: 'CPU',
      promised: `${armArchName(Math.max(...armCpuArchs))} or older`,
      found: armArchName(binary.armCpuArch),
      help:
        "C code or the C library was compiled for a newer CPU: give the compiler this platform's -march in CFLAGS, or choose backend " +
        '"zig", whose C library is compiled for the platform.',
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
      help:
        "A path of the build machine leads nowhere on others, or to a stranger's library. Take -rpath out of link arguments and build " +
        'scripts (CMake: CMAKE_SKIP_RPATH), or write it as $ORIGIN/...',
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
