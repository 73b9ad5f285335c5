/**
 * Where runs are recorded: small compressed JSON files, each written once and whole, so that any number of runs may be at it at once. Synchronous: there are
 * many of them, and a promise for each takes longer than the file.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { digest } from './digest.js';
import { uniqueSuffix } from './files.js';
import { cacheFolder } from './user-folders.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What there is to record: runs, the keys of their tasks, and what parts of keys are made of. */
export type RecordKind = 'runs' | 'keys' | 'parts';

export interface RunRecords {
  /** Absolute. */
  readonly folder: string;
  has(kind: RecordKind, name: string): boolean;
  /** Keeps a value; one of that name that is there stays. Throws as the system does. */
  put(kind: RecordKind, name: string, value: unknown): void;
  /** Undefined where there is none, or where it cannot be read. */
  get(kind: RecordKind, name: string): unknown;
  /** Sorted. */
  names(kind: RecordKind): readonly string[];
  /** Takes one away; a record that somebody has just made stays, unless it may go at any age. */
  drop(kind: RecordKind, name: string, atAnyAge: boolean): void;
  /** A secret of this machine, to make digests that say nothing elsewhere. Throws as the system does. */
  salt(): string;
}

/** `false`: nothing is recorded. An absolute path: recorded there. */
const SWITCH = 'NX_CARGO_CROSS_RECORDS';

/**
 * The records of a workspace; undefined where none are to be made. In the user's own cache folder: `nx reset` empties Nx's, and what it did to the cache is among
 * what is to be explained.
 * @param root the Nx workspace root
 */
export function runRecords(root: string, env: Env): RunRecords | undefined {
  const wish = env[SWITCH];
  if (wish === 'false') return undefined;
  const own = Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  const above = wish !== undefined && isAbsolute(wish) ? wish : join(cacheFolder(own), 'runs');
  const place = real(root);
  return openRecords(above, join(above, digest(place).slice(0, 16)), place);
}

function openRecords(above: string, folder: string, place: string): RunRecords {
  const file = (kind: RecordKind, name: string): string => join(folder, kind, `${name}.json.gz`);
  let made = false;
  const make = (): void => {
    if (made) return;
    made = true;
    if (existsSync(join(folder, PLACE))) return;
    for (const kind of ['runs', 'keys', 'parts']) mkdirSync(join(folder, kind), { recursive: true, mode: 0o700 });
    writeWhole(join(folder, PLACE), Buffer.from(`${JSON.stringify({ place })}\n`), false);
    dropForsaken(above, folder);
  };
  return {
    folder,
    has: (kind, name) => existsSync(file(kind, name)),
    put(kind, name, value) {
      make();
      writeWhole(file(kind, name), gzipSync(JSON.stringify(value), { level: 1 }), false);
    },
    get: (kind, name) => read(() => JSON.parse(gunzipSync(readFileSync(file(kind, name))).toString()) as unknown),
    names: (kind) => (read(() => readdirSync(join(folder, kind))) ?? []).flatMap((name) => (name.endsWith('.json.gz') ? [name.slice(0, -'.json.gz'.length)] : [])).sort(),
    drop(kind, name, atAnyAge) {
      const path = file(kind, name);
      const age = Date.now() - (read(() => statSync(path).mtimeMs) ?? 0);
      if (atAnyAge || age > JUST_MADE) rmSync(path, { force: true });
    },
    salt() {
      make();
      const path = join(folder, 'salt');
      if (!existsSync(path)) writeWhole(path, Buffer.from(randomBytes(16).toString('hex')), true);
      return readFileSync(path, 'utf8');
    },
  };
}

/** Says of a folder whose records are in it. */
const PLACE = 'place.json';

const HOUR = 3_600_000;

/** A record of that age may be needed by a run that is not recorded yet. */
const JUST_MADE = HOUR;

/** Readers see all of a file or none. @param first whether what is there already stays */
function writeWhole(path: string, bytes: Buffer, first: boolean): void {
  const draft = `${path}.${uniqueSuffix()}`;
  writeFileSync(draft, bytes, { mode: 0o600 });
  if (!first) return renameSync(draft, path);
  try {
    linkSync(draft, path);
  } catch {
    // Somebody was quicker, or the file system has no links.
    if (!existsSync(path)) renameSync(draft, path);
  }
  rmSync(draft, { force: true });
}

/** Takes away the records of workspaces that are gone, a week after the last run. */
function dropForsaken(above: string, except: string): void {
  for (const name of read(() => readdirSync(above)) ?? []) {
    const folder = join(above, name);
    const place = folder === except ? undefined : read(() => (JSON.parse(readFileSync(join(folder, PLACE), 'utf8')) as { readonly place?: unknown }).place);
    const last = read(() => statSync(join(folder, 'runs')).mtimeMs) ?? 0;
    if (typeof place === 'string' && !existsSync(place) && Date.now() - last > 7 * 24 * HOUR) read(() => rmSync(folder, { recursive: true, force: true }));
  }
}

function real(path: string): string {
  return read(() => realpathSync(path)) ?? path;
}

/** Undefined where the system refuses, or where a file is not what it should be. */
function read<T>(effect: () => T): T | undefined {
  try {
    return effect();
  } catch {
    return undefined;
  }
}
