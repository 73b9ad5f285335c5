/** What `nx affected` selects under one version of Nx, for every change of the mutation matrix: by projects, by tasks, or by both, as that Nx can. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { judge, makeMatrixWorkspace, runRow, startProbe } from '../mutations/matrix.mjs';
import { GROUPS } from '../mutations/rows.mjs';
import { whySelected } from '../mutations/selections.mjs';
import { ensureTemplate } from '../rig/template.mjs';
import { NX } from './versions.mjs';

/** What is not of the repository, Nx has no word on. */
const ROWS = Object.entries(GROUPS).flatMap(([group, rows]) => rows.filter(({ change }) => Object.keys(change).some((kind) => !['env', 'tools', 'outside'].includes(kind))).map((row) => ({ group, row })));

/** @param {string} nx  a major @param {readonly ('projects' | 'tasks')[]} grains  those that it knows; the first is the one that it uses unless told otherwise */
export function testAffected(nx, grains) {
  describe(`nx affected of Nx ${nx}`, () => {
    let workspace;
    let probe;
    let committed;
    let failed = false;

    before(async () => {
      workspace = await makeMatrixWorkspace(`affected-${nx}`, ensureTemplate(console.log, NX[nx]));
      probe = startProbe(workspace);
      committed = await probe.ask();
    });

    after(() => {
      probe?.close();
      if (failed || process.env.KEEP_WORKSPACES) console.log(`kept: ${workspace.root}`);
      else rmSync(workspace.folder, { recursive: true, force: true });
    });

    for (const { group, row } of ROWS) {
      test(`nx affected of Nx ${nx}: ${group}: ${row.name}`, { timeout: 5 * 60_000 }, async () => {
        failed = true;
        const outcome = await runRow(workspace, probe, row, committed);
        assert.deepEqual(Object.keys(outcome.selections).sort(), [...grains].sort());
        assert.deepEqual(outcome.affected, outcome.selections[grains[0]]);
        for (const grain of grains) {
          const { falseHits, unsound, needlesslySelected } = judge(row, { ...outcome, affected: outcome.selections[grain] });
          const unexplained = needlesslySelected.filter((task) => whySelected(task, row, outcome.changes) === undefined);
          assert.deepEqual({ grain, falseHits, unsound, unexplained }, { grain, falseHits: [], unsound: [], unexplained: [] });
        }
        failed = false;
      });
    }
  });
}
