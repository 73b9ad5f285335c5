/**
 * The suites of tests, each by itself and without any set-up. `tools/test.mjs` runs them all.
 *
 *     node tools/testing/suites.mjs unit|tools|e2e [words that the file names must have]
 */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureTemplate, TEMPLATE_VARIABLE } from '../../e2e/rig/template.mjs';
import { filesBelow } from '../lib/files.mjs';
import { ROOT } from '../lib/paths.mjs';
import { runJest } from './jest.mjs';
import { runNodeTests } from './node-tests.mjs';
import { report } from './tally.mjs';

/** Each takes words that narrow its files down, and gives a tally. */
export const SUITES = {
  /** The package's tables, with Jest on what is compiled. */
  unit: (words) => runJest(words),
  /** These scripts' own tests. */
  tools: (words) => runNodeTests(testFiles('tools', words), { concurrency: 2 }),
  /** The packed package in real workspaces. */
  e2e: (words) => {
    const env = { [TEMPLATE_VARIABLE]: JSON.stringify(ensureTemplate(console.log)) };
    return runNodeTests(testFiles('e2e', words), { concurrency: 2, env, verbose: true });
  },
};

/** The packed package under every pair of Nx and Node: `npm run test:compat`. */
export function runCompat(words) {
  const env = { [TEMPLATE_VARIABLE]: JSON.stringify(ensureTemplate(console.log)) };
  return runNodeTests(testFiles('e2e/compat', words), { concurrency: 2, env, verbose: true });
}

function testFiles(folder, words) {
  const into = (path) => !/(^|\/)(node_modules|target|dist|fleet|compat)$/.test(path);
  const files = filesBelow(join(ROOT, folder), into).filter((file) => file.endsWith('.test.mjs') && words.every((word) => file.includes(word)));
  return files.map((file) => join(ROOT, folder, file));
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [name = '', ...words] = process.argv.slice(2);
  if (!(name in SUITES)) {
    console.error(`usage: node tools/testing/suites.mjs ${Object.keys(SUITES).join('|')} [word ...]`);
    process.exit(2);
  }
  const tally = await SUITES[name](words);
  for (const line of report(tally)) console.log(line);
  process.exitCode = tally.failed === 0 ? 0 : 1;
}
