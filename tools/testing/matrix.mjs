/**
 * The build matrix: every cell of `e2e/matrix/cells.mjs`, built for real. Goes on where it was stopped: a cell that was built with this very plugin, these
 * very sources and this very wish is not built again. Writes what it found to `e2e/MATRIX.md`.
 *
 *     npm run test:matrix -- [--fresh] [--keep] [--only TEXT]
 *
 * --only: cells whose id holds the text. --keep: a cell that an older plugin built counts, and the table says which plugin that was.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CELLS } from '../../e2e/matrix/cells.mjs';
import { renderMatrix } from '../../e2e/matrix/report.mjs';
import { addPrograms, matrixOptions, programFiles, PROGRAMS, runCell } from '../../e2e/matrix/workspace.mjs';
import { ensureTemplate } from '../../e2e/rig/template.mjs';
import { makeWorkspace } from '../../e2e/rig/workspace.mjs';
import { digestOf } from '../lib/files.mjs';
import { cacheFolder, ROOT } from '../lib/paths.mjs';
import { pack } from '../pack.mjs';
import { emptyTally } from './tally.mjs';

const STATE = cacheFolder('matrix.json');
const TABLE = join(ROOT, 'e2e/MATRIX.md');

/** @param {{fresh: boolean, keep: boolean, only: string}} options @returns {Promise<import('./tally.mjs').Tally>} */
export async function runMatrix({ fresh, keep, only }) {
  const tally = emptyTally();
  const packed = pack();
  if (!packed.ok) throw new Error(packed.output);
  ensureTemplate(console.log);
  const state = fresh ? {} : readState();
  const plugin = packed.digest.slice(0, 12);
  const keys = new Map(CELLS.map((cell) => [cell.id, keyOf(cell)]));
  const known = ({ id }) => {
    const found = state[id];
    return found?.key === keys.get(id) && (keep || found.plugin === plugin) ? { ...found.outcome, plugin: found.plugin } : undefined;
  };
  const write = () => writeFileSync(TABLE, renderMatrix(CELLS.map((cell) => ({ cell, outcome: known(cell) }))));
  const cells = CELLS.filter(({ id }) => id.includes(only));
  let workspace;
  for (const cell of cells) {
    const before = known(cell);
    const started = performance.now();
    if (before?.built !== 'built') {
      workspace ??= await makeMatrixWorkspace();
      const outcome = await runCell(workspace, cell);
      state[cell.id] = { key: keys.get(cell.id), plugin, outcome: { ...outcome, output: undefined } };
      writeState(state);
      write();
      if (outcome.output !== undefined && outcome.built === 'failed') console.log(outcome.output.replace(/^/gm, '    '));
    }
    tell(tally, cell, known(cell), before?.built === 'built' ? 'before' : `${Math.round((performance.now() - started) / 1000)} s`);
  }
  write();
  return tally;
}

function tell(tally, { id }, outcome, when) {
  switch (outcome.built) {
    case 'built':
      console.log(`  ok ${id} (${when}): ${outcome.proof}; ${outcome.ran}`);
      tally.passed++;
      return;
    case 'not here':
      tally.skipped.push({ name: id, reason: outcome.why });
      return;
    case 'failed':
      console.log(`  FAILED ${id} (${when}): ${outcome.why}`);
      tally.failed++;
      tally.failures.push(id);
  }
}

/** A fresh workspace, with a target folder that outlives it: dependencies are compiled once, however often the plugin changes. */
async function makeMatrixWorkspace() {
  const workspace = await makeWorkspace('matrix', { options: matrixOptions() });
  workspace.env.CARGO_TARGET_DIR = cacheFolder('matrix', 'target');
  addPrograms(workspace);
  await workspace.commit('programs');
  return workspace;
}

function keyOf(cell) {
  const { cut, ...wish } = cell;
  return createHash('sha256').update(JSON.stringify(wish)).update(digestOf(PROGRAMS, programFiles(cell.program))).digest('hex');
}

function readState() {
  try {
    return JSON.parse(readFileSync(STATE, 'utf8'));
  } catch {
    return {};
  }
}

function writeState(state) {
  mkdirSync(dirname(STATE), { recursive: true });
  writeFileSync(`${STATE}.${process.pid}`, JSON.stringify(state, null, 2));
  renameSync(`${STATE}.${process.pid}`, STATE);
}
