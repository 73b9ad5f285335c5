/** The shapes of Nx that the graph is made of: as much of `@nx/devkit`'s types as is used, so that this folder needs no package of Nx. */

import type { ClosureEntry } from './closure-file.js';
import type { ToolchainRef } from './toolchain-targets.js';

/** A target. */
export interface NxTarget {
  readonly executor: string;
  readonly cache?: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly inputs?: readonly NxInput[];
  readonly outputs?: readonly string[];
  readonly dependsOn?: readonly (string | { readonly target: string; readonly params: 'forward' })[];
  readonly syncGenerators?: readonly string[];
  readonly metadata?: {
    readonly description: string;
    readonly technologies: readonly string[];
    readonly help?: { readonly command: string; readonly example: { readonly options: Readonly<Record<string, unknown>> } };
    /** Our own. */
    readonly closure?: ClosureEntry;
    readonly toolchain?: ToolchainRef;
  };
}

/** Source: Nx's reference, "Inputs"; measured with Nx 24.0.6. */
export type NxInput =
  /** A fileset (`{projectRoot}/..`, `{workspaceRoot}/..`, `!` in front excludes), or the name of a named input. */
  | string
  /** A named input of other projects. */
  | { readonly input: string; readonly projects: readonly string[] }
  | { readonly externalDependencies: readonly string[] }
  | { readonly runtime: string }
  | { readonly env: string }
  /** Fields of a JSON file. */
  | { readonly json: string; readonly fields: readonly string[] }
  | { readonly dependentTasksOutputFiles: string; readonly transitive: boolean };

/** A project, as a plugin gives it. */
export interface NxProject {
  /** Left out where another plugin names the project. */
  readonly name?: string;
  readonly projectType?: 'application' | 'library';
  readonly sourceRoot?: string;
  readonly tags?: readonly string[];
  readonly namedInputs?: Readonly<Record<string, readonly NxInput[]>>;
  readonly targets?: Readonly<Record<string, NxTarget>>;
  readonly metadata?: { readonly technologies: readonly string[]; readonly targetGroups?: Readonly<Record<string, readonly string[]>> };
}

/** A package outside the repository: its `hash` is what goes into a task's hash. */
export interface NxExternalNode {
  readonly type: string;
  readonly name: string;
  readonly data: { readonly packageName: string; readonly version: string; readonly hash: string };
}

/** What an external node of ours is the digest of, for people; made when somebody asks. */
export type Explanation = () => unknown;

/** By the nodes' names. */
export type Explanations = ReadonlyMap<string, Explanation>;

/** What one manifest gives. Projects by root, where the Nx workspace root is '.'. */
export interface NxNodes {
  readonly projects: Readonly<Record<string, NxProject>>;
  readonly externalNodes: Readonly<Record<string, NxExternalNode>>;
}

/** An edge between two projects, by name. */
export interface NxDependency {
  readonly source: string;
  readonly target: string;
  readonly sourceFile: string;
  readonly type: 'static';
}

/** A directory as Nx writes project roots: the workspace root is '.'. */
export function nxRoot(directory: string): string {
  return directory === '' ? '.' : directory;
}
