/**
 * Notices that living processes of one machine leave for each other: a folder of files, each of which names the process that it is of. Only the user can read them. What a killed process left is taken away by
 * whoever reads the folder.
 */
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { attempt, uniqueSuffix } from './files.js';
import { isAlive, thisProcess, type LockHolder } from './locks.js';

/** Another's notice, or one's own, as it is read. */
export interface Notice {
  /** Absolute. */
  readonly path: string;
  /** As the writer calls itself: `app:cross-aarch64-linux-musl`. */
  readonly what: string;
  /** Milliseconds since it was written, or written anew. */
  readonly age: number;
  /** Whatever the writer put there, as JSON has it. */
  readonly content: unknown;
}

/** A notice of this process. */
export interface Posted {
  /** Absolute. */
  readonly path: string;
  /** Gives it another content. Readers see the one or the other. */
  replace(content: unknown): Promise<void>;
  /** Whether nobody has taken it away. */
  isThere(): Promise<boolean>;
  withdraw(): Promise<void>;
}

/**
 * Leaves a notice. Never fails: where nothing can be written, nobody reads it.
 * @param what how the process calls itself for readers
 */
export async function postNotice(folder: string, what: string, content: unknown): Promise<Posted> {
  const path = join(folder, `${uniqueSuffix()}.json`);
  const holder = await thisProcess(what);
  const write = async (text: unknown): Promise<void> => {
    await mkdir(folder, { recursive: true });
    // A name that is not read: whoever is killed here leaves it for the next who reads.
    const draft = `${path}.draft`;
    await writeFile(draft, JSON.stringify({ ...holder, content: text }), { mode: 0o600 });
    await chmod(draft, 0o600);
    await rename(draft, path);
  };
  await attempt(() => write(content));
  return {
    path,
    async replace(text) {
      await attempt(() => write(text));
    },
    isThere: async () => (await attempt(() => stat(path))).ok,
    withdraw: () => takeNotice(path),
  };
}

/** All notices of living processes of this machine, in the order of their names. What cannot be read is somebody else's. */
export async function readNotices(folder: string): Promise<readonly Notice[]> {
  const names = await attempt(() => readdir(folder));
  const notices: Notice[] = [];
  for (const name of names.ok ? [...names.value].sort() : []) {
    const path = join(folder, name);
    const read = await attempt(async () => ({ text: await readFile(path, 'utf8'), since: (await stat(path)).mtimeMs }));
    if (!read.ok) continue;
    const notice = parseNotice(read.value.text);
    if (notice && notice.host !== hostname()) continue;
    // A draft may be half written; its name begins with the process.
    if (!(await isAlive(notice ?? { pid: parseInt(name, 10) || 0, host: hostname(), started: '' }))) {
      await takeNotice(path);
      continue;
    }
    if (notice && name.endsWith('.json')) notices.push({ path, what: notice.what, age: Math.max(0, Date.now() - read.value.since), content: notice.content });
  }
  return notices;
}

/** Takes a notice away; one that is gone is none to speak of. */
export async function takeNotice(path: string): Promise<void> {
  await attempt(() => rm(path, { force: true }));
}

/** Waits a moment before the next look. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await attempt(() => sleep(milliseconds, undefined, signal ? { signal } : {}));
}

interface Written extends LockHolder {
  readonly content: unknown;
}

/** Undefined for what is no whole notice. Exported for its tests. */
export function parseNotice(text: string): Written | undefined {
  try {
    const { pid, host, started, what, content } = Object(JSON.parse(text)) as Partial<Record<keyof Written, unknown>>;
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof started !== 'string' || typeof what !== 'string') return undefined;
    return { pid, host, started, what, content };
  } catch {
    return undefined;
  }
}
