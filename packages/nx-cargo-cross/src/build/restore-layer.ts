/**
 * Puts the units of a layer into a target folder that has not got them, before cargo is called. Cargo then decides by its own notes what of it is fresh, so a layer that does not fit costs time and nothing else.
 *
 * All files get one and the same present time: cargo compares the times of units with those of what they were made from, and takes what lies in its own home for unchanged whatever its time is (cargo 1.95,
 * `core/compiler/fingerprint/mod.rs`, `find_stale_file`). The folder's notes need nothing of it: what they say of tools and variables is in the layer's key, and a unit that read a file of the repository is in no layer.
 */
import { dirname, join, relative, sep } from 'node:path';
import { ARCHIVE_NAME, INDEX_NAME, parseLayerIndex, partsOf, type LayerIndex, type LayerUnit } from '../layer/layer-index.js';
import { movedDepInfo } from '../layer/moved-dep-info.js';
import type { PlannedBuild } from '../plan/plan.js';
import { attempt, mkdir, rm, writeFile } from '../system/files.js';
import { existsNow, readTextNow, writeNow } from '../system/files-now.js';
import { digest } from '../system/digest.js';
import { readArchive } from '../system/brotli-archive.js';
import { placeNow } from '../system/place-now.js';
import type { System } from '../system/system.js';
import { takeFolder, takePlatforms } from './cargo-turn.js';

export interface Restoring {
  readonly system: System;
  readonly planned: PlannedBuild;
  /** Where the layer lies, absolute. */
  readonly folder: string;
  /** What `std-identity.ts` says of this build. */
  readonly std: () => Promise<string>;
  readonly signal: AbortSignal | undefined;
  readonly say: (what: string) => void;
  /** Told why the layer is of no use. */
  readonly unusable: (why: string) => void;
}

/** Whether a build asks for its layer: once for each crate, as long as the platform's part of the target folder is there. After that cargo has compiled itself what it needs. */
export function wantsLayer(planned: PlannedBuild): boolean {
  return !existsNow(askedNote(planned));
}

function askedNote({ calls, targetDir, triple, request }: PlannedBuild): string {
  return join(calls[0]?.targetDir ?? targetDir, triple, '.layers', digest(request.crate.root).slice(0, 16));
}

/** Never fails a build. */
export async function restoreLayer(restoring: Restoring): Promise<void> {
  const { system, planned, folder, say, unusable } = restoring;
  if (!wantsLayer(planned)) return;
  const begin = system.now();
  const read = readTextNow(join(folder, INDEX_NAME));
  const parsed = read === undefined ? ({ ok: false, why: `${INDEX_NAME} is missing` } as const) : parseLayerIndex(read, treesIn(planned));
  if (!parsed.ok) unusable(parsed.why);
  else {
    const put = await attempt(() => putUnits(restoring, parsed.index));
    if (!put.ok) unusable(put.cause);
    else if (typeof put.value === 'string') unusable(put.value);
    else if (put.value !== undefined && put.value > 0) say(`${put.value} units of ${parsed.index.packages} third-party packages are put into the target folder from the layer (${megabytes(parsed.index.size)}), in ${((system.now() - begin) / 1000).toFixed(1)} s`);
  }
  const note = askedNote(planned);
  await attempt(async () => {
    await mkdir(dirname(note), { recursive: true });
    await writeFile(note, '');
  });
}

/** Returns how many units were put there, or why none was; undefined where it was stopped. */
async function putUnits(restoring: Restoring, { units, sha256, std }: LayerIndex): Promise<number | string | undefined> {
  const { planned, folder, std: identify } = restoring;
  const { targetDir } = planned;
  const isMissing = (unit: LayerUnit): boolean => partsOf(unit).every((part) => !existsNow(join(targetDir, unit.profile, part)));
  const missing = new Set(units.filter(isMissing));
  if (missing.size === 0) return 0;
  if ((await identify()) !== std) return `it was compiled with another standard library than there is here for ${planned.triple}`;
  const draft = join(targetDir, 'layer', `unpacked-${process.pid}`);
  const inDraft = ({ profile }: LayerUnit, path: string): string => join(draft, profile, path);
  await rm(draft, { recursive: true, force: true });
  try {
    for (const unit of missing) for (const path of new Set([...unit.folders, ...unit.files.map((file) => dirname(file.path))])) await mkdir(inDraft(unit, path), { recursive: true });
    const files = units.flatMap((unit) => unit.files.map(({ path, size, executable }) => ({ place: `${unit.profile}/${path}`, size, executable, to: missing.has(unit) ? inDraft(unit, path) : undefined })));
    const unpacked = await readArchive(join(folder, ARCHIVE_NAME), sha256, files);
    if (!unpacked.ok) return `${ARCHIVE_NAME} cannot be unpacked: ${unpacked.cause}`;
    for (const { place, to } of files) if (to !== undefined && place.endsWith('.d')) leadTo(targetDir, place, to);
    // What runs on the machine that builds is in the layer of each platform: mostly another has put it there.
    const isShared = [...missing].some((unit) => isMissing(unit) && !isOfPlatform(planned, unit));
    return await whereNobodyWrites(restoring, isShared, () => {
      const now = new Date();
      let put = 0;
      // Meanwhile another may have put some there, or compiled them.
      for (const unit of [...missing].filter(isMissing)) {
        // In their order: a unit without its fingerprint is not there for cargo.
        const failures = partsOf(unit).map((part) => placeNow(inDraft(unit, part), join(targetDir, unit.profile, part), now)).filter((cause) => cause !== undefined);
        if (failures[0] !== undefined) return failures[0];
        put++;
      }
      return put;
    });
  } finally {
    await attempt(() => rm(draft, { recursive: true, force: true }));
  }
}

/** What rustc noted of a unit's sources, some of which are made below the target folder, is read again after the build. */
function leadTo(targetDir: string, place: string, file: string): void {
  const text = readTextNow(file) ?? '';
  const moved = movedDepInfo(text, place, targetDir);
  if (moved !== text) writeNow(file, moved);
}

/** Not a turn's wait: who has the turn waits for those who are coming, and lets them in. A cargo that compiles for another platform keeps nobody from putting units there for this one. */
async function whereNobodyWrites<T>({ planned, say, signal }: Restoring, isShared: boolean, work: () => T): Promise<T | undefined> {
  const { directory, request, triple } = planned;
  const ends: (() => Promise<void>)[] = [];
  try {
    for (const targetDir of new Set(planned.calls.map((call) => call.targetDir))) {
      const end = await (isShared ? takeFolder : takePlatforms)({ targetDir, profile: request.build.profile, triples: [triple], directory, task: request.task, say, signal });
      if (!end) return undefined;
      ends.push(end);
    }
    return work();
  } finally {
    for (const end of ends) await end();
  }
}

/** Where units of a build lie: for its triple and for the machine that builds, in the target folder of each call. */
function treesIn(planned: PlannedBuild): readonly string[] {
  return foldersIn(planned).flatMap((folder) => [folder, platformTree(planned, folder)]);
}

function isOfPlatform(planned: PlannedBuild, { profile }: LayerUnit): boolean {
  return foldersIn(planned).some((folder) => profile.startsWith(`${platformTree(planned, folder)}/`));
}

function foldersIn({ calls, targetDir }: PlannedBuild): readonly string[] {
  return [...new Set(calls.map((call) => relative(targetDir, call.targetDir).split(sep).join('/')))];
}

function platformTree({ triple }: PlannedBuild, folder: string): string {
  return folder === '' ? triple : `${folder}/${triple}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
