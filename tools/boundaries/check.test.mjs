import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundaryBreaches } from '../boundaries.mjs';
import { checkLengths, checkSources } from './check.mjs';
import { BARE_IMPORTS } from './rules.mjs';

test('the source of the package keeps its boundaries', () => assert.deepEqual(boundaryBreaches(), []));

const SRC = 'packages/nx-cargo-cross/src';

/** @type {[string, Record<string, string>, string[]][]} */
const cases = [
  ['an import downwards', { 'plan/a.ts': "import { b } from '../backend/b.js';" }, []],
  ['an import upwards', { 'backend/a.ts': "import type { B } from '../plan/b.js';" }, [`${SRC}/backend/a.ts:1 backend imports plan, which lies above it`]],
  ['an import within one row', { 'config/a.ts': "import { b } from '../cargo/b.js';" }, []],
  [
    'two folders of one row that import each other',
    { 'config/a.ts': "import { b } from '../cargo/b.js';", 'cargo/b.ts': "\nimport type { A } from '../config/a.js';" },
    [`${SRC}/config/a.ts:1 config and cargo import each other (the other way: cargo/b.ts:2)`],
  ],
  ['system in pure code', { 'plan/a.ts': "import type { S } from '../system/s.js';" }, [`${SRC}/plan/a.ts:1 pure code never imports system; take what is needed as an argument`]],
  ['system in build', { 'build/a.ts': "import type { S } from '../system/s.js';" }, []],
  ['system reaching up', { 'system/a.ts': "import type { P } from '../plan/p.js';" }, [`${SRC}/system/a.ts:1 system knows nothing of plan`]],
  ['a node built-in in pure code', { 'cargo/a.ts': "import { join } from 'node:path';" }, [`${SRC}/cargo/a.ts:1 cargo may not import "node:path" (allowed: smol-toml, picomatch, leven)`]],
  ['a package of the list', { 'cargo/a.ts': "import { parse } from 'smol-toml';" }, []],
  ['execa outside system', { 'build/a.ts': "import { execa } from 'execa';" }, [`${SRC}/build/a.ts:1 build may not import "execa" (allowed: ${BARE_IMPORTS.edge.join(', ')})`]],
  ['Nx in the entry files of the graph', { 'graph/create-nodes.ts': "import type { CreateNodes } from '@nx/devkit';" }, []],
  ['a clock in pure code', { 'plan/a.ts': 'const x = 1;\nconst now = new Date();' }, [`${SRC}/plan/a.ts:2 pure code says Date: that is a clock`]],
  ['a field named like a clock', { 'plan/a.ts': 'interface A { Date: string }\nconst b = a.Date;' }, []],
  ['asking whether a value is a date', { 'plan/a.ts': 'if (x instanceof Date) y();' }, []],
  ['a clock in a text', { 'plan/a.ts': "const b = 'new Date()'; // Date" }, []],
  ['throw', { 'build/a.ts': "throw new Error('x');" }, [`${SRC}/build/a.ts:1 throw means a bug of ours: return a failure, or call internalError`]],
  ['throw where it belongs', { 'diagnostics/internal-error.ts': "throw new Error('x');", 'index.ts': 'throw x;' }, []],
  ['throw in a test', { 'build/a.test.ts': "throw new Error('x');" }, []],
  ['a default export', { 'build/a.ts': 'export default 1;' }, [`${SRC}/build/a.ts:1 no default exports but where Nx asks for one`]],
  ['a default export that Nx asks for', { 'executors/build/executor.ts': 'export default 1;' }, []],
  ['testkit in production', { 'build/a.ts': "import { t } from '../testkit/t.js';" }, [`${SRC}/build/a.ts:1 only tests import testkit`]],
  ['an unknown folder', { 'utils/a.ts': '' }, [`${SRC}/utils/a.ts unknown folder "utils": add it to LAYERS in tools/boundaries/rules.mjs, or move the file`]],
];

for (const [name, files, expected] of cases) {
  test(name, () => {
    const breaches = checkSources(new Map(Object.entries(files)));
    assert.deepEqual(
      breaches.map(({ file, line, rule }) => `${file}${line ? `:${line}` : ''} ${rule}`),
      expected,
    );
  });
}

test('a file that is too long', () => {
  const lines = (count) => 'x\n'.repeat(count);
  assert.deepEqual(checkLengths(new Map([['a.ts', lines(300)]])), []);
  assert.deepEqual(checkLengths(new Map([['a.ts', lines(301)]])), [{ file: 'a.ts', rule: '301 lines; 300 are the limit: one concept per file' }]);
  assert.deepEqual(checkLengths(new Map([['packages/nx-cargo-cross/src/platform/known.ts', lines(301)]])), []);
});
