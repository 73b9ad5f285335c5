import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blank, importsOf } from './source.mjs';

const blanked = [
  ["comments", "a; // throw\nb; /* Date\n */ c;", "a;         \nb;        \n    c;"],
  ["strings", "x('throw', \"it's\");", "x('     ', \"    \");"],
  ["an escaped quote", "x('a\\'b');c", "x('    ');c"],
  ["a template and what is inside it", "`throw ${Date.now()} throw` + d", "`      ${Date.now()}      ` + d"],
  ["a template in a template", "`a${`b${c}`}d`;e", "` ${` ${c}`} `;e"],
  ["an object in a template", "`a${{ b: 1 }.b}c`;d", "` ${{ b: 1 }.b} `;d"],
  ["a regular expression with quotes", "x.match(/['\"`]/);throw y", "x.match(       );throw y"],
  ["a division", "a / b; c / 'd'", "a / b; c / ' '"],
];

for (const [name, source, expected] of blanked) test(`blanks ${name}`, () => assert.equal(blank(source), expected));

test('finds every kind of import, with its line', () => {
  const source = [
    "import 'a';",
    "import b from 'b';",
    "import type { C } from '../c.js';",
    'import {',
    '  d,',
    "} from './d.js';",
    "export { e } from './e.js';",
    "export * from './f.js';",
    "const g = await import('./g.js');",
    "// import 'h';",
    "export const i = 'import j';",
    '  import: "k",',
  ].join('\n');
  assert.deepEqual(importsOf(source), [
    { from: 'a', line: 1, typeOnly: false },
    { from: 'b', line: 2, typeOnly: false },
    { from: '../c.js', line: 3, typeOnly: true },
    { from: './d.js', line: 6, typeOnly: false },
    { from: './e.js', line: 7, typeOnly: false },
    { from: './f.js', line: 8, typeOnly: false },
    { from: './g.js', line: 9, typeOnly: false },
  ]);
});
