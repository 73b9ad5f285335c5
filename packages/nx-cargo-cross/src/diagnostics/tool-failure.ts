/** What can be wrong with the machine that builds: its tools, its standard libraries, its folders. Part of the closed set of `failure.ts`. */

import type { Location } from './location.js';

/** A tool that the build needs and that is not on this machine. */
export interface ToolMissing {
  readonly code: 'tool-missing';
  readonly tool: string;
  /** What it is needed for: `backend zig for aarch64-unknown-linux-gnu`. */
  readonly neededFor: string;
  /** Where it was looked for, in order. */
  readonly searched: readonly string[];
  /** The command that installs it. */
  readonly install: string;
  /** What is to be known before that command is run. */
  readonly note?: string;
  /** Backends that would serve instead. */
  readonly alternatives: readonly string[];
  /** The platform that it is needed for, as the doctor takes it; undefined where it is needed for any. */
  readonly platform?: string;
}

/** A tool that is there but does not answer as it should. */
export interface ToolBroken {
  readonly code: 'tool-broken';
  readonly tool: string;
  readonly path: string;
  readonly message: string;
  readonly install: string;
  /** The platform that it is needed for, as the doctor takes it; undefined where it is needed for any. */
  readonly platform?: string;
}

export interface ToolTooOld {
  readonly code: 'tool-too-old';
  readonly tool: string;
  readonly path: string;
  readonly found: string;
  readonly minimum: string;
  readonly install: string;
  /** The platform that it is needed for, as the doctor takes it; undefined where it is needed for any. */
  readonly platform?: string;
}

/** A committed file says which tool builds, and on this machine another one would. */
export interface PinBroken {
  readonly code: 'pin-broken';
  /** `Rust`, or the npm package that carries the tool. */
  readonly tool: string;
  readonly pinned: string;
  /** Where it is pinned. */
  readonly location: Location;
  /** What would build. */
  readonly found: string;
  readonly path: string;
  /** Each of these mends it. */
  readonly mends: readonly [string, ...string[]];
}

/** The toolchain has no std for the triple, and none of the ways to get it worked. */
export interface StdMissing {
  readonly code: 'std-missing';
  readonly triple: string;
  readonly toolchain: string;
  /** What was tried, in order, and how each ended. */
  readonly tried: readonly string[];
  /** Commands, each of which would mend it. */
  readonly commands: readonly string[];
}

/** A std without the start files and the C library that a bare linker needs. */
export interface StartFilesMissing {
  readonly code: 'start-files-missing';
  readonly triple: string;
  /** Where they should be. */
  readonly directory: string;
  readonly missing: readonly string[];
  /** What was tried, in order, and how each ended. */
  readonly tried: readonly string[];
  /** Commands, each of which would mend it. */
  readonly commands: readonly string[];
}

/** Building std from rust-src failed. */
export interface StdBuildFailed {
  readonly code: 'std-build-failed';
  readonly triple: string;
  readonly toolchain: string;
  readonly log: string;
  readonly excerpt: string;
}

/** The plugin's own cache folder cannot be written, and something must be. */
export interface CacheUnwritable {
  readonly code: 'cache-unwritable';
  readonly directory: string;
  /** The system's own words. */
  readonly cause: string;
}
