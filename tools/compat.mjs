/**
 * The packed package under Nx 22, 23 and 24, each on Node 20, 22 and 24; and what `nx affected` selects under each Nx, for every change of the mutation matrix. From a
 * fresh clone: `npm run test:compat`.
 *
 *     node tools/compat.mjs [words that the names of the files in e2e/compat must have]
 */
import { setUp } from './setup.mjs';

const tally = (await setUp('compat')) ? await runAll() : { passed: 0, failed: 1, skipped: [], failures: ['set-up'] };
const { report } = await import('./testing/tally.mjs');
for (const line of report(tally)) console.log(line);
process.exitCode = tally.failed === 0 ? 0 : 1;

async function runAll() {
  // What needs node modules is loaded once they are there.
  const { runCompat } = await import('./testing/suites.mjs');
  return runCompat(process.argv.slice(2));
}
