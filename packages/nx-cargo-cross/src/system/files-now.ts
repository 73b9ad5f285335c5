/** Files for the small programs that compilers start, which do one thing after another. What cannot be read is undefined. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export function readTextNow(path: string): string | undefined {
  return attemptNow(() => readFileSync(path, 'utf8'));
}

export function readBytesNow(path: string): Uint8Array | undefined {
  return attemptNow(() => readFileSync(path));
}

export function listNow(path: string): readonly string[] {
  return attemptNow(() => readdirSync(path).sort()) ?? [];
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

function attemptNow<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
