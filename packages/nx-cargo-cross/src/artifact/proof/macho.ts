/** The promises that only Mach-O files can break, but for the hashes of the signature: `signature.ts`. */
import { compareDotted } from '../dotted.js';
import type { MachoFile } from '../macho.js';
import { matchesAny } from '../pattern.js';
import type { ArtifactPromise } from '../promise.js';
import type { Binary } from '../summary.js';
import { readAt, type Observation } from './observation.js';

/** Platform, oldest system, SDK, search paths, own name, memory and signature of a linked Mach-O file. */
export function proveMacho(binary: Binary, macho: MachoFile, promise: ArtifactPromise): readonly Observation[] {
  return [
    ...proveMinOs(macho, promise),
    ...proveSdk(macho),
    ...proveChainedFixups(macho),
    ...proveRpaths(binary, promise),
    ...proveInstallName(binary, promise),
    ...proveWritableCode(macho),
    ...proveSignature(binary, promise),
  ];
}

function proveMinOs(macho: MachoFile, promise: ArtifactPromise): readonly Observation[] {
  if (promise.minOs === undefined) return [];
  const promised = `${promise.minOs} or older`;
  const build = macho.builds.find((one) => one.platform === 'macos');
  if (!build) {
    const found = macho.builds.map((one) => `${one.platform} ${one.minOs}`).join(', ') || 'not stated, which macOS takes for a very old program';
    const [first] = macho.builds;
    return [
      {
        code: 'min-os',
        promised,
        found,
        read: first && readAt(macho.places.get(`minOs:${first.platform}`), `${first.platform} ${first.minOs}`),
        help: 'The linker was not told the platform: pass -platform_version macos, or a target that ends in the macOS version.',
      },
    ];
  }
  if (compareDotted(build.minOs, promise.minOs) <= 0) return [];
  return [
    {
      code: 'min-os',
      promised,
      found: build.minOs,
      read: readAt(macho.places.get('minOs:macos'), build.minOs),
      help:
        `Some tool took its deployment target from elsewhere: set MACOSX_DEPLOYMENT_TARGET=${promise.minOs} for it, and look for ` +
        `-mmacosx-version-min in build scripts. Or promise less: "min-os": "${build.minOs}" on this platform.`,
    },
  ];
}

/** Apple's notary service takes nothing that was linked with an older one (Apple, "Resolving common notarization issues"). */
const OLDEST_SDK = '10.9';

function proveSdk(macho: MachoFile): readonly Observation[] {
  const sdk = macho.builds.find((one) => one.platform === 'macos')?.sdk;
  if (sdk === undefined || compareDotted(sdk, OLDEST_SDK) >= 0) return [];
  return [
    {
      code: 'sdk',
      promised: `${OLDEST_SDK} or newer, which Apple's notary service asks for`,
      found: sdk === '0.0' ? 'not stated' : sdk,
      read: readAt(macho.places.get('sdk:macos'), sdk),
      help: 'Tell the linker which SDK it links for: the third word of -platform_version macos 11.0 14.0.',
    },
  ];
}

/** The loader of macOS 10.15 and older has no code for it; ld64 and lld make them by default for macOS 12 and 13 on. */
const CHAINED_FIXUPS_SINCE = '11.0';

function proveChainedFixups(macho: MachoFile): readonly Observation[] {
  const minOs = macho.builds.find((one) => one.platform === 'macos')?.minOs;
  if (!macho.chainedFixups || minOs === undefined || compareDotted(minOs, CHAINED_FIXUPS_SINCE) >= 0) return [];
  return [
    {
      code: 'chained-fixups',
      promised: `relocations that macOS ${minOs} knows`,
      found: `chained fixups, which macOS ${CHAINED_FIXUPS_SINCE} and newer load`,
      read: readAt(macho.places.get('chainedFixups'), 'LC_DYLD_CHAINED_FIXUPS'),
      help: `Take -fixup_chains out of link arguments, or promise less: "min-os": "${CHAINED_FIXUPS_SINCE}" on this platform.`,
    },
  ];
}

/** Folders of the system, and of the file itself. */
const GOOD_FOLDERS = ['/usr/lib', '/System/Library', '@rpath', '@loader_path', '@executable_path'].flatMap((folder) => [folder, `${folder}/*`]);

function proveRpaths(binary: Binary, promise: ArtifactPromise): readonly Observation[] {
  if (promise.libraries.expected === undefined) return [];
  return [...new Set(binary.rpaths)]
    .filter((path) => !matchesAny(GOOD_FOLDERS, path))
    .map((path) => ({
      code: 'rpath',
      subject: path,
      promised: 'relative to the file (@loader_path, @executable_path)',
      found: path,
      read: readAt(binary.places.get(`rpath:${path}`), path),
      help: 'A path of the build machine leads nowhere on others. Take -rpath out of link arguments and build scripts, or write it as @loader_path/...',
    }));
}

function proveInstallName({ kind, ownName, places }: Binary, { libraries: { expected } }: ArtifactPromise): readonly Observation[] {
  if (kind !== 'library' || ownName === undefined || expected === undefined || matchesAny(expected, ownName)) return [];
  return [
    {
      code: 'install-name',
      promised: 'relative to who loads it (@rpath/...)',
      found: ownName,
      read: readAt(places.get('id'), ownName),
      help: 'Programs that link against it will look for it at that path: add "-C", "link-arg=-Wl,-install_name,@rpath/<file name>" to the rustflags of this platform.',
    },
  ];
}

function proveWritableCode({ places, type }: MachoFile): readonly Observation[] {
  const place = places.get('writableCode');
  if (!place || type === 'object') return [];
  return [
    {
      code: 'writable-code',
      promised: 'memory that is writable or executable, never both',
      found: 'a segment that is both',
      read: readAt(place, 'write and execute'),
      help: 'Take -segprot and -allow_stack_execute out of link arguments.',
    },
  ];
}

function proveSignature(binary: Binary, promise: ArtifactPromise): readonly Observation[] {
  if (!promise.signature || binary.signed) return [];
  return [
    {
      code: 'signature',
      promised: 'present',
      found: 'none',
      help:
        'Apple silicon starts nothing without one. Some tool changed the file after linking (strip, install_name_tool): sign it again ' +
        'with rcodesign sign, or use llvm-strip, which does.',
    },
  ];
}
