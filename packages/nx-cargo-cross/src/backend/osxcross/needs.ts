/**
 * Where an osxcross may lie: variables that name it, its own programs on the PATH, the usual places; each as the checkout or as its `target` folder.
 * Layout: osxcross 3.0, `build.sh` and `wrapper/programs/osxcross-conf.cpp`.
 */
import type { FolderCandidate, ToolCandidate, ToolNeed } from '../contract.js';

const VARIABLES = ['OSXCROSS_ROOT', 'OSXCROSS_TARGET_DIR', 'OSXCROSS_PATH', 'OSX_CROSS_PATH'];
const FOLDERS = ['/usr/local/osxcross', '/opt/osxcross', '/usr/osxcross', '/osxcross', '~/osxcross'];

/** The version behind `darwin` is the SDK's kernel, which nobody knows beforehand: `20.4`, `23`. */
const HOLDS = 'bin/*-apple-darwin*-clang';

/** Architecture words by machine, in the order tried: installations up to 2.x may have but one spelling of arm64. */
export const ARCH_WORDS: Readonly<Record<string, readonly string[]>> = { x86_64: ['x86_64', 'x86_64h'], aarch64: ['aarch64', 'arm64'] };

const ARCHES = ['x86_64', 'aarch64', 'arm64'] as const;
const TOOLS = ['clang', 'clang++', 'ar', 'ranlib', 'strip', 'dsymutil', 'install_name_tool', 'lipo', 'ld'] as const;

/** A tool of an architecture, as a part of the installation. */
export const partKey = (arch: string, tool: string): string => `${arch}-${tool}`;

export function osxcrossNeed(): ToolNeed {
  return {
    key: 'osxcross',
    label: 'osxcross',
    candidates: candidates(),
    version: undefined,
    parts: {
      ...Object.fromEntries(ARCHES.flatMap((arch) => TOOLS.map((tool) => [partKey(arch, tool), { path: `bin/${arch}-apple-darwin*-${tool}` }]))),
      sdk: { path: 'SDK/MacOSX*.sdk' },
      lib: { path: 'lib' },
      macports: { path: 'macports/pkgs/opt/local/lib/pkgconfig' },
    },
    install:
      'git clone https://github.com/tpoechtrager/osxcross && cd osxcross && UNATTENDED=1 ./build.sh\n' +
      '(it needs a MacOSX SDK in its tarballs folder; then: export OSXCROSS_ROOT="$PWD")',
  };
}

function candidates(): readonly ToolCandidate[] {
  const both = (at: FolderCandidate['at']): readonly FolderCandidate[] => [
    { from: 'folder', at, holds: HOLDS },
    { from: 'folder', at, below: 'target', holds: HOLDS, ...('variable' in at ? { binding: true as const } : {}) },
  ];
  return [
    ...VARIABLES.flatMap((variable) => both({ variable })),
    ...['osxcross-conf', 'o64-clang', 'oa64-clang', ...ARCHES.map((arch) => `${arch}-apple-darwin*-clang`)].map((program) => ({ from: 'beside', program, holds: HOLDS }) as const),
    ...FOLDERS.flatMap((path) => both({ path })),
  ];
}

/** Words that say where a thing lies, in what `osxcross-conf` prints: the same tools in another folder make the same bytes. */
const PLACES = '_(DIR|SDK|PATH|TARBALL_DIR|PATCH_DIR|CCTOOLS_PATH|LIBLTO_PATH)=';

/** A command that prints the versions of the first osxcross of these places. */
export function askOsxcross(): string {
  const roots = [...VARIABLES.map((name) => `"$${name}"`), ...FOLDERS].flatMap((root) => [`${root}/bin/`, `${root}/target/bin/`]);
  const onPath = VARIABLES.length * 2;
  const programs = [...roots.slice(0, onPath), '', ...roots.slice(onPath)].map((folder) => `${folder}osxcross-conf`);
  return `((${programs.join(' || ')}) 2>/dev/null || echo none) | grep -Ev '${PLACES}'`;
}
