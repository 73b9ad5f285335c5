/**
 * What `nx affected` selects under one version of Nx, for every change of the mutation matrix: by projects, by tasks, or by both, as that Nx can; without closure files,
 * and with them, synced after the change or not.
 */
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

/** How the change is followed up; in the workspace with closure files, both ways. */
const WAYS = { 'without closure files': [{ sync: false }], 'with closure files': [{ sync: false }, { sync: true }] };

/** @param {string} nx  a major @param {readonly ('projects' | 'tasks')[]} grains  those that it knows; the first is the one that it uses unless told otherwise */
export function testAffected(nx, grains) {
  for (const [name, ways] of Object.entries(WAYS)) describe(`nx affected of Nx ${nx} ${name}`, () => testsOf(nx, grains, name, ways));
}

function testsOf(nx, grains, name, ways) {
  const closureFiles = ways.length > 1;
  let workspace;
  let probe;
  let committed;
  let failed = false;

  before(async () => {
    workspace = await makeMatrixWorkspace({ name: `affected-${nx}`, template: ensureTemplate(console.log, NX[nx]), closureFiles });
    probe = startProbe(workspace);
    committed = await probe.ask();
  });

  after(() => {
    probe?.close();
    if (failed || process.env.KEEP_WORKSPACES) console.log(`kept: ${workspace.root}`);
    else rmSync(workspace.folder, { recursive: true, force: true });
  });

  for (const { group, row } of ROWS) {
    test(`nx affected of Nx ${nx} ${name}: ${group}: ${row.name}`, { timeout: 5 * 60_000 }, async () => {
      failed = true;
      for (const way of ways) {
        const outcome = await runRow(workspace, probe, row, committed, way);
        // What git ignores is no change of the repository.
        if (outcome.changes.files.length === 0) continue;
        assert.deepEqual(Object.keys(outcome.selections).sort(), [...grains].sort());
        assert.deepEqual(outcome.affected, outcome.selections[grains[0]]);
        for (const grain of grains) {
          const { falseHits, unsound, needlesslySelected } = judge(row, { ...outcome, affected: outcome.selections[grain] });
          const unexplained = needlesslySelected.filter((task) => whySelected(task, row, outcome.changes) === undefined);
          assert.deepEqual({ way, grain, falseHits, unsound, unexplained }, { way, grain, falseHits: [], unsound: [], unexplained: [] });
        }
      }
      failed = false;
    });
  }
}
