/**
 * All the tests but for the wide build matrix: set-up, type check, boundaries, unit tests, end-to-end tests. From a fresh clone: `npm test`.
 *
 *     node tools/test.mjs [--matrix [--fresh] [--keep] [--only TEXT]]
 */
import { setUp } from './setup.mjs';

const MATRIX = process.argv.includes('--matrix');

const tally = (await setUp('test')) ? await runAll() : { passed: 0, failed: 1, skipped: [], failures: ['set-up'] };
const { report } = await import('./testing/tally.mjs');
for (const line of report(tally)) console.log(line);
process.exitCode = tally.failed === 0 ? 0 : 1;

async function runAll() {
  // What needs node modules is loaded once they are there.
  const { build } = await import('./build.mjs');
  const { emptyTally, sum } = await import('./testing/tally.mjs');
  const { ok, output } = timed('type check and build', build);
  if (output) console.log(output);
  if (!ok) return { ...emptyTally(), failed: 1, failures: ['type check'] };
  if (MATRIX) {
    const { runMatrix } = await import('./testing/matrix.mjs');
    const only = process.argv.indexOf('--only');
    return runMatrix({ fresh: process.argv.includes('--fresh'), keep: process.argv.includes('--keep'), only: only > 0 ? (process.argv[only + 1] ?? '') : '' });
  }
  const { SUITES } = await import('./testing/suites.mjs');
  const tallies = [];
  for (const [name, run] of Object.entries(SUITES)) {
    console.log(`\n== ${name} tests`);
    const started = performance.now();
    const tally = await run([]);
    console.log(`== ${name}: ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped, ${inSeconds(started)}`);
    tallies.push(tally);
  }
  console.log('');
  return sum(tallies);
}

function timed(what, work) {
  const started = performance.now();
  const result = work();
  console.log(`${what}: ${result.ok ? 'ok' : 'FAILED'}, ${inSeconds(started)}`);
  return result;
}

function inSeconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
