/** The promises that only Mach-O files can break. */
import type { Breach } from '../../diagnostics/failure.js';
import type { MachoFile } from '../macho.js';
import type { ArtifactPromise } from '../promise.js';
import { startsWithAny } from './libraries.js';
import type { Binary } from '../summary.js';

/** Platform, oldest system, search paths and signature of a linked Mach-O file. */
export function proveMacho(binary: Binary, macho: MachoFile, promise: ArtifactPromise): readonly Breach[] {
  return [...proveMinOs(macho, promise), ...proveRpaths(binary, promise), ...proveSignature(binary, promise)];
}

function proveMinOs(macho: MachoFile, promise: ArtifactPromise): readonly Breach[] {
  if (promise.minOs === undefined) return [];
  const promised = `${promise.minOs} or older`;
  const build = macho.builds.find((one) => one.platform === 'macos');
  if (!build) {
    const found = macho.builds.map((one) => `${one.platform} ${one.minOs}`).join(', ') || 'not stated, which macOS takes for a very old program';
    return [
      {
        promise: 'minimum macOS',
        promised,
        found,
        help: 'The linker was not told the platform: pass -platform_version macos, or a target that ends in the macOS version.',
      },
    ];
  }
  if (compareDotted(build.minOs, promise.minOs) <= 0) return [];
  return [
    {
      promise: 'minimum macOS',
      promised,
      found: build.minOs,
      help:
        `Some tool took its deployment target from elsewhere: set MACOSX_DEPLOYMENT_TARGET=${promise.minOs} for it, and look for ` +
        `-mmacosx-version-min in build scripts. Or promise less: "min-os": "${build.minOs}" on this platform.`,
    },
  ];
}

function proveRpaths(binary: Binary, promise: ArtifactPromise): readonly Breach[] {
  const allowed = promise.libraries.allowedPrefixes ?? [];
  const folders = allowed.map((prefix) => prefix.slice(0, -1));
  const paths = binary.rpaths.filter((path) => !startsWithAny(path, allowed) && !folders.includes(path));
  if (paths.length === 0) return [];
  return [
    {
      promise: 'library search path',
      promised: 'relative to the file (@loader_path, @executable_path)',
      found: paths.join(', '),
      help: 'A path of the build machine leads nowhere on others. Take -rpath out of link arguments and build scripts, or write it as @loader_path/...',
    },
  ];
}

function proveSignature(binary: Binary, promise: ArtifactPromise): readonly Breach[] {
  if (!promise.signature || binary.signed) return [];
  return [
    {
      promise: 'signature',
      promised: 'present',
      found: 'none',
      help:
        'Apple silicon starts nothing without one. Some tool changed the file after linking (strip, install_name_tool): sign it again ' +
        'with rcodesign sign, or use llvm-strip, which does.',
    },
  ];
}

/** Negative when `a` is older than `b`. Missing parts count as 0. */
function compareDotted(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
