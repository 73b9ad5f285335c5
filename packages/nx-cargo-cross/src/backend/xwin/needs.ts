/**
 * Where Microsoft's headers and libraries may lie, and which of LLVM's tools stand in for Microsoft's. Nothing is downloaded: Microsoft's licence is for
 * the user to accept, and xwin asks for it. Sources: xwin 0.6 and cargo-xwin 0.23 (`README.md`), for their layouts, variables and default folders.
 */
import { askFirst } from '../../diagnostics/ask.js';
import { quoteWord } from '../../diagnostics/quote.js';
import type { FolderCandidate, Host, NeedsWish, ToolCandidate, ToolNeed } from '../contract.js';
import type { XwinRow } from './targets.js';

/** How the files may be laid out: by xwin, or by Microsoft (which `xwin splat --use-winsysroot-style` keeps). `*` stands for a version, or for a letter's case. */
export const LAYOUTS = {
  splat: { crt: 'crt', include: 'sdk/include', lib: 'sdk/lib' },
  winsysroot: { crt: 'VC/Tools/MSVC/*', include: 'Windows Kits/10/*nclude/*', lib: 'Windows Kits/10/*ib/*' },
} as const;

export type LayoutName = keyof typeof LAYOUTS;
export const LAYOUT_NAMES = ['splat', 'winsysroot'] as const satisfies readonly LayoutName[];

/** The folders of headers, in the order in which Microsoft's own compiler looks through them. */
export const INCLUDES = ['ucrt', 'um', 'shared', 'winrt', 'cppwinrt'] as const;

/** Variables that name the files' own folder. */
const ROOT_VARIABLES = ['XWIN_ROOT', 'XWIN_DIR'];

const CACHES: Readonly<Record<Host['os'], string>> = {
  linux: '~/.cache/cargo-xwin',
  macos: '~/Library/Caches/cargo-xwin',
  windows: '~/AppData/Local/cargo-xwin',
  other: '~/.cache/cargo-xwin',
};

/** What Microsoft's download page says, and xwin shows before it downloads. */
export const LICENCE = 'https://go.microsoft.com/fwlink/?LinkId=2086102';

/** Names the linker to take, before any other; the same as for backend lld. */
const LLD_VARIABLE = 'NX_CARGO_CROSS_LLD';

/** The oldest that is in a supported distribution (Ubuntu 22.04). */
const MINIMUM = '14.0.0';

/** The files, and the tools that read them. With `sdk`, no other place is looked at. */
export function xwinNeeds(row: XwinRow, host: Host, { sdk }: NeedsWish): readonly ToolNeed[] {
  const cache = CACHES[host.os];
  const llvm = host.os === 'macos' ? 'brew install llvm lld' : 'apt-get install clang lld llvm';
  return [
    {
      key: 'files',
      label: "Windows SDK with Microsoft's C runtime",
      candidates: sdk === undefined ? places(row, cache) : bound({ path: sdk }, row),
      version: undefined,
      parts: parts(row),
      install: `cargo install --locked xwin && XWIN_ACCEPT_LICENSE=1 xwin --arch ${row.arch} splat --output ${cache}/xwin\nor: set "sdk" to the folder of files that you have, or export XWIN_ROOT=/that/folder`,
      note: `XWIN_ACCEPT_LICENSE=1 accepts Microsoft's licence, ${LICENCE}: read it before. nx-cargo-cross never downloads these files by itself.`,
    },
    {
      key: 'link',
      label: 'lld-link',
      // Rust's own is of the LLVM that wrote the objects.
      candidates: [
        { from: 'env', variable: LLD_VARIABLE },
        ...(host.sysroot === undefined ? [] : [{ from: 'file', path: `${host.sysroot}/lib/rustlib/${host.triple}/bin/rust-lld` } as const]),
        ...llvmTool('lld-link'),
      ],
      version: { args: ['-flavor', 'link', '--version'], pattern: /\bLLD (\d+\.\d+\.\d+)/ },
      minimum: MINIMUM,
      install: llvm,
    },
    {
      key: 'clang',
      label: 'clang-cl',
      optional: true,
      candidates: [...llvmTool('clang-cl'), ...llvmTool('clang')],
      version: { args: ['--version'], pattern: /\bclang version (\d+\.\d+\.\d+)/ },
      minimum: MINIMUM,
      install: llvm,
    },
    { key: 'rc', label: 'llvm-rc', optional: true, candidates: llvmTool('llvm-rc'), version: undefined, install: llvm },
  ];
}

