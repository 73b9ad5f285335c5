/**
 * The workspace model: the Cargo workspaces and crates of a repository, read from committed files alone. Plain data.
 * Paths are relative to the Nx workspace root, with `/`; `''` is the root itself.
 */
import type { Location } from '../diagnostics/location.js';

export interface RepositoryModel {
  /** Sorted by root. A crate outside any workspace is a workspace of its own. */
  readonly workspaces: readonly CargoWorkspace[];
}

export interface CargoWorkspace {
  readonly root: string;
  /** The manifest that holds `[workspace]`, or the lone crate's own. */
  readonly manifest: string;
  readonly lockFile: string;
  /** True where the root manifest has no `[package]`. */
  readonly virtual: boolean;
  /** Sorted by root. */
  readonly crates: readonly Crate[];
  /** `[workspace.metadata.nx-cargo-cross]` as written. */
  readonly metadata: WrittenMetadata | undefined;
  /** The channel of the nearest rust-toolchain file at or above the workspace root (within the repository), if there is one. */
  readonly toolchain: PinnedToolchain | undefined;
  /** `.cargo/config.toml` and `.cargo/config` files that cargo reads when it runs in the workspace root, nearest first, and what they include, whether it is there or not. */
  readonly cargoConfigs: readonly string[];
}

export interface Crate {
  /** The package name. */
  readonly name: string;
  readonly version: string;
  readonly root: string;
  readonly manifest: string;
  /** What a user can ship from it. Empty for plain library crates. */
  readonly artifacts: readonly CrateArtifact[];
  /** Roots of the local crates it depends on, by kind. Sorted. */
  readonly dependencies: readonly LocalDependency[];
  /** `[package.metadata.nx-cargo-cross]` as written. */
  readonly metadata: WrittenMetadata | undefined;
}

/** A bin, cdylib or staticlib target of a crate, by its name in Cargo's terms (no prefix, no suffix). */
export interface CrateArtifact {
  readonly kind: 'bin' | 'cdylib' | 'staticlib';
  readonly name: string;
  /** Features without which cargo skips the target. */
  readonly requiredFeatures: readonly string[];
}

export interface LocalDependency {
  readonly root: string;
  readonly kind: 'normal' | 'build' | 'dev';
}

/** A table as the user wrote it, with the place to name in errors. */
export interface WrittenMetadata {
  readonly value: unknown;
  readonly file: string;
  /** The file's whole text, to find the line of a key. */
  readonly text: string;
  /** The dotted path of the table in the file, for the same purpose. */
  readonly path: readonly string[];
}

export interface PinnedToolchain {
  readonly file: string;
  /** As written: `1.96.0`, `stable`, `nightly-2026-01-01`; undefined for `path` toolchains. */
  readonly channel: string | undefined;
  /** The `targets` list. */
  readonly targets: readonly string[];
  readonly location: Location;
}
