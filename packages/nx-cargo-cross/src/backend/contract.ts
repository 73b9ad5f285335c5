/**
 * What every backend answers. Backends are data and pure functions: they describe tools, environment and wrapper scripts, and never look at the
 * machine, write a file or read the environment themselves.
 */
import type { BackendId } from '../config/backend-id.js';
import type { Linkage, StripLevel } from '../config/resolved.js';
import type { Result } from '../diagnostics/result.js';
import type { GlibcVersion } from '../platform/glibc.js';
import type { Triple } from '../platform/triple.js';
import type { EnvEdit } from './env-edit.js';

export interface Backend {
  readonly id: BackendId;
  /** Whom it serves: undefined when it serves the triple, else the reason why not, as a sentence. */
  refuses(triple: Triple, host: Host): string | undefined;
  /** What it needs on the machine for the triple. */
  needs(triple: Triple, host: Host): readonly ToolNeed[];
  /** Environment, wrapper scripts and flags for one triple. Fails where linkage, floor or a tool's version cannot be had. */
  setUp(input: SetUpInput): Result<CrossSetUp>;
}

/** The machine that builds, as far as backends care. */
export interface Host {
  /** rustc's host triple: `x86_64-unknown-linux-gnu`. */
  readonly triple: string;
  readonly os: 'linux' | 'macos' | 'windows' | 'other';
}

/** One tool, and every way it may be found. */
export interface ToolNeed {
  /** The key under which a backend gets the tool back: `cc`, `ar`, `zig`. */
  readonly key: string;
  /** As said to the user: `zig`, `aarch64-linux-gnu-gcc`. */
  readonly label: string;
  readonly optional?: boolean;
  /** Places, tried in order. */
  readonly candidates: readonly ToolCandidate[];
  /** How to ask for the version; the first group of the pattern is it. */
  readonly version: { readonly args: readonly string[]; readonly pattern: RegExp } | undefined;
  readonly minimum?: string;
  /** The one command that installs it. */
  readonly install: string;
}

export type ToolCandidate =
  /** The value of an environment variable, if set. */
  | { readonly from: 'env'; readonly variable: string }
  /** A name on the PATH. */
  | { readonly from: 'path'; readonly name: string }
  /**
   * A file inside an npm package, looked up as Node resolves it from the workspace, or from the package `via` (whose dependency it is: strict layouts
   * such as pnpm's show it only there). `companion` is another package whose folder is handed to the tool.
   */
  | { readonly from: 'npm'; readonly package: string; readonly via: string; readonly file: string; readonly companion?: NpmCompanion }
  /** A Python package that carries the binary: `python3 -m ziglang`; the file is asked of Python. */
  | { readonly from: 'python'; readonly module: string; readonly file: string };

/** A folder in another npm package, told to the tool through a variable. */
export interface NpmCompanion {
  readonly package: string;
  readonly directory: string;
  readonly variable: string;
}

/** A tool as found on this machine. */
export interface FoundTool {
  /** Absolute. */
  readonly path: string;
  /** Empty where no version is asked for. */
  readonly version: string;
  /** Variables that the tool itself needs (`ZIG_LIB_DIR`). */
  readonly env: Readonly<Record<string, string>>;
}

export type FoundTools = Readonly<Record<string, FoundTool | undefined>>;

export interface SetUpInput {
  readonly triple: Triple;
  readonly host: Host;
  readonly tools: FoundTools;
  /** Absolute; where the described files will lie. Stable for one (backend version, triple) of one workspace. */
  readonly directory: string;
  readonly linkage: Linkage | undefined;
  readonly glibc: GlibcVersion | undefined;
  readonly minOs: string | undefined;
  readonly strip: StripLevel | undefined;
  /** A folder for the backend's own caches, absolute, shared by all builds of the workspace. */
  readonly cacheDirectory: string;
}

export interface CrossSetUp {
  /** Files to write before building, relative to the set-up's directory. */
  readonly files: readonly GeneratedFile[];
  readonly env: readonly EnvEdit[];
  /** rustc flags, for this triple alone. */
  readonly rustflags: readonly string[];
  /** The version of what builds, for the manifest and for reports; empty where the backend is no tool of its own. */
  readonly version: string;
}

export interface GeneratedFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}
