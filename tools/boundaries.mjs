/**
 * Checks what the compiler cannot: that imports point downwards, that pure code is pure, that files stay small.
 *
 *     node tools/boundaries.mjs
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkLengths, checkSources } from './boundaries/check.mjs';
import { filesBelow } from './lib/files.mjs';
import { ROOT } from './lib/paths.mjs';

const SOURCE = 'packages/nx-cargo-cross/src';

/** @returns {string[]} one line per breach, `file:line: rule` */
export function boundaryBreaches() {
  const sources = read(SOURCE, (file) => file.endsWith('.ts'));
  const scripts = [
    ...prefixed('tools', read('tools', (file) => file.endsWith('.mjs'))),
    ...prefixed('e2e', read('e2e', (file) => file.endsWith('.mjs'))),
    ...prefixed(SOURCE, sources),
  ];
  return [...checkSources(sources), ...checkLengths(new Map(scripts))].map(({ file, line, rule }) => `${file}${line ? `:${line}` : ''}: ${rule}`);
}

function read(folder, wanted) {
  const files = filesBelow(join(ROOT, folder), (path) => !/(^|\/)(node_modules|target|dist|fleet)$/.test(path)).filter(wanted);
  return new Map(files.map((file) => [file, readFileSync(join(ROOT, folder, file), 'utf8')]));
}

function prefixed(folder, files) {
  return [...files].map(([file, text]) => [`${folder}/${file}`, text]);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const breaches = boundaryBreaches();
  for (const breach of breaches) console.log(breach);
  console.log(breaches.length === 0 ? 'boundaries: kept' : `boundaries: ${breaches.length} broken`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
}
