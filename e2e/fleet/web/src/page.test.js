import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { withArtifacts, withStyle } from './page.js';
import { PAGE, STYLE } from './paths.js';

const TEMPLATE = '<body><!-- artifacts --></body>';

/** @param {Partial<{name: string, kind: string, size: number, sha256: string}>} file */
const buildOf = (file) => ({
  project: 'vault',
  platform: 'aarch64-linux',
  manifest: { version: '0.1.0', files: [{ name: 'vault', kind: 'bin', size: 123456, sha256: '0123456789abcdef'.repeat(4), ...file }] },
});

test('the real page has a slot for each part', async () => {
  const [page, style] = await Promise.all([readFile(PAGE, 'utf8'), readFile(STYLE, 'utf8')]);
  const whole = withArtifacts(withStyle(page, style), [buildOf({})]);
  assert.ok(whole.includes('font-family') && whole.includes('<td>aarch64-linux</td>'), whole);
});

test('a page without a slot is refused', () => {
  assert.throws(() => withArtifacts('<body></body>', []), /has no slot <!-- artifacts -->/);
});

test('every file gets a row', () => {
  const text = withArtifacts(TEMPLATE, [buildOf({}), buildOf({ name: 'vault.exe' })]);
  assert.equal(text.match(/<tr><td>/g)?.length, 2);
  assert.ok(text.includes('<td>vault 0.1.0</td><td>aarch64-linux</td><td>vault.exe</td><td>bin</td><td class="number">123456</td>'), text);
});

test('what a manifest says cannot become markup', () => {
  const text = withArtifacts(TEMPLATE, [buildOf({ name: '<b>$&"', kind: "'&" })]);
  assert.ok(text.includes('<td>&lt;b&gt;$&amp;&quot;</td><td>&#39;&amp;</td>'), text);
});

test('a fleet that was not built says so', () => {
  assert.equal(withArtifacts(TEMPLATE, []), '<body><p>Nothing was built yet.</p></body>');
});
