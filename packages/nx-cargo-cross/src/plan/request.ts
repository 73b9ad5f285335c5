/** What one Nx task asks for, and what is known of the machine when the plan is made. Plain data. */
import type { ClosurePackage, FoundTools, Host, SharedFolder } from '../backend/contract.js';
import type { Environment } from '../backend/env-edit.js';
import type { UsedPackage } from '../cargo/tree.js';
import type { CargoWorkspace, Crate } from '../cargo/model.js';
import type { OutsideFolder } from '../cargo/outside-folder.js';
import type { PlatformBuild, StripLevel } from '../config/resolved.js';

/** "This crate, this triple, this profile, these features": one Nx task. */
export interface BuildRequest {
  /** The Nx task id: `vault:cross-aarch64-linux`. */
  readonly task: string;
  /** The Nx project's name, which also names its folder in the output. */
  readonly project: string;
  readonly workspace: CargoWorkspace;
  readonly crate: Crate;
  readonly build: PlatformBuild;
  /** What the profile strips from programs; undefined where nothing says it. */
  readonly strip: StripLevel | undefined;
  /** What the crate's build can reach, by Cargo.lock. */
  readonly closure: readonly ClosurePackage[];
  /** Whether cargo would name crates of the Cargo workspace after the checkout's folder. */
  readonly outside: OutsideFolder;
  /** Relative to the Nx workspace root. */
  readonly outDir: string;
  /** What the task says and its key was not made for. */
  readonly overrides: readonly Override[];
  /** Versions of npm packages by name, as the project graph has them; none where there is no graph. */
  readonly lockedPackages: Readonly<Record<string, string>>;
}

/** An option by another value than that of nx.json and the manifests: from the command line, or from options of the target. */
export interface Override {
  readonly option: 'profile' | 'features';
  /** As it is written in a manifest. */
  readonly value: string;
}

/** What was found on the machine for one request. Absolute paths. */
export interface Probe {
  readonly workspaceRoot: string;
  readonly host: Host;
  readonly toolchain: { readonly cargo: string; readonly release: string; readonly commit: string; readonly label: string };
  readonly tools: FoundTools;
  readonly env: Environment;
  /** See the backends' `SetUpInput`. */
  readonly macosLinkProgram: readonly string[];
  readonly pathDelimiter: string;
  readonly folders: BuildFolders;
  /** Cargo's own target folder for the workspace, as cargo would choose it. */
  readonly targetDir: string;
  /** A name for this checkout, where the target folder lies outside of it and others may use it, too. */
  readonly checkout?: string;
  /** For files that all checkouts of the user share. */
  readonly shared: SharedFolder;
  readonly rustflags: UserRustflags;
  /** `build.rustc-wrapper` of the user's cargo configuration files: absolute, or a name on the PATH. */
  readonly rustcWrapper?: string;
  /** The linker that the user's cargo configuration files name for the triple, as written. */
  readonly linker?: string;
  /** Whether the user's own configuration says how the triple's programs are started. */
  readonly hasRunner: boolean;
  /** `build.jobs` of cargo's configuration, as written. */
  readonly jobs?: string | number;
  readonly color: boolean;
  /** What cargo says that the build compiles; undefined where nothing depends on it, or where cargo did not say. */
  readonly used: readonly UsedPackage[] | undefined;
}

/** The places of sources, each as it is called and, where symbolic links make that another path, as programs see it that are started there. */
export interface BuildFolders {
  /** The Nx workspace. */
  readonly repository: readonly string[];
  /** The Cargo workspace. */
  readonly workspace: readonly string[];
  readonly target: readonly string[];
  /** Where cargo unpacks the sources of registries. */
  readonly registries: readonly string[];
  /** Where cargo checks out git repositories. */
  readonly checkouts: readonly string[];
}

/** rustc flags that the user's own configuration files hold. */
export interface UserRustflags {
  /** Some `target.*` table that may apply to the triple has flags: cargo then ignores `build.rustflags`. */
  readonly targetTable: boolean;
  /** `build.rustflags`, in cargo's order. */
  readonly build: readonly string[];
}
