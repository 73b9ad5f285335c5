/** After a build: what it read, held against what its task's key holds. */
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileIn, isWithin } from '../cargo/paths.js';
import type { Uncovered } from '../diagnostics/uncovered.js';
import { findUncovered, type BuildReads, type CoverFacts, type FileRead, type FolderRead, type VariableRead } from '../graph/find-uncovered.js';
import type { PlannedBuild } from '../plan/plan.js';
import type { Probe } from '../plan/request.js';
import { canonicalNow, existsNow, isFolderNow, readTextNow, writtenNow } from '../system/files-now.js';
import { ignoredPaths, visibleFiles } from '../system/git.js';
import type { System } from '../system/system.js';
import type { Toolchain } from '../toolchain/identity.js';
import type { PackageReads } from './read-inputs.js';

/** What is known of a task whose result Nx may keep. */
export interface CheckedTask extends Pick<CoverFacts, 'key' | 'written' | 'forced'> {
  /** The task's key, as Nx calls it; undefined where Nx did not say. */
  readonly hash: string | undefined;
  /** Whether missing lines are written into the manifests. */
  readonly fix: boolean;
}

export interface CheckedBuild {
  readonly system: System;
  readonly workspaceRoot: string;
  readonly planned: PlannedBuild;
  readonly probe: Probe;
  readonly toolchain: Toolchain;
  readonly task: CheckedTask;
}

/** Whose files are the machine's own: its C library, headers, installed software. A key names the tools that read them, and their versions. */
const MACHINE = ['/usr', '/lib', '/lib32', '/lib64', '/opt', '/Library', '/System', '/Applications', '/nix/store', '/gnu/store', '/home/linuxbrew/.linuxbrew', 'C:\\Program Files', 'C:\\Program Files (x86)'];

/** Everything that was read and is in no key. */
export async function checkInputs(build: CheckedBuild, reads: readonly PackageReads[], rootOf: LocalRoots): Promise<readonly Uncovered[]> {
  const { planned, task, workspaceRoot } = build;
  const root = canonicalNow(workspaceRoot);
  const sorted = await sortReads(build, root, reads, rootOf);
  return findUncovered(sorted, {
    ...task,
    crateRoot: planned.request.crate.root,
    triple: planned.request.build.platform.triple,
    host: build.probe.host.triple,
    locate: (name, text) => locate(root, reads.filter((read) => read.package === name && read.by === 'compiler'), text),
  });
}

/** What a path means: undefined for what other parts of the key answer for. */
interface Place {
  /** Relative to the Nx workspace root with `/`; absolute where it lies outside. */
  readonly path: string;
  readonly place: 'inside' | 'outside';
}

async function sortReads(build: CheckedBuild, root: string, reads: readonly PackageReads[], rootOf: LocalRoots): Promise<BuildReads> {
  const placeOf = makePlaces(build, root, reads, rootOf);
  const files: Omit<FileRead, 'ignored'>[] = [];
  const folders: Omit<FolderRead, 'ignored' | 'files'>[] = [];
  const variables: VariableRead[] = [];
  for (const read of reads) {
    const reader = { package: read.package, root: rootOf(read.folder), by: read.by };
    variables.push(...read.variables.map((name) => ({ ...reader, name })));
    for (const path of read.paths) {
      const place = placeOf(path, read);
      if (!place) continue;
      if (place.place === 'inside' && read.by === 'script' && isFolderNow(path)) folders.push({ ...reader, path: place.path });
      else files.push({ ...reader, ...place });
    }
  }
  const inside = [...files.filter(({ place }) => place === 'inside'), ...folders].map(({ path }) => path).filter((path) => path !== '');
  const ignored = await ignoredPaths(build.system, root, [...new Set(inside)]);
  const isIgnored = (path: string, reader: string): boolean => ignored.has(path) && !wasGenerated(join(root, path), reads.filter((read) => read.package === reader));
  return {
    files: files.map((read) => ({ ...read, ignored: isIgnored(read.path, read.package) })),
    folders: await Promise.all(folders.map(async (read) => ({ ...read, ignored: ignored.has(read.path), files: isOwn(read, build) ? [] : await visibleFiles(build.system, root, read.path) }))),
    variables,
  };
}

