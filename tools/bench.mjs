/**
 * Measures the plugin beside what its users would type without it, and writes BENCHMARKS.md. Installs what is missing.
 *
 *     npm run bench -- [--program NAME] [--rival ID] [--scenario ID] [--rounds N] [--fresh]
 *
 * Each word may be given several times. What was measured is kept in the cache folder; --fresh forgets it.
 */
import { parseArgs } from 'node:util';
import { setUp } from './setup.mjs';

const many = { type: 'string', multiple: true, default: [] };
const { values } = parseArgs({ options: { program: many, rival: many, scenario: many, rounds: { type: 'string', default: '3' }, fresh: { type: 'boolean', default: false } } });

// What needs node modules is loaded once they are there.
if (await setUp('bench')) {
  const { checkWish, runBench } = await import('./bench/run.mjs');
  const wish = { programs: values.program, rivals: values.rival, scenarios: values.scenario, rounds: Number(values.rounds), fresh: values.fresh };
  const wrong = checkWish(wish);
  if (wrong) console.error(wrong);
  process.exitCode = wrong ? 2 : (await runBench(wish)) ? 0 : 1;
} else process.exitCode = 1;
