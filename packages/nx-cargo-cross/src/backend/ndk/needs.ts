/**
 * Where an NDK may lie, in the order in which cargo-ndk 4.1.2 and Gradle look: variables that name an NDK, variables that name an SDK, the usual places of
 * Android Studio and of distributions. A variable may also name the folder that holds several NDKs; the highest version is taken.
 */
import type { FolderCandidate, Host, ToolNeed } from '../contract.js';
import type { NdkRow } from './targets.js';

/** Libgcc went and LLVM's unwinder came with r23, and std links that: rust-lang/rust#102332. */
export const MINIMUM_RELEASE = 23;

/** The release whose clang and lld these rules were written for, and that texts recommend: the long-term release. */
const RECOMMENDED = '27.2.12479018';

const NDK_VARIABLES = ['ANDROID_NDK_HOME', 'ANDROID_NDK_ROOT', 'ANDROID_NDK_PATH', 'NDK_HOME', 'ANDROID_NDK', 'ANDROID_NDK_LATEST_HOME'];
const SDK_VARIABLES = ['ANDROID_HOME', 'ANDROID_SDK_ROOT', 'ANDROID_SDK_HOME'];

const SDK_FOLDERS: Readonly<Record<Host['os'], readonly string[]>> = {
  linux: ['~/Android/Sdk'],
  macos: ['~/Library/Android/sdk'],
  windows: ['~/AppData/Local/Android/sdk'],
  other: [],
};

const DISTRIBUTION_FOLDERS = ['/usr/lib/android-ndk', '/opt/android-ndk', '/usr/lib/android-sdk/ndk', '/opt/android-sdk/ndk'];

/** `*`: `linux-x86_64`, `darwin-x86_64` (Apple silicon too), `windows-x86_64`, or what a community build has. */
const PREBUILT = 'toolchains/llvm/prebuilt/*';
const HOLDS = `${PREBUILT}/bin/clang*`;

export function ndkNeed(row: NdkRow, host: Host): ToolNeed {
  return {
    key: 'ndk',
    label: 'Android NDK',
    candidates: ndkCandidates(host),
    version: { file: 'source.properties', pattern: /^Pkg\.Revision\s*=\s*(\d+(?:\.\d+)*\S*)/m },
    minimum: `${Math.max(MINIMUM_RELEASE, row.minRelease ?? 0)}.0.0`,
    parts: {
      prebuilt: { path: PREBUILT },
      platforms: { path: 'meta/platforms.json', text: true },
      // `lib64` up to r25.
      runtime: { path: `${PREBUILT}/lib*/clang/*/lib/linux` },
      cxxShared: { path: `${PREBUILT}/sysroot/usr/lib/${row.sysroot}/libc++_shared.so` },
      cmake: { path: 'build/cmake/android.toolchain.cmake' },
    },
    install:
      `sdkmanager --install "ndk;${RECOMMENDED}"\n` +
      'or: unpack it from https://developer.android.com/ndk/downloads, and export ANDROID_NDK_HOME="$HOME/android-ndk-r27c"',
  };
}

function ndkCandidates(host: Host): readonly FolderCandidate[] {
  const at = (place: FolderCandidate['at'], below?: string): FolderCandidate => ({ from: 'folder', at: place, holds: HOLDS, ...(below === undefined ? {} : { below }) });
  const variable = (name: string): FolderCandidate['at'] => ({ variable: name });
  const path = (name: string): FolderCandidate['at'] => ({ path: name });
  return [
    ...NDK_VARIABLES.flatMap((name) => [at(variable(name)), { ...at(variable(name), '*'), binding: true as const }]),
    ...[...SDK_VARIABLES.map(variable), ...SDK_FOLDERS[host.os].map(path)].flatMap((place) => [at(place, 'ndk/*'), at(place, 'ndk-bundle')]),
    ...DISTRIBUTION_FOLDERS.map(path).flatMap((place) => [at(place), at(place, '*')]),
  ];
}

/**
 * A command that prints the revisions of the first place that holds an NDK, looking in the same order. A place with several prints them all: one more
 * NDK beside others then costs a rebuild, but a newer one is never missed.
 */
export function askNdk(): string {
  const roots = [
    ...NDK_VARIABLES.flatMap((name) => [`"$${name}"`, `"$${name}"/*`]),
    ...[...SDK_VARIABLES.map((name) => `"$${name}"`), ...Object.values(SDK_FOLDERS).flat()].flatMap((place) => [`${place}/ndk/*`, `${place}/ndk-bundle`]),
    ...DISTRIBUTION_FOLDERS.flatMap((place) => [place, `${place}/*`]),
  ];
  return `(${roots.map((root) => `cat ${root}/source.properties`).join(' || ')} || echo none) 2>/dev/null`;
}
