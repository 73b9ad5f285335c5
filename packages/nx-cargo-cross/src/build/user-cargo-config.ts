/** What the user's cargo configuration says at build time: all the files that cargo itself would read, also those outside the repository. */
import { isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import { findCargoConfigs, parseCargoConfigs, selectJobs, selectRustcWrapper, selectTargetDir, selectTripleConfig } from '../cargo/cargo-config.js';
import { joinOnDisk } from '../cargo/paths.js';
import { success, type Result } from '../diagnostics/result.js';
import type { UserRustflags } from '../plan/request.js';
import { screamingTriple, type Triple } from '../platform/triple.js';
import type { System } from '../system/system.js';
import { makeSourceTree } from '../system/source-tree.js';

export interface UserCargoConfig {
  readonly rustflags: UserRustflags;
  /** The linker that the files name for the triple. */
  readonly linker: UserLinker | undefined;
  /** `build.rustc-wrapper`: absolute, or a name on the PATH; undefined where nothing says it. */
  readonly rustcWrapper: string | undefined;
  /** `build.target-dir`, absolute; undefined where nothing says it. */
  readonly targetDir: string | undefined;
  /** `build.jobs` as written; undefined where nothing says it. */
  readonly jobs: string | number | undefined;
  /** Whether a runner is set for the triple. */
  readonly hasRunner: boolean;
}

/** A linker as written, and where it is looked for. */
export interface UserLinker {
  readonly value: string;
  /** The file that says it. */
  readonly file: string;
  /** Absolute where it is a path; undefined for a bare name, which cargo looks up on the PATH. */
  readonly path: string | undefined;
}

/**
 * Reads the files of a directory and all above it, and cargo's home folder's last.
 * Fails with `manifest-syntax` or `file-unreadable`.
 */
export function readUserCargoConfig(system: System, directory: string, triple: Triple): Result<UserCargoConfig> {
  const root = parse(directory).root;
  const tree = makeSourceTree(root);
  const config = parseCargoConfigs(filesFor(system, directory, tree), tree, joinOnDisk);
  if (!config.ok) return config;
  const said = selectTripleConfig(config.value, triple.facts);
  const targetDir = selectTargetDir(config.value);
  const wrapper = selectRustcWrapper(config.value);
  const fromEnv = system.env[`CARGO_TARGET_${screamingTriple(triple.name)}_RUSTFLAGS`];
  return success({
    hasRunner: said.hasRunner || (system.env[`CARGO_TARGET_${screamingTriple(triple.name)}_RUNNER`] ?? '').trim() !== '',
    jobs: selectJobs(config.value),
    rustflags: { targetTable: said.rustflags.length > 0 || (fromEnv ?? '').trim() !== '', build: said.buildRustflags },
    linker: said.linker && {
      value: said.linker.value,
      file: join(root, said.linker.file),
      path: said.linker.value.includes('/') ? resolve(root, said.linker.directory, said.linker.value) : undefined,
    },
    rustcWrapper: wrapper?.value.includes('/') ? resolve(root, wrapper.directory, wrapper.value) : wrapper?.value,
    targetDir: targetDir && (isAbsolute(targetDir.value) ? targetDir.value : join(root, targetDir.directory, targetDir.value)),
  });
}

/** The text of those files, in one. */
export function userCargoConfigText(system: Pick<System, 'cargoHome'>, directory: string): string {
  const tree = makeSourceTree(parse(directory).root);
  const files = filesFor(system, directory, tree);
  const config = parseCargoConfigs(files, tree, joinOnDisk);
  const included = config.ok ? config.value.included.flatMap((file) => file ?? []) : [];
  return [...files, ...included].map((file) => `${file}\n${JSON.stringify(tree.readText(file) ?? '')}\n`).join('');
}

/** Relative to the root of the file system. */
function filesFor(system: Pick<System, 'cargoHome'>, directory: string, tree: ReturnType<typeof makeSourceTree>): readonly string[] {
  const root = parse(directory).root;
  const fromRoot = (path: string): string => relative(root, path).split(sep).join('/');
  const home = fromRoot(system.cargoHome);
  return [...new Set([...findCargoConfigs(fromRoot(directory), tree), ...[`${home}/config.toml`, `${home}/config`].filter((file) => tree.isFile(file))])];
}
