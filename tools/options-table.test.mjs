import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE } from './lib/paths.mjs';
import { readmeWithOptions, renderTable } from './options-table.mjs';

test("the README's table of options is the code's", async () => {
  assert.equal(readFileSync(join(PACKAGE, 'README.md'), 'utf8'), await readmeWithOptions(), 'mend it with: node tools/options-table.mjs');
});

test('a bar in a text does not end a cell', () => {
  const table = renderTable([
    { key: 'a', levels: ['workspace', 'package'], doc: 'one | two', default: '"x"' },
  ]);
  assert.deepEqual(table.split('\n').slice(2), ['| `a` | workspace, package | one \\| two | "x" |', '']);
});
