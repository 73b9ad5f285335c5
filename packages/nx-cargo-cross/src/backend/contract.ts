/**
 * What every backend answers. Backends are data and pure functions: they describe tools, environment and wrapper scripts, and never look at the
 * machine, write a file or read the environment themselves.
 */
import type { BackendId } from '../config/backend-id.js';
import type { Driver, Linkage, StripLevel } from '../config/resolved.js';
import type { Result } from '../diagnostics/result.js';
import type { GlibcVersion } from '../platform/glibc.js';
import type { Triple } from '../platform/triple.js';
import type { CcTools } from './cc-env.js';
import type { EnvEdit, Environment } from './env-edit.js';
import type { MingwCore } from './zig/mingw-core.js';

export interface Backend {
  readonly id: BackendId;
  /** Whom it serves: undefined when it serves the triple, else the reason why not, as a sentence. */
  refuses(triple: Triple, host: Host): string | undefined;
  /** What it needs on the machine for the triple. */
  needs(triple: Triple, host: Host, wish?: NeedsWish): readonly ToolNeed[];
  /** Environment, wrapper scripts and flags for one triple. Fails where linkage, floor or a tool's version cannot be had. */
  setUp(input: SetUpInput): Result<CrossSetUp>;
  /** Who its tools are, as far as the cache key must know it. `sdk` as it is written: a command of Nx runs in the workspace root. */
  identity(triple: Triple, wish?: { readonly sdk?: string | undefined }): ToolIdentity;
}

/** What a build says that decides which tools are needed. */
export interface NeedsWish {
  /** `sdk`, absolute. */
  readonly sdk?: string | undefined;
  readonly driver?: Driver | undefined;
  readonly closure?: readonly ClosurePackage[];
}

/** What the key holds of a backend's tools. */
export interface ToolIdentity {
  /** npm packages that carry the tools: where each is locked, its locked version is the identity, and no command is asked. */
  readonly pins: readonly string[];
  /** Commands whose output is the identity; the same text for every task, since Nx runs each once per run. */
  readonly runtimes: readonly string[];
  /** The machine that builds, as rustc names it, is asked however exactly Rust is pinned: its own tools decide. */
  readonly asksHost?: true;
  /** Commands that ask for tools which belong to the Rust toolchain, whose folder the shell's word names: not asked where that is pinned exactly. */
  readonly ofRust?: (sysroot: string) => readonly string[];
  /** Commands that ask the tool which a variable names in the place of the usual one, and say nothing where it is not set. */
  readonly named?: readonly string[];
  /** Environment variables that choose the tools or change what they make. */
  readonly env: readonly string[];
}

/** A package that the crate's build can reach, by Cargo.lock: it may be one that this platform or these features leave out. */
export interface ClosurePackage {
  readonly name: string;
  readonly version: string;
}

/** The machine that builds, as far as backends care. */
export interface Host {
  /** rustc's host triple: `x86_64-unknown-linux-gnu`. */
  readonly triple: string;
  readonly os: 'linux' | 'macos' | 'windows' | 'other';
  /** Of the Rust toolchain that builds, absolute; undefined where it isn't known. */
  readonly sysroot?: string;
  /** The first line of `rustc -vV`; undefined where it isn't known. */
  readonly rustc?: string;
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
  /** How to ask for the version; the first group of the pattern is it. `file`, relative to a folder that was found, is read; else the tool is run with `args`. */
  readonly version: { readonly args: readonly string[]; readonly pattern: RegExp } | { readonly file: string; readonly pattern: RegExp } | undefined;
  /** Further questions to a tool that was found. */
  readonly asks?: Readonly<Record<string, ToolQuestion>>;
  readonly minimum?: string;
  /** What else is asked of a folder that was found: paths below it, that may have `*`; of several the numerically highest. With `text`, also what is in the file. */
  readonly parts?: Readonly<Record<string, { readonly path: string; readonly text?: true }>>;
  /** The one command that installs it. */
  readonly install: string;
  /** What is to be known before that command is run: a licence. */
  readonly note?: string;
}

/** Words to run a tool with, and where the answer is in what it prints: the first group. What does not match is not answered. */
export interface ToolQuestion {
  readonly args: readonly string[];
  readonly pattern: RegExp;
}

export type ToolCandidate =
  /** The value of an environment variable, if set. */
  | { readonly from: 'env'; readonly variable: string }
  /** A name on the PATH; with `versions` also `<name>-<number>`, the highest of which is taken where the plain name is not there. */
  | { readonly from: 'path'; readonly name: string; readonly versions?: true }
  /** An absolute path. It may have `*` for one name, or a part of one: of several the numerically highest is taken. */
  | { readonly from: 'file'; readonly path: string }
  /**
   * A file inside an npm package, looked up as Node resolves it from the workspace, or from the package `via` (whose dependency it is: strict layouts
   * such as pnpm's show it only there). `companion` is another package whose folder is handed to the tool.
   */
  | { readonly from: 'npm'; readonly package: string; readonly via: string; readonly file: string; readonly companion?: NpmCompanion }
  /** A Python package that carries the binary: `python3 -m ziglang`; the file is asked of Python. */
  | { readonly from: 'python'; readonly module: string; readonly file: string }
  /**
   * A folder: an SDK, an NDK, a cross toolchain's installation. It is the one if `holds`, a path below it that may have `*` for one name, is there.
   * What is found is the folder's own path.
   */
  | FolderCandidate
  /** The folder above that of a program on the PATH, links followed (`/opt/x` for `/opt/x/bin/tool`), if it holds something. The name may have `*`. */
  | BesideCandidate;

