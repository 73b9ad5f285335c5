/** What can go wrong where something other than cargo runs: a command of the user's own, a program that was built, or Nx with its caches. */

/** A command of the user's own ended with an error. */
export interface CommandFailed {
  readonly code: 'command-failed';
  readonly project: string;
  readonly triple: string;
  readonly exitCode: number | undefined;
  /** The file with everything that it printed. */
  readonly log: string;
  /** As one could paste it, but for the environment. */
  readonly command: string;
}

/** The user's own commands succeeded, and a file that they should have made is not there. */
export interface ArtifactNotMade {
  readonly code: 'artifact-not-made';
  readonly project: string;
  readonly triple: string;
  /** Absolute. */
  readonly missing: readonly string[];
  readonly log: string;
}

/** Nothing is known of a task's runs on this machine. */
export interface NoRecord {
  readonly code: 'no-record';
  /** As it was asked for. */
  readonly task: string;
  /** The task to run. */
  readonly command: string;
  /** Where records of the workspace would be; undefined where none are made. */
  readonly folder: string | undefined;
}

/** No program of the platform can be started on this machine. */
export interface NotRunnable {
  readonly code: 'not-runnable';
  readonly triple: string;
  /** Sentences; one per way that was tried, or why there is none. */
  readonly reasons: readonly string[];
  /** The command that installs what is missing; undefined where nothing can be installed for it. */
  readonly install: string | undefined;
}

/** Tests of a crate failed on a platform. */
export interface TestsFailed {
  readonly code: 'tests-failed';
  readonly crate: string;
  readonly triple: string;
  /** The programs that were stopped because their time was over, each with its words. */
  readonly stopped: readonly string[];
  readonly log: string;
  readonly command: string;
}

/** A program that keeps every promise ended badly when it was started. */
export interface SmokeFailed {
  readonly code: 'smoke-failed';
  readonly file: string;
  readonly platform: string;
  /** The program with its words. */
  readonly command: string;
  /** `directly`, `qemu-aarch64`, `wine`. */
  readonly how: string;
  readonly exitCode: number | undefined;
  /** The end of what it printed. */
  readonly output: string;
  readonly log: string;
}

/** A crate's closure file does not say what the crate is built from, and no one is there who could be asked. */
export interface ClosureStale {
  readonly code: 'closure-stale';
  /** Relative to the workspace root. */
  readonly file: string;
  readonly project: string;
}

/** Nx reads a file of variables for a task that runs by itself, and for its key, but not for a batch. */
export interface EnvFileInBatch {
  readonly code: 'env-file-in-batch';
  /** Relative to the workspace root. */
  readonly file: string;
  /** As Nx runs it. */
  readonly task: string;
}

/** What Nx put back from a cache is not what was stored there. */
export interface RestoredDamaged {
  readonly code: 'restored-damaged';
  /** `project:target`, as Nx runs it. */
  readonly task: string;
  /** The folder that was removed, relative to the workspace root. */
  readonly directory: string;
  /** Sentences: what differs from the manifest. */
  readonly wrong: readonly string[];
}

/** The command line names another platform than the target's: its key and the outputs that Nx stores would be one platform's, and the artifacts another's. */
export interface OtherPlatform {
  readonly code: 'other-platform';
  /** `project:target:configuration`. */
  readonly task: string;
  /** The target's. */
  readonly platform: string;
  readonly asked: string;
  /** The task for the platform that was asked for, if there is one. */
  readonly own: string | undefined;
}