/** On the PATH, in the folders of Debian's and Homebrew's LLVM. A plain `clang` may be the oldest of several, so the folders' highest comes before it. */
function llvmTool(name: string): readonly ToolCandidate[] {
  const folders = ['/usr/lib/llvm-*', '/opt/homebrew/opt/lld', '/opt/homebrew/opt/llvm', '/usr/local/opt/lld', '/usr/local/opt/llvm'];
  const inFolders = folders.map((folder) => ({ from: 'file', path: `${folder}/bin/${name}` }) as const);
  const onPath = { from: 'path', name, versions: true } as const;
  return name === 'clang' ? [...inFolders, onPath] : [onPath, ...inFolders];
}

function places(row: XwinRow, cache: string): readonly FolderCandidate[] {
  return [
    ...ROOT_VARIABLES.flatMap((variable) => bound({ variable }, row)),
    // cargo-xwin's cache holds the files in `xwin`; what xwin itself was told as its cache, in `splat`.
    ...['xwin', 'splat'].flatMap((below) => at({ variable: 'XWIN_CACHE_DIR' }, row, below)),
    ...at({ path: cache }, row, 'xwin'),
    // Where xwin puts them when nothing is said: below the folder that it is called in.
    ...at({ path: '.xwin-cache' }, row, 'splat'),
  ];
}

/** Where these files are not what was named, no others are taken. */
function bound(place: FolderCandidate['at'], row: XwinRow): readonly FolderCandidate[] {
  const [splat, winsysroot] = at(place, row);
  return [splat, { ...winsysroot, binding: true }];
}

function at(place: FolderCandidate['at'], { folder }: XwinRow, below = ''): readonly [FolderCandidate, FolderCandidate] {
  const holding = (name: LayoutName): FolderCandidate => ({ from: 'folder', at: place, below, holds: `${LAYOUTS[name].crt}/lib/${folder}` });
  return [holding('splat'), holding('winsysroot')];
}

/** Keys of the parts: `splat crt`, `winsysroot um lib`. */
export function partKey(layout: LayoutName, name: string): string {
  return `${layout} ${name}`;
}

function parts({ folder }: XwinRow): NonNullable<ToolNeed['parts']> {
  return Object.fromEntries(
    LAYOUT_NAMES.flatMap((layout) => {
      const { crt, include, lib } = LAYOUTS[layout];
      const part = (name: string, path: string) => [partKey(layout, name), { path }] as const;
      return [
        part('crt include', `${crt}/include`),
        ...INCLUDES.map((name) => part(`${name} include`, `${include}/${name}`)),
        part('crt lib', `${crt}/lib/${folder}`),
        part('um lib', `${lib}/um/${folder}`),
        part('ucrt lib', `${lib}/ucrt/${folder}`),
      ];
    }),
  );
}

/**
 * Commands that say who builds: the tools' versions, and the checksum of one library of the C runtime in the first place that has one, which changes with every release of
 * the files.
 */
export function askXwin(sdk: string | undefined): readonly string[] {
  const roots = sdk !== undefined ? [quoteWord(sdk)] : [...ROOT_VARIABLES.map((name) => `"$${name}"`), '"$XWIN_CACHE_DIR"/xwin', '"$XWIN_CACHE_DIR"/splat', ...Object.values(CACHES).map((cache) => `${cache}/xwin`), '.xwin-cache/splat'];
  const libraries = [...new Set(roots)].flatMap((root) => [`${root}/crt/lib/*/msvcrt.lib`, `${root}/VC/Tools/MSVC/*/lib/*/msvcrt.lib`]);
  return [
    askFirst(...libraries.map((library) => `cat ${library} | cksum | grep -v '^4294967295 0$'`)),
    askFirst(`"$${LLD_VARIABLE}" -flavor link --version`, '"$(rustc --print sysroot)"/lib/rustlib/*/bin/rust-lld -flavor link --version', 'lld-link --version', 'ls /usr/bin/lld-link-*'),
    askFirst('clang-cl --version', '(for c in /usr/lib/llvm-*/bin/clang; do "$c" --version; done | grep .)', 'clang --version'),
  ];
}