/** A folder of the package itself, all of which is in the key: nothing in it need be listed. */
function isOwn({ path, root }: Pick<FolderRead, 'path' | 'root'>, { task }: CheckedBuild): boolean {
  return root !== undefined && isWithin(path, root) && task.key.file(fileIn(path, 'x')) === 'held';
}

function makePlaces({ system, planned, probe, toolchain, workspaceRoot }: CheckedBuild, root: string, reads: readonly PackageReads[], rootOf: LocalRoots): (path: string, read: PackageReads) => Place | undefined {
  const made = [probe.targetDir, planned.targetDir, system.cacheFolder, toolchain.sysroot, join(system.cargoHome, 'registry'), join(system.cargoHome, 'git'), ...reads.flatMap(({ outDir }) => outDir ?? [])];
  const answered = [...new Set(made)].map(canonicalNow);
  const { sdk } = planned.request.build;
  const tools = [...Object.values(probe.tools).flatMap((tool) => (tool ? [toolFolder(tool.path)] : [])), ...(sdk === undefined ? [] : [resolve(workspaceRoot, sdk)])];
  const machine = [...MACHINE, ...tools.filter((folder) => folder !== system.env['HOME']), ...tools.map(canonicalNow)];
  const known = new Map<string, string>();
  return (path, read) => {
    const real = known.get(path) ?? canonicalNow(path);
    known.set(path, real);
    if (answered.some((folder) => isBelow(real, folder))) return undefined;
    if (isBelow(real, root)) return { path: slashed(relative(root, real)), place: 'inside' };
    const ofMachine = rootOf(read.folder) === undefined || machine.some((folder) => isBelow(real, folder) || isBelow(path, folder));
    return read.by === 'script' && ofMachine && !/[/\\]\.git[/\\]/.test(real) ? undefined : { path: real, place: 'outside' };
  };
}

/** A compiler with all that is installed with it. */
function toolFolder(path: string): string {
  const folder = dirname(path);
  return basename(folder) === 'bin' ? dirname(folder) : folder;
}

/**
 * The folder of a package of the repository's own, relative to the Nx workspace root; undefined for one of a registry, vendored or not: its files are held against
 * checksums by cargo, and what of it lies in the repository is in the key by other inputs.
 */
export type LocalRoots = (folder: string) => string | undefined;

/** Asks the disk once for each folder. */
export function makeLocalRoots(workspaceRoot: string): LocalRoots {
  const root = canonicalNow(workspaceRoot);
  const known = new Map<string, string | undefined>();
  return (folder) => {
    if (known.has(folder)) return known.get(folder);
    const real = canonicalNow(folder);
    const found = isBelow(real, root) && !existsNow(join(real, '.cargo-checksum.json')) ? slashed(relative(root, real)) : undefined;
    known.set(folder, found);
    return found;
  };
}

/** Whether a build script of its package wrote a file while it ran: then that is made of what the script reads. */
function wasGenerated(path: string, ofPackage: readonly PackageReads[]): boolean {
  const written = writtenNow(path);
  return ofPackage.some(({ outDir }) => {
    if (outDir === undefined || written === undefined) return false;
    const [begin, end] = ['invoked.timestamp', 'output'].map((name) => writtenNow(join(dirname(outDir), name)));
    return begin !== undefined && end !== undefined && written >= begin - 1 && written <= end + 1;
  });
}

/** The first source with the text in it, with the line. */
function locate(root: string, reads: readonly PackageReads[], text: string): string | undefined {
  for (const path of new Set(reads.flatMap((read) => read.paths))) {
    if (!path.endsWith('.rs') || !isBelow(canonicalNow(path), root)) continue;
    const line = (readTextNow(path) ?? '').split('\n').findIndex((one) => one.includes(text));
    if (line >= 0) return `${slashed(relative(root, canonicalNow(path)))}:${line + 1}`;
  }
  return undefined;
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
