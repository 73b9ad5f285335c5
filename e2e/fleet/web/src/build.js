/** Makes the page, still without artifacts: its style sheet goes into it, so that it is one file. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withStyle } from './page.js';
import { PAGE, STYLE, TEMPLATE } from './paths.js';

const [page, style] = await Promise.all([readFile(PAGE, 'utf8'), readFile(STYLE, 'utf8')]);
await mkdir(dirname(TEMPLATE), { recursive: true });
await writeFile(TEMPLATE, withStyle(page, style));
console.log('web: made dist/template.html');
