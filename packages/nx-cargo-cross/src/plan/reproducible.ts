/**
 * What makes the bytes of a build independent of machine, folder and day.
 *
 * rustc writes the paths of sources into panic messages and debug information, so that one program built in two checkouts, or with two cargo homes, would
 * differ. `--remap-path-prefix` gives those folders names that all machines share; of several prefixes the last that matches counts. Sources: The rustc book,
 * "Remap source paths"; reproducible-builds.org, SOURCE_DATE_EPOCH.
 */
import type { EnvEdit } from '../backend/env-edit.js';
import type { Linkage, PlatformBuild } from '../config/resolved.js';
import { snakeTriple, type Triple } from '../platform/triple.js';
import type { BuildFolders, BuildRequest, Probe } from './request.js';
import { effectiveLinkage } from './steps.js';

/** What a cargo call gets for it. */
export interface Reproducible {
  /** These give way to the user's own. */
  readonly rustflags: readonly string[];
  readonly env: readonly EnvEdit[];
}

/**
 * The date that linkers, C's `__DATE__` and build scripts write, in seconds since 1970: 1980-01-01, the oldest that every format can hold. The day of the build
 * would make two builds of one source differ, and a commit's date is in no key.
 */
const SOURCE_DATE_EPOCH = '315532800';

/**
 * @param compilesC whether the backend brings a C compiler.
 */
export function reproducible(request: BuildRequest, probe: Probe, compilesC: boolean): Reproducible {
  const folders = sharedNames(request.workspace.root, probe.folders);
  return {
    rustflags: folders.map(([folder, name]) => `--remap-path-prefix=${folder}=${name}`),
    env: [
      { kind: 'set-if-missing', name: 'SOURCE_DATE_EPOCH', value: SOURCE_DATE_EPOCH, spellings: [] },
      ...(compilesC ? cflags(folders, request.build.platform.triple) : []),
      ...(request.closure.some(({ name }) => name === 'openssl-src') ? [{ kind: 'append', name: 'GNUMAKEFLAGS', value: OPENSSL_MAKE } as const] : []),
    ],
  };
}

/**
 * A folder for calls whose flags are not the platform's usual ones, below the target folder; empty for those that are. Cargo names what it compiles after the
 * flags, but not where one of them is `--remap-path-prefix`: a program and a library that are linked differently would take turns in compiling all that they
 * share. Source: cargo 1.85, `compilation_files.rs`, `has_remap_path_prefix`.
 */
export function flagsFolder({ platform, rustflags }: Pick<PlatformBuild, 'platform' | 'rustflags'>, linkage: Linkage | undefined): string {
  const unusual = linkage === effectiveLinkage(platform.triple.facts, undefined) ? [] : [linkage];
  return [...unusual, ...rustflags].join('-').replaceAll(/[^A-Za-z0-9+]+/g, '-').replace(/^-/, '').slice(0, LONGEST_NAME);
}

/** Two sets of flags that begin alike share a folder, which costs time and nothing else. */
const LONGEST_NAME = 80;

type Named = readonly [folder: string, name: string];

/** General ones first. A debugger that is started in the Cargo workspace's folder finds its sources. */
function sharedNames(cargoRoot: string, { repository, workspace, target, registries, checkouts }: BuildFolders): readonly Named[] {
  const above = cargoRoot === '' ? '' : cargoRoot.split('/').map(() => '..').join('/');
  const all = (folders: readonly string[], name: string): readonly Named[] => folders.map((folder) => [folder, name]);
  const names: readonly Named[] = [
    ...(above === '' ? [] : all(repository, above)),
    ...all(workspace, '.'),
    ...all(target, './target'),
    ...all(registries, '/cargo/registry/src'),
    ...all(checkouts, '/cargo/git/checkouts'),
  ];
  // Everything lies below the root of the file system.
  return names.filter(([folder]) => folder !== '/');
}

/**
 * OpenSSL writes into itself how it was compiled, and where engines and modules would be installed: the compiler's path, our flags, the build folder. Its Makefile is told other words for those alone; the file
 * with the compiler's is its own target. openssl-src says nothing else to make, and overwrites MAKEFLAGS. Sources: OpenSSL 3.6.3, `Configurations/unix-Makefile.tmpl` and `crypto/build.info`; openssl-src 300.6.1
 * `src/lib.rs`; GNU make 4.0 NEWS, GNUMAKEFLAGS.
 */
const OPENSSL_MAKE = [
  'ENGINESDIR=/usr/local/lib/engines',
  'MODULESDIR=/usr/local/lib/ossl-modules',
  ...['CC=cc', 'LIB_CFLAGS='].map((words) => `--eval=crypto/buildinf.h:override\\ ${words}`),
].join(' ');

/** What make, shells and cc-rs would not leave whole in a variable of words. */
const UNSAFE = /[\s"'`$\\=(){}[\]<>|;&*?#!~]/;

/**
 * For C compilers, behind the user's own words in whatever spelling. A folder with a blank or the like in its path keeps it; Microsoft's syntax has no such
 * word. Sources: gcc 8 and clang 10, `-ffile-prefix-map`; cc 1.2.60 `src/lib.rs`, `envflags`.
 */
function cflags(folders: readonly Named[], { name, facts }: Triple): readonly EnvEdit[] {
  if (facts.libc === 'msvc') return [];
  const words = folders.filter(([folder]) => !UNSAFE.test(folder)).map(([folder, shared]) => `-ffile-prefix-map=${folder}=${shared}`);
  if (words.length === 0) return [];
  return ['CFLAGS', 'CXXFLAGS'].map((flags) => ({ kind: 'append', name: `${flags}_${snakeTriple(name)}`, value: words.join(' '), stronger: [`${flags}_${name}`], weaker: [`TARGET_${flags}`, flags] }));
}
