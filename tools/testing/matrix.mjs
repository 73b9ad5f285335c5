/**
 * The build matrix: every crate of the fleet for every platform, each built for real. Goes on where it was stopped: a cell that passed with this very
 * plugin and these very sources is not built again.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { crossTasks, runNxTask } from '../demo/nx.mjs';
import { installFleet } from '../fleet.mjs';
import { digestOf, filesBelow } from '../lib/files.mjs';
import { cacheFolder, FLEET } from '../lib/paths.mjs';
import { pack } from '../pack.mjs';
import { emptyTally } from './tally.mjs';

const STATE = cacheFolder('matrix.json');

/** @param {{fresh: boolean}} options @returns {Promise<import('./tally.mjs').Tally>} */
export async function runMatrix({ fresh }) {
  const tally = emptyTally();
  const packed = pack();
  const ready = packed.ok ? installFleet(packed.tarball, console.log) : packed;
  const asked = ready.ok ? await crossTasks() : ready;
  if (!asked.ok) {
    console.log(asked.output);
    return { ...tally, failed: 1, failures: ['the fleet'] };
  }
  const key = createHash('sha256').update(packed.digest).update(sourcesDigest()).digest('hex');
  const passed = fresh ? {} : passedBefore(key);
  for (const { task } of asked.tasks) {
    const cell = passed[task] ?? (await build(task));
    if (cell.output === undefined) {
      console.log(`  ok ${task} (${cell.seconds} s${task in passed ? ', before' : ''})`);
      tally.passed++;
      passed[task] = { seconds: cell.seconds };
      writeState({ key, passed });
    } else {
      console.log(`  FAILED ${task} (${cell.seconds} s)\n${cell.output.replace(/^/gm, '    ')}`);
      tally.failed++;
      tally.failures.push(task);
    }
  }
  return tally;
}

/** Without Nx's cache, which could hold what another plugin built. */
async function build(task) {
  const started = performance.now();
  const { code, output } = await runNxTask(['run', task, '--skip-nx-cache']);
  const seconds = Math.round((performance.now() - started) / 1000);
  return code === 0 ? { seconds } : { seconds, output };
}

function sourcesDigest() {
  const files = filesBelow(FLEET, (path) => !/(^|\/)(node_modules|target|dist|\.nx)$/.test(path));
  return digestOf(FLEET, files);
}

function passedBefore(key) {
  try {
    const state = JSON.parse(readFileSync(STATE, 'utf8'));
    return state.key === key ? state.passed : {};
  } catch {
    return {};
  }
}

function writeState(state) {
  mkdirSync(dirname(STATE), { recursive: true });
  writeFileSync(`${STATE}.${process.pid}`, JSON.stringify(state, null, 2));
  renameSync(`${STATE}.${process.pid}`, STATE);
}
