import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInstalled } from './node-modules.mjs';

const LOCKED = { '': { name: 'root' }, 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/of-another-system': { version: '1.0.0', optional: true } };

for (const { what, installed, expected } of [
  { what: 'all but what belongs to another system', installed: { 'node_modules/a': { version: '1.0.0', integrity: 'x' } }, expected: true },
  { what: 'a package is missing', installed: {}, expected: false },
  { what: 'another version', installed: { 'node_modules/a': { version: '0.9.0', integrity: 'x' } }, expected: false },
  { what: 'other bytes of the same version', installed: { 'node_modules/a': { version: '1.0.0', integrity: 'y' } }, expected: false },
  { what: 'an optional package in another version', installed: { 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/of-another-system': { version: '2.0.0' } }, expected: false },
  { what: 'a package besides', installed: { 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/b': { version: '1.0.0' } }, expected: true },
])
  test(`node modules: ${what}`, () => assert.equal(isInstalled(LOCKED, installed), expected));
