/** Files for what does one thing after another: the small programs that compilers start, and where there are hundreds to look at. What cannot be read is undefined. */
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';

export function readTextNow(path: string): string | undefined {
  return attemptNow(() => readFileSync(path, 'utf8'));
}

const PIECE = 65_536;

/** The lines of a file that begin with a word, each with its line break; empty where there is no such file. Of a large file no more is held than that. */
export function linesWithNow(path: string, word: string): string {
  const found: string[] = [];
  let begun = '';
  const take = (text: string, ends: boolean): void => {
    const lines = (begun + text).split('\n');
    const last = lines.pop() ?? '';
    found.push(...lines.filter((line) => line.startsWith(word)).map((line) => `${line}\n`));
    // What is another line already needs not be remembered but by a beginning that is none.
    begun = last.length <= word.length || last.startsWith(word) ? last : last.slice(0, word.length);
    if (ends && begun.startsWith(word)) found.push(`${begun}\n`);
  };
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    const decoder = new TextDecoder();
    const piece = Buffer.allocUnsafe(PIECE);
    for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) take(decoder.decode(piece.subarray(0, length), { stream: true }), false);
    take(decoder.decode(), true);
  } finally {
    closeSync(file);
  }
  return found.join('');
}

export function readBytesNow(path: string): Uint8Array | undefined {
  return attemptNow(() => readFileSync(path));
}

export function listNow(path: string): readonly string[] {
  return attemptNow(() => readdirSync(path).sort()) ?? [];
}

/** What lies below a folder, relative and with `/`, sorted; `others` are neither files nor folders. */
export function treeNow(folder: string): { readonly files: readonly { readonly path: string; readonly size: number; readonly executable: boolean }[]; readonly folders: readonly string[]; readonly others: readonly string[] } {
  const entries = (attemptNow(() => readdirSync(folder, { recursive: true, withFileTypes: true })) ?? [])
    .map((entry) => ({ entry, path: relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const files = entries.flatMap(({ entry, path }) => {
    const found = entry.isFile() ? attemptNow(() => statSync(join(folder, path))) : undefined;
    return found ? [{ path, size: found.size, executable: (found.mode & 0o100) !== 0 }] : [];
  });
  const folders = entries.flatMap(({ entry, path }) => (entry.isDirectory() ? [path] : []));
  return { files, folders, others: entries.flatMap(({ entry, path }) => (entry.isFile() || entry.isDirectory() ? [] : [path])) };
}

/** The path without symbolic links in it. Where nothing is there, that of the nearest folder above, and the rest as it is. */
export function canonicalNow(path: string): string {
  const resolved = attemptNow(() => realpathSync.native(path));
  if (resolved !== undefined) return resolved;
  const above = dirname(path);
  return above === path ? path : join(canonicalNow(above), basename(path));
}

export function isFolderNow(path: string): boolean {
  return attemptNow(() => statSync(path).isDirectory()) ?? false;
}

/** When it was last written, in milliseconds. */
export function writtenNow(path: string): number | undefined {
  return attemptNow(() => statSync(path).mtimeMs);
}

/** Whether two paths are one file, or two with the same bytes: cargo links what it hands out, and copies it where it cannot. */
export function sameFileNow(one: string, other: string): boolean {
  return (
    attemptNow(() => {
      const [a, b] = [statSync(one), statSync(other)];
      return (a.ino === b.ino && a.dev === b.dev && a.ino !== 0) || (a.size === b.size && readFileSync(one).equals(readFileSync(other)));
    }) ?? false
  );
}

/** What tells a file that nobody has written from one that somebody has; when it was last written; and when its content, name or place last changed, which nobody can set. In nanoseconds since 1970. */
export function stampNow(path: string): { readonly stamp: string; readonly modified: bigint; readonly changed: bigint } | undefined {
  return attemptNow(() => {
    const { mtimeNs, ctimeNs, size, ino } = statSync(path, { bigint: true });
    return { stamp: [mtimeNs, ctimeNs, size, ino].join(':'), modified: mtimeNs, changed: ctimeNs };
  });
}

/** Gives a file or folder the present time. Says why where that fails. */
export function touchNow(path: string): string | undefined {
  try {
    const now = new Date();
    utimesSync(path, now, now);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export function existsNow(path: string): boolean {
  return existsSync(path);
}

export function writeNow(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Hands out a fresh folder and takes it away again. */
export function inTemporaryFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'nx-cargo-cross-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Undefined where it fails. */
export function attemptNow<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
