/**
 * The closed set of things that can go wrong. One `code` per problem, with exactly the data that the problem needs to be explained.
 *
 * How each is worded, and which command mends it, is in `describe.ts`, whose switch the compiler holds complete.
 */
import type { Diagnosis } from './diagnose.js';
import type { Finding } from './finding.js';
import type { Location } from './location.js';
import type { NotStatic } from './not-static.js';
import type { ArtifactNotMade, ClosureStale, CommandFailed, EnvFileInBatch, NoRecord, NotRunnable, OtherPlatform, RestoredDamaged, SmokeFailed, TestsFailed } from './run-failure.js';
import type { InputsUncovered } from './uncovered.js';
import type { CacheUnwritable, PinBroken, StartFilesMissing, StdBuildFailed, StdMissing, ToolBroken, ToolMissing, ToolTooOld } from './tool-failure.js';

export type Failure =
  | ManifestSyntax
  | ManifestInvalid
  | FileUnreadable
  | UnknownWord
  | OptionInvalid
  | PlatformNameTaken
  | TripleUnserved
  | LinkageImpossible
  | ToolMissing
  | ToolBroken
  | ToolTooOld
  | PinBroken
  | StdMissing
  | StartFilesMissing
  | StdBuildFailed
  | CacheUnwritable
  | LockMissing
  | LockStale
  | LockUnreadable
  | NothingToBuild
  | ArtifactNameTaken
  | CrateUnbuildable
  | NotStatic
  | CompileFailed
  | CommandFailed
  | ArtifactMissing
  | ArtifactNotMade
  | ArtifactUnreadable
  | PromiseBroken
  | StageFailed
  | UniversalImpossible
  | NotRunnable
  | TestsFailed
  | SmokeFailed
  | RestoredDamaged
  | NoRecord
  | ClosureStale
  | OtherPlatform
  | EnvFileInBatch
  | InputsUncovered
  | Interrupted
  | Usage
  | InternalFailure;

/** What was built for both Macs cannot be joined. */
export interface UniversalImpossible {
  readonly code: 'universal-impossible';
  readonly crate: string;
  readonly why: string;
  /** Builds both parts anew, and joins them. */
  readonly command: string;
}

export type FailureCode = Failure['code'];

/** A TOML file that cannot be parsed. */
export interface ManifestSyntax {
  readonly code: 'manifest-syntax';
  readonly location: Location;
  /** The parser's own words. */
  readonly message: string;
  /** A further way out, where there is one besides mending the file. */
  readonly help?: string;
}

/** A Cargo.toml that parses but says something cargo would refuse too. */
export interface ManifestInvalid {
  readonly code: 'manifest-invalid';
  readonly location: Location;
  readonly message: string;
  /** What to write instead. */
  readonly help: string;
}

/** A file that is there but cannot be read. */
export interface FileUnreadable {
  readonly code: 'file-unreadable';
  readonly file: string;
  /** The system's own words: `EACCES: permission denied`. */
  readonly cause: string;
}

/** A word that none of the valid ones is: an option's key, a platform, a backend ... */
export interface UnknownWord {
  readonly code: 'unknown-word';
  readonly kind: 'option' | 'platform' | 'backend' | 'linkage' | 'driver' | 'profile' | 'bin' | 'feature' | 'command' | 'flag' | 'finding' | 'project' | 'task' | 'run';
  readonly word: string;
  readonly location: Location;
  /** The valid word most like it, if any is alike. */
  readonly nearest: string | undefined;
  readonly valid: readonly string[];
}

/** A known key with a value of the wrong kind, or outside its range. */
export interface OptionInvalid {
  readonly code: 'option-invalid';
  readonly key: string;
  readonly location: Location;
  readonly message: string;
}

/** Two triples would be laid out under one platform name. */
export interface PlatformNameTaken {
  readonly code: 'platform-name-taken';
  readonly name: string;
  readonly triples: readonly string[];
  readonly location: Location;
}

