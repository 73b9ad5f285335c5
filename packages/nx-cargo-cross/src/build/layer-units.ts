/** The units of cargo calls that another machine may use, with their files, as cargo left them. Source: cargo 1.95, `core/compiler/layout.rs`. */
import { basename, dirname, join, relative, sep } from 'node:path';
import type { ArtifactMessage, BuildScriptMessage } from '../cargo/messages.js';
import { parseFingerprint } from '../cargo/unit-fingerprint.js';
import { isDownloaded, selectUnits, type CompiledUnit } from '../layer/select-units.js';
import type { LayerFile, LayerUnit } from '../layer/layer-index.js';
import { listNow, readTextNow, treeNow } from '../system/files-now.js';
import { leftUnits } from './left-units.js';
import { makeIsSource, treesOf, type Noticing } from './touch-unnoticed.js';

export interface LayerFound {
  readonly units: readonly LayerUnit[];
  /** How many packages they are of. */
  readonly packages: number;
}

/**
 * @param root the target folder of cross-builds, absolute
 * @param base where cargo ran, without symbolic links
 */
export function layerUnits(root: string, noticing: Noticing, base: string, messages: readonly ArtifactMessage[], scripts: readonly BuildScriptMessage[]): LayerFound {
  const reading = unitsReadingRepository(noticing, base);
  const profiles = new Map<string, Profile>();
  const found = [...new Map([...messages.flatMap(unitsOf), ...scripts.flatMap(runOf)].map((unit) => [`${unit.folder}\n${unit.hash}`, unit])).values()];
  const units = found.flatMap((unit): readonly (CompiledUnit & { readonly packageId: string; readonly made: LayerUnit })[] => {
    const profile = relative(root, unit.folder).split(sep).join('/');
    if (profile === '' || profile.startsWith('..')) return [];
    const content = profiles.get(unit.folder) ?? readProfile(unit.folder);
    profiles.set(unit.folder, content);
    const made = filesOf(unit, content);
    return [{ ...unit, downloaded: isDownloaded(unit.packageId), readsRepository: reading.has(unit.hash), fingerprint: made && fingerprintOf(unit, content), made: { profile, hash: unit.hash, files: made?.files ?? [], folders: made?.folders ?? [] } }];
  });
  const kept = selectUnits(units);
  return { units: kept.map(({ made }) => made), packages: new Set(kept.map(({ packageId }) => packageId)).size };
}

interface Named {
  /** The folder of its profile, absolute. */
  readonly folder: string;
  readonly hash: string;
  readonly packageId: string;
  /** What is in its folder below `build`: nothing for most, of a script the program that it is compiled to, or all that its run left. */
  readonly build: 'nothing' | 'program' | 'run';
}

function unitsOf({ filenames, packageId }: ArtifactMessage): readonly Named[] {
  return filenames.flatMap((path): readonly Named[] => {
    const parent = dirname(path);
    const ofScript = basename(dirname(parent)) === 'build' ? /-([0-9a-f]{16})$/.exec(basename(parent))?.[1] : undefined;
    if (ofScript !== undefined) return [{ folder: dirname(dirname(parent)), hash: ofScript, packageId, build: 'program' }];
    // Cargo gives no hash to the files of some libraries; they are compiled again.
    const hash = basename(parent) === 'deps' ? /-([0-9a-f]{16})\.[^/\\]+$/.exec(path)?.[1] : undefined;
    return hash === undefined ? [] : [{ folder: dirname(parent), hash, packageId, build: 'nothing' }];
  });
}

function runOf({ outDir, packageId }: BuildScriptMessage): readonly Named[] {
  const folder = dirname(outDir);
  const hash = /-([0-9a-f]{16})$/.exec(basename(folder))?.[1];
  return hash === undefined ? [] : [{ folder: dirname(dirname(folder)), hash, packageId, build: 'run' }];
}

/** What lies in a profile's folder, by hash. */
interface Profile {
  readonly deps: ReadonlyMap<string, readonly LayerFile[]>;
  readonly notes: ReadonlyMap<string, string>;
  readonly build: ReadonlyMap<string, string>;
}

function readProfile(folder: string): Profile {
  const named = (below: string): ReadonlyMap<string, string> =>
    new Map(listNow(join(folder, below)).flatMap((name): [string, string][] => {
      const hash = /-([0-9a-f]{16})$/.exec(name)?.[1];
      return hash === undefined ? [] : [[hash, join(folder, below, name)]];
    }));
  const deps = new Map<string, LayerFile[]>();
  for (const file of treeNow(join(folder, 'deps')).files) {
    const hash = /^[^/]*-([0-9a-f]{16})(?:\.[^/]*)?$/.exec(file.path)?.[1];
    if (hash !== undefined) deps.set(hash, [...(deps.get(hash) ?? []), { ...file, path: `deps/${file.path}` }]);
  }
  return { deps, notes: named('.fingerprint'), build: named('build') };
}

/** Undefined where something is neither file nor folder: a layer holds nothing else. */
function filesOf({ folder, hash, build }: Named, profile: Profile): Pick<LayerUnit, 'files' | 'folders'> | undefined {
  const parts = [profile.notes.get(hash), build === 'nothing' ? undefined : profile.build.get(hash)].filter((part) => part !== undefined);
  const trees = parts.map((part) => ({ at: relative(folder, part).split(sep).join('/'), ...treeNow(part) }));
  if (trees.some(({ others }) => others.length > 0)) return undefined;
  // `build-script-build` is `build_script_build-<hash>` once more, and cargo makes it again.
  const counts = (at: string, path: string): boolean => build !== 'program' || !at.startsWith('build/') || path.includes(hash);
  return {
    files: [...(profile.deps.get(hash) ?? []), ...trees.flatMap(({ at, files }) => files.filter(({ path }) => counts(at, path)).map((file) => ({ ...file, path: `${at}/${file.path}` })))],
    folders: trees.flatMap(({ at, folders }) => folders.map((path) => `${at}/${path}`)),
  };
}

function fingerprintOf({ hash }: Named, { notes }: Profile): CompiledUnit['fingerprint'] {
  const folder = notes.get(hash);
  if (folder === undefined) return undefined;
  const parts = listNow(folder).filter((name) => name.endsWith('.json'));
  const [name] = parts;
  if (name === undefined || parts.length > 1) return undefined;
  return parseFingerprint(readTextNow(join(folder, name.slice(0, -'.json'.length))) ?? '', readTextNow(join(folder, name)) ?? '');
}

/** By what rustc and the scripts said that they read. */
function unitsReadingRepository(noticing: Noticing, base: string): ReadonlySet<string> {
  const isSource = makeIsSource(noticing);
  const units = treesOf(noticing).flatMap(({ tree, targetDir }) => leftUnits({ tree, targetDir, base, isSource }, {}));
  const reading = units.filter(({ files, folders }) => files.length > 0 || folders.size > 0);
  return new Set(reading.flatMap(({ name }) => /-([0-9a-f]{16})(?:\.d|\/[^/]*)$/.exec(name)?.[1] ?? []));
}
