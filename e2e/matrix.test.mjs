/** The cut of the build matrix: every backend, and every recipe for C, at least once. The whole of it is `npm run test:matrix`. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { CELLS } from './matrix/cells.mjs';
import { addPrograms, matrixOptions, runCell } from './matrix/workspace.mjs';
import { makeWorkspace } from './rig/workspace.mjs';

const CUT = CELLS.filter(({ cut }) => cut);

let workspace;
let failed = false;

before(async () => {
  workspace = await makeWorkspace('matrix', { options: matrixOptions() });
  addPrograms(workspace);
  await workspace.commit('programs');
});

after(() => {
  if (failed || process.env.KEEP_WORKSPACES) console.log(`kept: ${workspace.root}`);
  else rmSync(workspace.folder, { recursive: true, force: true });
});

for (const cell of CUT) {
  test(cell.id, { timeout: 45 * 60_000 }, async (context) => {
    const outcome = await runCell(workspace, cell);
    if (outcome.built === 'not here') return context.skip(outcome.why);
    failed ||= outcome.built !== 'built';
    assert.equal(outcome.built, 'built', `${outcome.why}\n${outcome.output}`);
  });
}

test('the cut holds every backend of the matrix', () => {
  assert.deepEqual([...new Set(CUT.map(({ backend }) => backend))].sort(), [...new Set(CELLS.map(({ backend }) => backend))].sort());
});
