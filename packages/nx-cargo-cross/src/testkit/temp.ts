/** Folders of a test's own, gone when it ends. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** A new folder; call it at the top of a file or of a `describe`. */
export function aTempFolder(name = 'test'): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `nx-cargo-cross ${name}-`)));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
