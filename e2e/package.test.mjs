/** What is in the packed package, and what isn't. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { filesBelow } from '../tools/lib/files.mjs';
import { template } from './rig/template.mjs';

const { plugin } = template();
const files = filesBelow(plugin);
const readJson = (file) => JSON.parse(readFileSync(join(plugin, file), 'utf8'));

test('e2e/package.test.mjs: every file that Nx is told of is in the package', () => {
  const { main, types, bin, exports, executors, generators } = readJson('package.json');
  const told = [main, types, ...Object.values(bin), ...Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry))), executors, generators];
  for (const { implementation, batchImplementation, schema } of Object.values(readJson(executors).executors)) told.push(implementation, batchImplementation, schema);
  for (const { factory, schema } of Object.values(readJson(generators).generators)) told.push(factory, schema);
  const missing = told.filter((file) => file !== undefined && !existsSync(join(plugin, file)));
  assert.deepEqual(missing, []);
});

test('e2e/package.test.mjs: the command starts by itself', () => {
  for (const file of Object.values(readJson('package.json').bin)) assert.match(readFileSync(join(plugin, file), 'utf8'), /^#!\/usr\/bin\/env node\n/);
});

test('e2e/package.test.mjs: tests, the test kit, source maps and notes of the compiler are not', () => {
  assert.deepEqual(files.filter((file) => /\.test\.|\.map$|\.tsbuildinfo$|^dist\/testkit\//.test(file)), []);
});

test('e2e/package.test.mjs: every import of a package is of a declared dependency', () => {
  const { dependencies, peerDependencies } = readJson('package.json');
  const declared = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies ?? {})]);
  const undeclared = files
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => [...readFileSync(join(plugin, file), 'utf8').matchAll(/^(?:import|export)\b[^;'"]*?from '([^'.][^']*)'/gm)].map(([, from]) => ({ file, from })))
    .filter(({ from }) => !from.startsWith('node:') && !declared.has(from.split('/').slice(0, from.startsWith('@') ? 2 : 1).join('/')));
  assert.deepEqual(undeclared, []);
});