export interface FolderCandidate {
  readonly from: 'folder';
  /** The value of a variable; or an absolute path, where a leading `~` stands for the home folder. */
  readonly at: { readonly variable: string } | { readonly path: string };
  /** Further path below it, where `*` stands for one name; of several the numerically highest version is taken. Empty for the folder itself. */
  readonly below?: string;
  readonly holds: string;
  /** Where the variable is set and leads to no such folder, that is said, and no other place is tried: another one would not be what was asked for. */
  readonly binding?: true;
}

export interface BesideCandidate {
  readonly from: 'beside';
  readonly program: string;
  readonly holds: string;
}

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
  /** The version of the npm package `via` that brought it; undefined where none did. */
  readonly npm?: string;
  /** An environment variable names it. */
  readonly named?: true;
  /** By the keys of the need's `asks`; undefined where nothing was asked. */
  readonly answers?: Readonly<Record<string, string>>;
  /** Of the parts that were asked for, those that are there. */
  readonly parts?: Readonly<Record<string, FoundPart | undefined>>;
}

export interface FoundPart {
  /** Absolute. */
  readonly path: string;
  /** Where it was asked for, and the file could be read. */
  readonly text?: string;
}

export type FoundTools = Readonly<Record<string, FoundTool | undefined>>;

export interface SetUpInput {
  readonly triple: Triple;
  readonly host: Host;
  readonly tools: FoundTools;
  /**
   * Absolute; where the described files will lie. What names it is in cargo's fingerprints: so what the files hold is the same in all checkouts, and what is not is told to them by variables of the triple's that
   * nothing tracks.
   */
  readonly directory: string;
  readonly linkage: Linkage | undefined;
  readonly glibc: GlibcVersion | undefined;
  /** Apple: the oldest macOS, as `apple/deployment-target.ts` decides it. */
  readonly minOs: string | undefined;
  /** Android: the API level asked for. */
  readonly apiLevel: number | undefined;
  /** `sdk`: Apple's or Microsoft's files, absolute. */
  readonly sdk: string | undefined;
  /** gcc: what links. */
  readonly driver: Driver | undefined;
  /** The loader that programs must name, where it is not the platform's standard one. */
  readonly interpreter: string | undefined;
  readonly strip: StripLevel | undefined;
  /** The linker that the user's cargo configuration names for the triple, as written. */
  readonly linker?: string | undefined;
  readonly closure: readonly ClosurePackage[];
  /** The user's environment, with the package's own `env` in it. */
  readonly env: Environment;
  /** Words that start the program which links for macOS without Apple's SDK: node and a file of this package, absolute. */
  readonly macosLinkProgram: readonly string[];
  /** A folder for the backend's own caches, absolute, shared by all builds of the workspace. */
  readonly cacheDirectory: string;
  /** For what all builds of the user share; undefined where the backend can have nothing made there. */
  readonly shared?: SharedFolder | undefined;
}

export interface CrossSetUp {
  /** Files to write before building, relative to the set-up's directory. */
  readonly files: readonly GeneratedFile[];
  readonly env: readonly EnvEdit[];
  /** rustc flags, for this triple alone. */
  readonly rustflags: readonly string[];
  /** Libraries of the toolchain that artifacts may need and that no system has: name to absolute path. Such a one is shipped beside what needs it. */
  readonly ships?: Readonly<Record<string, string>>;
  /** The C toolchain, where the backend has one: what other build systems than cargo are told. */
  readonly tools: CcTools | undefined;
  /** The version of what builds, for the manifest and for reports; empty where the backend is no tool of its own. */
  readonly version: string;
  /** Programs are linked with the start files and the C library that std brings, where the backend has its own as well. */
  readonly linksStd?: true;
  /** A part of zig's library for Windows, which the scripts link first where it is there: to be made before. */
  readonly mingwCore?: MingwCore;
  /** The C compilers are scripts that know the folders' names by themselves (`named-folders.ts`). */
  readonly namesFolders?: true;
}

export interface GeneratedFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

/** A folder of the user's that all checkouts share. What is in it never changes: each folder in it is named after what it holds. */
export interface SharedFolder {
  /** Absolute. */
  readonly path: string;
  /** A name that another text does not have. */
  readonly nameOf: (text: string) => string;
}

/** A file by its absolute path in a shared folder. */
export function sharedFile({ path, nameOf }: SharedFolder, file: GeneratedFile): GeneratedFile {
  return { ...file, path: `${path}/${file.path}-${nameOf(file.text)}/${file.path}` };
}

/** A folder for files in a shared folder, below `place`, that no other files have. They hold its path: one folder by two paths, as links make it, would have other files. */
export function sharedDirectory({ path, nameOf }: SharedFolder, place: string, files: readonly GeneratedFile[]): string {
  return `${path}/${place}-${nameOf(JSON.stringify([path, files]))}`;
}
