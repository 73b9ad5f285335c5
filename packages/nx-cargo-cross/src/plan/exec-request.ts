/** What one Nx task of the executor `exec` asks for, and what is known of the machine. Plain data. */
import type { FoundTools, Host } from '../backend/contract.js';
import type { Environment } from '../backend/env-edit.js';
import type { ExecOptions } from '../config/exec-options.js';
import type { PlatformBuild } from '../config/resolved.js';

export interface ExecRequest {
  /** The Nx task id: `codec:cross-aarch64-linux`. */
  readonly task: string;
  readonly project: string;
  /** The version in the project's package.json, if it has one. */
  readonly version: string;
  /** The project's folder, relative to the Nx workspace root; empty for the root itself. */
  readonly root: string;
  readonly options: ExecOptions;
  readonly build: PlatformBuild;
  /** Relative to the Nx workspace root. */
  readonly outDir: string;
  /** Versions of npm packages by name, as the project graph has them. */
  readonly lockedPackages: Readonly<Record<string, string>>;
}

export interface ExecProbe {
  readonly workspaceRoot: string;
  readonly host: Host;
  readonly tools: FoundTools;
  readonly env: Environment;
  readonly pathDelimiter: string;
  /** The words that start the plugin's own linking of macOS programs. */
  readonly macosLinkProgram: readonly string[];
  /** A folder for what is made on the way, absolute. */
  readonly workFolder: string;
}