/** The chosen backend cannot serve the triple. */
export interface TripleUnserved {
  readonly code: 'triple-unserved';
  readonly triple: string;
  readonly backend: string;
  readonly why: string;
  /** Backends that would serve it. */
  readonly alternatives: readonly string[];
}

/** A linkage, glibc floor or minimum OS that backend and triple cannot give. */
export interface LinkageImpossible {
  readonly code: 'linkage-impossible';
  readonly triple: string;
  readonly backend: string;
  readonly asked: string;
  readonly why: string;
  readonly help: string;
  /** The option that asked for it, and where it is written. */
  readonly option?: 'apiLevel' | 'driver' | 'glibc' | 'interpreter' | 'linkage' | 'minOs' | 'sdk';
  readonly location?: Location;
}

export interface LockMissing {
  readonly code: 'lock-missing';
  readonly file: string;
  readonly command: string;
}

/** Cargo.lock does not fit the manifests. */
export interface LockStale {
  readonly code: 'lock-stale';
  readonly file: string;
  readonly message: string;
  readonly command: string;
}

/** Cargo.lock cannot be parsed. */
export interface LockUnreadable {
  readonly code: 'lock-unreadable';
  readonly location: Location;
  readonly message: string;
}

/** Two artifacts of a crate would be one file on the platform. */
export interface ArtifactNameTaken {
  readonly code: 'artifact-name-taken';
  readonly crate: string;
  /** `app.wasm`. */
  readonly file: string;
  /** `bin app`, `cdylib app`. */
  readonly artifacts: readonly string[];
  readonly location: Location;
}

/** The request names a crate without any artifact to build. */
export interface NothingToBuild {
  readonly code: 'nothing-to-build';
  readonly crate: string;
  readonly location: Location;
}

/** A known crate of the build that cannot be compiled for the triple with the backend, or not without something that nobody gave. */
export interface CrateUnbuildable {
  readonly code: 'crate-unbuildable';
  /** Name and version. */
  readonly crate: string;
  readonly triple: string;
  readonly backend: string;
  readonly why: string;
  readonly help: readonly [string, ...string[]];
}

/** cargo ended with an error. */
export interface CompileFailed {
  readonly code: 'compile-failed';
  readonly crate: string;
  readonly triple: string;
  readonly exitCode: number | undefined;
  /** The file with everything cargo and the compilers printed. */
  readonly log: string;
  /** The cargo call, as one could paste it. */
  readonly command: string;
  /** What the output means, as far as it is recognised. */
  readonly diagnoses: readonly Diagnosis[];
}

/** cargo succeeded, and an artifact that should have come out did not. */
export interface ArtifactMissing {
  readonly code: 'artifact-missing';
  readonly crate: string;
  readonly triple: string;
  readonly missing: readonly string[];
  readonly found: readonly string[];
  readonly log: string;
}

/** An artifact whose bytes cannot be read as what they should be. */
export interface ArtifactUnreadable {
  readonly code: 'artifact-unreadable';
  readonly file: string;
  readonly message: string;
}

/** An artifact that is not what its platform promises. */
export interface PromiseBroken {
  readonly code: 'promise-broken';
  readonly file: string;
  readonly platform: string;
  /** Errors only. */
  readonly findings: readonly Finding[];
}

/** The artifacts could not be laid out. */
export interface StageFailed {
  readonly code: 'stage-failed';
  readonly directory: string;
  /** The system's own words. */
  readonly cause: string;
  readonly help: string;
}

/** The build was told to stop. */
export interface Interrupted {
  readonly code: 'interrupted';
  readonly crate: string;
  readonly triple: string;
  readonly signal: string;
}

/** The package's own command was called wrongly. */
export interface Usage {
  readonly code: 'usage';
  readonly message: string;
  /** `nx-cargo-cross prove`. */
  readonly command: string;
  /** The command with what belongs behind it. */
  readonly usage: string;
}

/** A bug in this plugin. */
export interface InternalFailure {
  readonly code: 'internal';
  readonly message: string;
  readonly stack: string | undefined;
}
