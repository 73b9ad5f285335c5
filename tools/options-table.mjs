/**
 * The table of options in the package's README, made from the one table that the code checks options by.
 *
 *     node tools/options-table.mjs          writes it
 *     node tools/options-table.mjs --check  says whether it is as it should be
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PACKAGE } from './lib/paths.mjs';

const README = join(PACKAGE, 'README.md');
const BEGIN = '<!-- options:begin -->\n';
const END = '<!-- options:end -->';

/** @returns {Promise<string>} the README with the table as it should be */
export async function readmeWithOptions() {
  const { OPTIONS } = await import(pathToFileURL(join(PACKAGE, 'dist/config/options.js')).href);
  const readme = readFileSync(README, 'utf8');
  return readme.slice(0, readme.indexOf(BEGIN) + BEGIN.length) + renderTable(OPTIONS) + readme.slice(readme.indexOf(END));
}

/** @param {readonly {key: string, levels: readonly string[], doc: string, default?: string}[]} options */
export function renderTable(options) {
  const rows = options.map((option) => `| \`${option.key}\` | ${option.levels.join(', ')} | ${cell(option.doc)} | ${cell(option.default ?? '')} |\n`);
  return `| option | where | what | default |\n|---|---|---|---|\n${rows.join('')}`;
}

function cell(text) {
  return text.replaceAll('|', '\\|');
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const wanted = await readmeWithOptions();
  if (!process.argv.includes('--check')) writeFileSync(README, wanted);
  else if (wanted !== readFileSync(README, 'utf8')) {
    console.error('The table of options in the README is not up to date: node tools/options-table.mjs');
    process.exitCode = 1;
  }
}
