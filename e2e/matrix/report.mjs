/** The result of the matrix as a table for people. */

/**
 * @param {readonly {cell: import('./cells.mjs').Cell, outcome: import('./workspace.mjs').Outcome | undefined}[]} results
 * @returns {string} Markdown
 */
export function renderMatrix(results) {
  const count = (kind) => results.filter(({ outcome }) => outcome?.built === kind).length;
  const ran = results.filter(({ outcome }) => outcome?.built === 'built' && isRun(outcome.ran)).length;
  const pending = results.filter(({ outcome }) => !outcome).length;
  const plugins = new Set(results.flatMap(({ outcome }) => (outcome ? [outcome.plugin] : [])));
  const rows = results.map(({ cell, outcome }) => `| ${[cell.program, cell.platform, label(cell), ...columns(outcome), ...(plugins.size > 1 ? [outcome?.plugin ?? ''] : [])].map(escape).join(' | ')} |\n`);
  return `# The build matrix

What \`npm run test:matrix\` found: every cell built by the packed plugin in an Nx workspace, its artifacts proved by their bytes, its program run where it can
run and its output compared. Written by that command; the cells are in \`matrix/cells.mjs\`, the programs in \`matrix/programs/\`.

${results.length} cells: ${count('built')} built and proved, of which ${ran} ran; ${count('failed')} failed; ${count('not here')} not possible on that machine${pending > 0 ? `; ${pending} not yet tried` : ''}.${plugins.size === 1 ? ` Plugin: ${[...plugins][0]}.` : ''}

| program | platform | backend | built | proved | ran, or why not |${plugins.size > 1 ? ' plugin |' : ''}
|---|---|---|---|---|---|${plugins.size > 1 ? '---|' : ''}
${rows.join('')}`;
}

function label({ backend, variant }) {
  return variant ? `${backend}, ${variant}` : backend;
}

function columns(outcome) {
  if (!outcome) return ['not yet', '', ''];
  if (outcome.built === 'built') return ['yes', outcome.proof ?? '', outcome.ran ?? ''];
  return [outcome.built === 'failed' ? `FAILED: ${outcome.why}` : `not here: ${outcome.why}`, outcome.proof ?? '', ''];
}

function isRun(ran) {
  return ran !== undefined && !ran.startsWith('not here') && ran !== 'a library';
}

function escape(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
