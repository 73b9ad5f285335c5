/**
 * Who builds, as far as the key must know it: the Rust toolchain, and the backend's C compiler. Where a committed file pins it exactly, the pin is the
 * identity and no tool is asked; else Nx asks the tool (`runtime`). One command text for all tasks: Nx runs each once per run. That a build is made with what
 * was pinned is checked when it is made (`build/pins.ts`).
 */
import { askFirst } from '../diagnostics/ask.js';
import { askLibraries } from '../diagnostics/ask-libraries.js';
import type { CargoWorkspace } from '../cargo/model.js';
import { parentOf } from '../cargo/paths.js';
import type { SourceTree } from '../cargo/source-tree.js';
import { isExactChannel } from '../cargo/toolchain-file.js';
import type { TripleConfig } from '../cargo/cargo-config.js';
import { screamingTriple, type Triple } from '../platform/triple.js';
import type { PlatformBuild } from '../config/resolved.js';

/** What is asked, and what is looked up, for one task. */
export interface Identity {
  /** Commands whose output is hashed. */
  readonly runtimes: readonly string[];
  /** External nodes of other plugins: npm packages that carry a tool. */
  readonly externals: readonly string[];
  /** Environment variables that choose a tool. */
  readonly env: readonly string[];
}

/** What a backend says of its tools; handed in, since backends lie above this folder's neighbours and know nothing of it. */
export type BackendIdentity = (build: PlatformBuild) => {
  readonly pins: readonly string[];
  readonly runtimes: readonly string[];
  readonly asksHost?: true;
  readonly ofRust?: (sysroot: string) => readonly string[];
  readonly named?: readonly string[];
  readonly env: readonly string[];
};

/** Whether an npm package is locked, so that its version is known without running anything. */
export type IsLocked = (npmPackage: string) => boolean;

/** Lock files of JavaScript package managers that Nx makes external nodes from. bun's binary lock cannot be looked into, so it doesn't count. */
const LOCK_FILES = ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'];

/** Looks packages up in the root package.json and the lock file beside it: only there does Nx make external nodes from. */
export function makeIsLocked(tree: SourceTree): IsLocked {
  const texts = new Map<string, string>();
  const read = (file: string): string => {
    const known = texts.get(file);
    if (known !== undefined) return known;
    const found = tree.readText(file);
    const text = found && 'text' in found ? found.text : '';
    texts.set(file, text);
    return text;
  };
  return (npmPackage) => read('package.json').includes(npmPackage) && LOCK_FILES.some((file) => read(file).includes(npmPackage));
}

/** The command that prints what the Rust compiler says of itself, by the words that its program takes. */
export type AskRustc = (...words: readonly string[]) => string;

/** The Rust toolchain of a workspace. Where it is pinned exactly, only what the environment puts in its place is asked. The builder's host is told by `hostIdentity`. */
export function rustIdentity({ toolchain }: CargoWorkspace, askRustc: AskRustc): readonly string[] {
  return [isPinned({ toolchain }) ? `[ -z "$RUSTC$CARGO_BUILD_RUSTC$RUSTUP_TOOLCHAIN" ] || ${askRustc()}` : askRustc(...channelElsewhere(toolchain))];
}

/**
 * The machine that builds, where programs that run on it may decide the bytes. Without it, a Mac and a Linux machine share entries: rustc makes the same of the
 * same source on either, and cargo leaves its own host out of what it names a target's units by (cargo 1.95, `compilation_files.rs`).
 */
export function hostIdentity(shareHosts: boolean, mayRunOnHost: boolean): readonly string[] {
  return mayRunOnHost && !shareHosts ? ['uname -sm'] : [];
}

/** The linker and the C compilers that the environment names for a triple: the same name may be another program tomorrow. */
export function usersToolsIdentity(triple: Triple, compilesC: boolean): string {
  const compilers = compilesC ? `|(TARGET_)?(CC|CXX|AR)(_${triple.name.replaceAll('-', '[-_]')})?` : '';
  const names = `CARGO_TARGET_${screamingTriple(triple.name)}_LINKER${compilers}`;
  return `export LC_ALL=C; env | sed -nE 's/^(${names})=(.+)/\\1=\\${compilesC ? 5 : 2}/p' | sort | while IFS='=' read -r name tool; do echo "$name"; $tool --version < /dev/null; done 2>&1`;
}

function isPinned({ toolchain }: Pick<CargoWorkspace, 'toolchain'>): boolean {
  return toolchain?.channel !== undefined && isExactChannel(toolchain.channel);
}

/** Nx runs commands in its own root, where only a toolchain file of the root counts. */
function channelElsewhere(toolchain: CargoWorkspace['toolchain']): readonly string[] {
  return toolchain?.channel !== undefined && parentOf(toolchain.file) !== '' ? [toolchain.channel] : [];
}

/** The backend of a build: by the lock where all that carries its tools is locked, else by asking; and the user's own linker. */
export function backendIdentity(build: PlatformBuild, workspace: Pick<CargoWorkspace, 'toolchain'>, config: TripleConfig, isLocked: IsLocked, identityOf: BackendIdentity, askRustc: AskRustc): Identity {
  const { pins, runtimes, asksHost, ofRust, named = [], env } = identityOf(build);
  const locked = pins.length > 0 && pins.every(isLocked);
  const linker = build.backend.id === 'cargo-config' || build.backend.id === 'native' ? askLinker(config) : [];
  return { runtimes: [...(asksHost ? [askRustc('--host')] : []), ...named, ...(locked ? [] : runtimes), ...(isPinned(workspace) ? [] : (ofRust?.(`"$(${askRustc('--sysroot')})"`) ?? [])), ...linker], externals: locked ? pins : [], env };
}

/** The user's own linker, and what it links by itself where it is a compiler. A path with characters that a shell might read as its own is not asked. */
function askLinker({ linker }: TripleConfig): readonly string[] {
  if (!linker || !/^[A-Za-z0-9_./+-]+$/.test(linker.value) || linker.value.startsWith('-')) return [];
  const relative = linker.value.includes('/') && !linker.value.startsWith('/');
  const named = `${relative && linker.directory !== '' ? `${linker.directory}/` : ''}${linker.value}`;
  return [askFirst(`${named} --version`), askLibraries(named)];
}
