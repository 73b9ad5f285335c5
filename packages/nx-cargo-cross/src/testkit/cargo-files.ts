/** A builder of Cargo repositories, as files in memory: `aRepository().workspace('').bin('crates/app').files()`. */
import type { Files } from './tree.js';

/** What to write into a crate. */
export interface CrateSpec {
  readonly name?: string;
  readonly version?: string;
  /** Lines of TOML for `[dependencies]`. */
  readonly dependencies?: readonly string[];
  readonly devDependencies?: readonly string[];
  readonly buildDependencies?: readonly string[];
  /** More TOML, behind the rest. */
  readonly toml?: string;
  /** More files, relative to the crate. */
  readonly files?: Files;
}

/** One package of a lock file. */
export interface LockSpec {
  readonly name: string;
  readonly version?: string;
  /** Local packages have none. */
  readonly source?: string;
  readonly dependencies?: readonly string[];
}

/** Adds to a repository; `files()` ends it. */
export interface RepositoryBuilder {
  /** A virtual workspace with `members = ["crates/*"]`, unless the TOML says otherwise. */
  workspace(root: string, toml?: string): RepositoryBuilder;
  bin(root: string, spec?: CrateSpec): RepositoryBuilder;
  lib(root: string, spec?: CrateSpec): RepositoryBuilder;
  lock(root: string, packages: readonly LockSpec[]): RepositoryBuilder;
  file(path: string, text: string): RepositoryBuilder;
  files(): Files;
}

/** What crates.io is called in lock files. */
export const REGISTRY = 'registry+https://github.com/rust-lang/crates.io-index';

/** An empty repository to add to. Every call gives a new builder. */
export function aRepository(files: Files = {}): RepositoryBuilder {
  const withFiles = (more: Files): RepositoryBuilder => aRepository({ ...files, ...more });
  const crate = (root: string, source: string, spec: CrateSpec): RepositoryBuilder =>
    withFiles({ [at(root, 'Cargo.toml')]: crateToml(root, spec), [at(root, source)]: '', ...below(root, spec.files ?? {}) });
  return {
    workspace: (root, toml = '[workspace]\nmembers = ["crates/*"]\n') => withFiles({ [at(root, 'Cargo.toml')]: toml }),
    bin: (root, spec = {}) => crate(root, 'src/main.rs', spec),
    lib: (root, spec = {}) => crate(root, 'src/lib.rs', spec),
    lock: (root, packages) => withFiles({ [at(root, 'Cargo.lock')]: lockToml(packages) }),
    file: (path, text) => withFiles({ [path]: text }),
    files: () => files,
  };
}

/** The text of a lock file, version 4. A package with a version of its own kind has a made-up checksum. */
export function lockToml(packages: readonly LockSpec[]): string {
  const entries = packages.map(({ name, version = '0.1.0', source, dependencies = [] }) =>
    [
      '[[package]]',
      `name = "${name}"`,
      `version = "${version}"`,
      ...(source === undefined ? [] : [`source = "${source}"`, `checksum = "sum-of-${name}-${version}"`]),
      ...(dependencies.length > 0 ? [`dependencies = [${dependencies.map((dependency) => `"${dependency}"`).join(', ')}]`] : []),
    ].join('\n'),
  );
  return ['version = 4', ...entries].join('\n\n') + '\n';
}

function crateToml(root: string, spec: CrateSpec): string {
  const section = (name: string, lines: readonly string[] | undefined): readonly string[] => (lines && lines.length > 0 ? [`[${name}]`, ...lines] : []);
  return [
    '[package]',
    `name = "${spec.name ?? (root.slice(root.lastIndexOf('/') + 1) || 'root')}"`,
    `version = "${spec.version ?? '0.1.0'}"`,
    'edition = "2024"',
    ...section('dependencies', spec.dependencies),
    ...section('dev-dependencies', spec.devDependencies),
    ...section('build-dependencies', spec.buildDependencies),
    spec.toml ?? '',
  ].join('\n');
}

function below(root: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [at(root, path), text]));
}

function at(root: string, path: string): string {
  return root === '' ? path : `${root}/${path}`;
}
