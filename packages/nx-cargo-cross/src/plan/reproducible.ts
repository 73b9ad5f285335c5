/**
 * What makes the bytes of a build independent of machine, folder and day.
 *
 * rustc writes the paths of sources into panic messages and debug information, so that one program built in two checkouts, or with two cargo homes, would
 * differ. `--remap-path-prefix` gives those folders names that all machines share; of several prefixes the last that matches counts. Sources: The rustc book,
 * "Remap source paths"; reproducible-builds.org, SOURCE_DATE_EPOCH.
 */
import type { CrossSetUp } from '../backend/contract.js';
import type { EnvEdit } from '../backend/env-edit.js';
import { FOLDERS, OWN_FOLDER, PUBLISHED, TARGET_NAME } from '../backend/named-folders.js';
import { snakeTriple, type Triple } from '../platform/triple.js';
import { BESIDE } from './beside.js';
import type { BuildRequest, Probe } from './request.js';

/**
 * The date that linkers, C's `__DATE__` and build scripts write, in seconds since 1970: 1980-01-01, the oldest that every format can hold. The day of the build
 * would make two builds of one source differ, and a commit's date is in no key.
 */
const SOURCE_DATE_EPOCH = '315532800';

/** Folders of ours, absolute. */
export interface OwnFolders {
  /** The target folder that the call is told. */
  readonly outputs: string;
  /** Where the backend's files lie. */
  readonly filesDirectory: string;
}

/**
 * What a cargo call gets for it.
 * @param setUp the backend's.
 */
export function reproducible(request: BuildRequest, probe: Probe, { tools, namesFolders }: Pick<CrossSetUp, 'tools' | 'namesFolders'>, own: OwnFolders): readonly EnvEdit[] {
  const folders = sharedNames(request.workspace.root, probe, own);
  return [
    { kind: 'set', name: FOLDERS, value: folders.map((named) => named.join('=')).reverse().join('\n') },
    { kind: 'set-if-missing', name: 'SOURCE_DATE_EPOCH', value: SOURCE_DATE_EPOCH, spellings: [] },
    ...(tools && !namesFolders ? cflags([...folders, [own.filesDirectory, OWN_FOLDER]], request.build.platform.triple) : []),
    ...(request.closure.some(({ name }) => name === 'openssl-src') ? [{ kind: 'append', name: 'GNUMAKEFLAGS', value: OPENSSL_MAKE } as const] : []),
  ];
}

/**
 * The folder below `targetDir` where a call's outputs lie. Cargo does not see what scripts in RUSTC_WRAPPER do, and would take what was made without them, or by other rules: a new rule needs a new number. Nor
 * does it see whose sources it compiled, since it knows them by their place in the Cargo workspace: checkouts that share a target folder would take each other's.
 */
export function outputFolder(targetDir: string, rule: string, { checkout }: Pick<Probe, 'checkout'>): string {
  return [targetDir, rule, ...(checkout === undefined ? [] : [checkout])].join('/');
}

/** The rule by which rustc is told the names of folders. */
export const NAMED_FOLDERS = 'named-folders-1';

type Named = readonly [folder: string, name: string];

/** General ones first. A debugger that is started in the Cargo workspace's folder finds its sources. */
function sharedNames(cargoRoot: string, { targetDir, checkout, folders: { repository, workspace, target, registries, checkouts } }: Probe, { outputs }: OwnFolders): readonly Named[] {
  const above = cargoRoot === '' ? '' : cargoRoot.split('/').map(() => '..').join('/');
  const all = (folders: readonly string[], name: string): readonly Named[] => folders.map((folder) => [folder, name]);
  const names: readonly Named[] = [
    ...(above === '' ? [] : all(repository, above)),
    ...all(workspace, '.'),
    ...all(target, TARGET_NAME),
    // Those of a checkout have the name that all have.
    ...(checkout === undefined ? [] : all(target.map((folder) => `${folder}${outputs.slice(targetDir.length)}`), `${TARGET_NAME}${outputs.slice(targetDir.length, -checkout.length - 1)}`)),
    ...BESIDE.flatMap((name) => all(target.map((folder) => `${folder}${outputs.slice(targetDir.length)}/${name}`), `${TARGET_NAME}${outputs.slice(targetDir.length, checkout === undefined ? undefined : -checkout.length - 1)}`)),
    ...all(registries, PUBLISHED.registries),
    ...all(checkouts, PUBLISHED.checkouts),
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
