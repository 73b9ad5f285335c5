import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { isCurrent } from './plugin.mjs';

const root = mkdtempSync(join(tmpdir(), 'plugin-'));
after(() => rmSync(root, { recursive: true, force: true }));

const WRITTEN = '{"version":"7.0.2"}';

for (const { what, files, notes = WRITTEN, expected } of [
  { what: 'never compiled', files: { 'src/a.ts': 1 }, expected: false },
  { what: 'compiled after the last edit', files: { 'src/a.ts': 1, 'dist/pure.tsbuildinfo': 2 }, expected: true },
  { what: 'edited since', files: { 'src/a.ts': 2, 'dist/pure.tsbuildinfo': 1 }, expected: false },
  { what: 'compiled with an error, so nothing was written', files: { 'src/a.ts': 1, 'dist/pure.tsbuildinfo': 2 }, notes: '{"affectedFilesPendingEmit":[83]}', expected: false },
])
  test(`the compiled plugin is current: ${what}`, () => {
    const folder = mkdtempSync(join(root, 'package-'));
    for (const [name, time] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), notes);
      utimesSync(join(folder, name), time, time);
    }
    assert.equal(isCurrent(folder), expected);
  });
