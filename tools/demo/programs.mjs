/** Runs what was built, where it can run, and holds what the platforms say against one another. */
import { join } from 'node:path';
import { compileHello } from './c-program.mjs';
import { runnerFor } from './runners.mjs';

/** What makes each program of the fleet print a text that is the same for every build of one version. */
const ARGUMENTS = { vault: [], dial: ['--once'], beacon: [] };

/**
 * @typedef {object} Cell  one project on one platform
 * @property {string} project
 * @property {string} platform
 * @property {string} folder
 * @property {any} manifest
 *
 * @typedef {{cell: Cell, file: string, state: 'ran' | 'not here' | 'failed' | 'differs', how: string, text: string, note: string}} Outcome
 */

/**
 * Runs every program of the fleet.
 * @param {readonly Cell[]} cells
 * @returns {Outcome[]}
 */
export function runPrograms(cells) {
  const outcomes = [];
  for (const cell of cells) {
    for (const file of cell.manifest.files) {
      if (file.kind === 'bin' && cell.project in ARGUMENTS) outcomes.push(runProgram(cell, file, join(cell.folder, file.name), ARGUMENTS[cell.project], file.linkage === 'dynamic'));
      if (file.kind === 'staticlib' && cell.project === 'greet') outcomes.push(runWithC(cell, file));
    }
  }
  return markDifferences(outcomes);
}

function runProgram(cell, file, path, args, dynamic) {
  const outcome = { cell, file: file.name, how: '', text: '', note: '' };
  const runner = runnerFor(cell.manifest.triple, dynamic);
  if ('why' in runner) return { ...outcome, state: 'not here', note: runner.why };
  const { code, stdout, stderr } = runner.run(path, args);
  if (code === 0) return { ...outcome, state: 'ran', how: runner.how, text: stdout };
  return { ...outcome, state: 'failed', how: runner.how, note: `exit code ${code}\n${stdout}${stderr}`.trim() };
}

/** A library runs inside a program of its user: here the example in C. */
function runWithC(cell, file) {
  const compiled = compileHello(cell, file);
  if ('why' in compiled) return { cell, file: file.name, how: '', text: '', state: compiled.state, note: compiled.why };
  const outcome = runProgram(cell, file, compiled.program, ['Ada', 'Grace'], cell.platform === 'aarch64-linux');
  return outcome.state === 'ran' ? { ...outcome, how: `in C, ${outcome.how}` } : outcome;
}

/** The program that ran directly is the measure for its siblings; where none did, the first that ran. */
function markDifferences(outcomes) {
  return outcomes.map((outcome) => {
    if (outcome.state !== 'ran') return outcome;
    const siblings = outcomes.filter(({ state, cell }) => state === 'ran' && cell.project === outcome.cell.project);
    const measure = siblings.find(({ how }) => how.endsWith('directly')) ?? siblings[0];
    if (neutral(outcome) === neutral(measure)) return outcome;
    return { ...outcome, state: 'differs', note: `it printed:\n${outcome.text}\n${measure.cell.platform} printed:\n${measure.text}` };
  });
}

/** What was printed, without the platform's own names. */
function neutral({ text, cell }) {
  return text.replaceAll(cell.manifest.triple, '<platform>').replaceAll(cell.platform, '<platform>').trimEnd();
}
