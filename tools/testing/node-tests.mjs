/** Runs files of node:test, says how each test ended as it ends, and counts. */
import { relative } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import { ROOT } from '../lib/paths.mjs';
import { emptyTally } from './tally.mjs';

/**
 * @param {readonly string[]} files  absolute
 * @param {{concurrency?: number, env?: Record<string, string>, verbose?: boolean}} [options]  `verbose` prints tests that pass, too
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runNodeTests(files, { concurrency = 1, env = {}, verbose = false } = {}) {
  const tally = emptyTally();
  if (files.length === 0) return tally;
  // The runner hands this process's environment to the test files; it has no option for another.
  Object.assign(process.env, env);
  for await (const { type, data } of run({ files: [...files], concurrency })) {
    if (type === 'test:stderr' || type === 'test:stdout') process.stdout.write(data.message);
    // A suite's or a file's own end repeats what its tests said, but for a file that fell over before any test.
    if ((type !== 'test:pass' && type !== 'test:fail') || isContainer(data)) continue;
    const file = relative(ROOT, data.file ?? '');
    const name = data.name.includes('.test.mjs: ') ? data.name : `${file}: ${data.name}`;
    const seconds = `${((data.details?.duration_ms ?? 0) / 1000).toFixed(1)} s`;
    if (data.skip !== undefined) {
      tally.skipped.push({ name, reason: typeof data.skip === 'string' ? data.skip : '' });
      if (verbose) console.log(`  - ${name}, skipped${typeof data.skip === 'string' ? `: ${data.skip}` : ''}`);
    } else if (type === 'test:pass') {
      tally.passed++;
      if (verbose) console.log(`  ok ${name} (${seconds})`);
    } else {
      tally.failed++;
      tally.failures.push(name);
      console.log(`  FAILED ${name} (${seconds})\n${indent(explain(data.details?.error))}`);
    }
  }
  return tally;
}

function isContainer(data) {
  if (data.details?.type === 'suite') return true;
  const failedBelow = data.details?.error?.failureType === 'subtestsFailed';
  return failedBelow || (data.nesting === 0 && data.line === 1 && data.column === 1 && data.details?.error === undefined && /\.test\.mjs$/.test(data.name));
}

function explain(error) {
  if (error === undefined) return '';
  const cause = error.cause ?? error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : typeof cause === 'string' ? cause : inspect(cause);
}

function indent(text) {
  return text.replace(/^/gm, '    ');
}
