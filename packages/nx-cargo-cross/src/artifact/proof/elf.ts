/** The promises that only ELF files can break: how a program starts. How it lies in memory is in `elf-memory.ts`. */
import { armArchName } from '../arm-arch.js';
import type { ElfFile } from '../elf.js';
import type { ArtifactPromise } from '../promise.js';
import type { Binary } from '../summary.js';
import { proveMemory } from './elf-memory.js';
import { proveGlibc } from './glibc.js';
import { proveLibstdcxx } from './libstdcxx.js';
import { readAt, type Observation } from './observation.js';

/** Linkage, loader, C and C++ library, CPU, search paths and memory of a linked ELF file. */
export function proveElf(binary: Binary, elf: ElfFile, promise: ArtifactPromise): readonly Observation[] {
  return [
    ...proveLinkage(binary, promise),
    ...proveInterpreter(binary, promise),
    ...provePie(binary, promise),
    ...proveGlibc(elf, promise),
    ...proveLibstdcxx(elf, promise),
    ...proveApiLevel(elf, promise),
    ...proveCpu(binary, promise),
    ...proveRpaths(binary),
    ...proveSoname(binary, promise),
    ...proveMemory(binary, elf, promise),
  ];
}

function proveLinkage(binary: Binary, promise: ArtifactPromise): readonly Observation[] {
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
  const place = binary.places.get('interpreter') ?? binary.places.get(`needed:${binary.needed[0] ?? ''}`) ?? binary.places.get('kind');
  const found = signs.length > 0 ? `${binary.linkage}: ${signs.join(', ')}` : binary.linkage;
  return [{ code: 'linkage', promised: promise.linkage, found, read: readAt(place, binary.interpreter ?? binary.needed[0] ?? 'none'), help }];
}

/** Where package managers keep a loader of their own, which no other machine has at that path. */
const PRIVATE_STORES: readonly (readonly [prefix: string, owner: string])[] = [
  ['/nix/store/', 'Nix'],
  ['/gnu/store/', 'Guix'],
  ['/home/linuxbrew/', 'Homebrew'],
  ['/opt/', 'one machine'],
  ['/home/', 'one machine'],
  ['/tmp/', 'one machine'],
];

function proveInterpreter(binary: Binary, promise: ArtifactPromise): readonly Observation[] {
  const { interpreter } = binary;
  if (promise.interpreter === undefined || interpreter === promise.interpreter) return [];
  if (binary.kind !== promise.kind || binary.linkage !== promise.linkage) return [];
  const store = PRIVATE_STORES.find(([prefix]) => interpreter?.startsWith(prefix));
  return [
    {
      code: 'interpreter',
      ...(interpreter === undefined ? {} : { subject: interpreter }),
      promised: promise.interpreter,
      found: interpreter === undefined ? 'none' : store ? `${interpreter}, which is in a private store of ${store[1]}` : interpreter,
      read: readAt(binary.places.get('interpreter'), interpreter ?? 'none'),
      help:
        `A program starts only where its loader lies at exactly the path that it names: elsewhere the shell says "No such file or directory". ` +
        `Systems of this platform have ${promise.interpreter}. Take -dynamic-linker out of link arguments, and linker wrappers that add it ` +
        `(Nix, Guix, conda) out of the build; or have it set right whatever they say: "interpreter": "${promise.interpreter}" on this platform.`,
    },
  ];
}

function provePie(binary: Binary, promise: ArtifactPromise): readonly Observation[] {
  if (!promise.pie || binary.pie !== false || binary.linkage === 'static') return [];
  return [
    {
      code: 'pie',
      promised: 'loadable at any address',
      found: 'fixed address',
      read: readAt(binary.places.get('kind'), 'ET_EXEC'),
      help: 'Take -no-pie and "relocation-model=static" out of rustflags and link arguments. What another build system links has to be asked for: -Db_pie=true for Meson, -fPIE and -pie for compilers.',
    },
  ];
}

function proveApiLevel({ android }: ElfFile, { apiLevel, artifact }: ArtifactPromise): readonly Observation[] {
  if (apiLevel === undefined || android === undefined || android.level <= apiLevel) return [];
  return [
    {
      code: 'api-level',
      promised: `${apiLevel} or older`,
      found: String(android.level),
      read: readAt(android, android.level),
      help:
        `The ${artifact === 'bin' ? 'program' : 'library'} was linked with start files of API level ${android.level}: look for --target=...-android${android.level} in CC, ` +
        `CFLAGS and linker. Or promise less: "apiLevel": "${android.level}" on this platform.`,
    },
  ];
}

function proveCpu(binary: Binary, promise: ArtifactPromise): readonly Observation[] {
  const { armCpuArchs } = promise;
  if (armCpuArchs === undefined || binary.armCpuArch === undefined || armCpuArchs.includes(binary.armCpuArch)) return [];
  return [
    {
      code: 'cpu',
      promised: `${armArchName(Math.max(...armCpuArchs))} or older`,
      found: armArchName(binary.armCpuArch),
      read: readAt(binary.places.get('attributes'), `Tag_CPU_arch ${binary.armCpuArch}`),
      help:
        "C code or the C library was compiled for a newer CPU: give the compiler this platform's -march in CFLAGS, or choose backend " +
        '"zig", whose C library is compiled for the platform. Where the newer code is only reached after a check at run time, accept it.',
    },
  ];
}

/** `$ORIGIN` is the folder of the file itself, wherever that is. */
const RELATIVE_PATH = /^\$(?:ORIGIN|\{ORIGIN\})(?:\/|$)/;

/** Where distributions put libraries of packages; but for the compilers' own, which the machine that builds has. */
const SYSTEM_PATH = /^\/(?:usr\/)?lib(?:64|32)?\/(?!gcc|llvm)/;

function proveRpaths(binary: Binary): readonly Observation[] {
  return [...new Set(binary.rpaths)]
    .filter((path) => !RELATIVE_PATH.test(path))
    .map((path) => ({
      code: SYSTEM_PATH.test(path) ? 'system-rpath' : 'rpath',
      subject: path,
      promised: 'relative to the file ($ORIGIN)',
      found: path || 'the current folder',
      read: readAt(binary.places.get(`rpath:${path}`), path),
      help:
        "A path of the build machine leads nowhere on others, or to a stranger's library. Take -rpath out of link arguments and build " +
        'scripts (CMake: CMAKE_SKIP_RPATH), or write it as $ORIGIN/...',
    }));
}

function proveSoname(binary: Binary, promise: ArtifactPromise): readonly Observation[] {
  if (!promise.soname || binary.kind !== 'library' || binary.ownName !== undefined) return [];
  return [
    {
      code: 'soname',
      promised: 'a name of its own',
      found: 'none',
      help: 'What is linked against a library without DT_SONAME needs it under its path: add "-C", "link-arg=-Wl,-soname,lib<name>.so" to the rustflags.',
    },
  ];
}
