/** Runs the package's unit tests with Jest on the compiled output, and counts. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PACKAGE, ROOT } from '../lib/paths.mjs';
import { stream } from '../lib/run.mjs';
import { emptyTally } from './tally.mjs';

/**
 * @param {readonly string[]} [args]  for Jest: a pattern of test files, `-t name` ...
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runJest(args = []) {
  const folder = mkdtempSync(join(tmpdir(), 'nx-cargo-cross-jest-'));
  const results = join(folder, 'results.json');
  try {
    const code = await stream(process.execPath, [join(ROOT, 'node_modules/jest/bin/jest.js'), '--ci', '--json', `--outputFile=${results}`, ...args], {
      cwd: PACKAGE,
      env: { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings=ExperimentalWarning`.trim() },
    });
    return tallyOf(readJson(results), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tallyOf(results, code) {
  const tally = emptyTally();
  for (const file of results?.testResults ?? []) {
    const path = relative(ROOT, file.name);
    if (file.assertionResults.length === 0 && file.status === 'failed') fail(tally, `${path}: did not load`);
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') tally.passed++;
      else if (status === 'failed') fail(tally, `${path}: ${fullName}`);
      else tally.skipped.push({ name: `${path}: ${fullName}`, reason: status });
    }
  }
  if (code !== 0 && tally.failed === 0) {
    console.log(`jest ended with code ${code}, and says of no test that it failed`);
    fail(tally, `jest ended with code ${code}`);
  }
  return tally;
}

function fail(tally, name) {
  tally.failed++;
  tally.failures.push(name);
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
