/** The end of the demo, as text: what each platform got, and what went wrong. */
import { seconds } from './live.mjs';
import { size, table } from './table.mjs';

const HEAD = ['crate', 'platform', 'file', 'backend', 'size', 'linkage', 'needs', 'proof', 'ran', 'time', 'from'];

/**
 * One row per artifact.
 * @param {readonly import('./programs.mjs').Cell[]} cells
 * @param {import('./board.mjs').Board} board
 * @param {readonly import('./programs.mjs').Outcome[]} outcomes
 */
export function artifactTable(cells, board, outcomes) {
  const rows = cells.flatMap((cell) =>
    cell.manifest.files.map((file) => {
      const entry = board.get(cell.task);
      const outcome = outcomes.find((candidate) => candidate.cell === cell && candidate.file === file.name);
      return [
        cell.project,
        cell.platform,
        file.name,
        backendOf(cell.manifest),
        size(file.size),
        file.linkage ?? '-',
        floorOf(file),
        'holds',
        ranOf(outcome),
        entry?.built ? seconds(entry.durationMs) : '-',
        entry?.built ? 'built' : 'cache',
      ];
    }),
  );
  return table(HEAD, rows, new Set(['size', 'time']));
}

function backendOf({ backend }) {
  return [backend.id, backend.version].filter(Boolean).join(' ');
}

/** What the system it runs on must at least be. */
function floorOf(file) {
  if (file.glibc) return `glibc ${file.glibc}`;
  if (file.minOs) return `${file.format === 'macho' ? 'macOS' : 'OS'} ${file.minOs}`;
  return '-';
}

function ranOf(outcome) {
  if (!outcome) return '-';
  if (outcome.state === 'ran') return `yes (${outcome.how})`;
  return outcome.state === 'not here' ? outcome.note : outcome.state.toUpperCase();
}

/** The texts of the programs, once per project, and what differs. */
export function programLines(outcomes) {
  const projects = [...new Set(outcomes.map(({ cell }) => cell.project))];
  return projects.flatMap((project) => {
    const own = outcomes.filter(({ cell }) => cell.project === project);
    const ran = own.filter(({ state }) => state === 'ran');
    const wrong = own.filter(({ state }) => state === 'failed' || state === 'differs');
    return [
      ...(ran.length > 0 ? [`${project} prints the same on ${ran.length} platform${ran.length === 1 ? '' : 's'}:`, indent(ran[0].text.trimEnd())] : []),
      ...wrong.map(({ cell, state, note }) => `${project} for ${cell.platform} ${state}: ${note}`),
    ];
  });
}

/** The failures of the tasks that failed, in the package's own words. */
export function failureLines(board, renderFailures) {
  return [...board.values()]
    .filter(({ phase }) => phase === 'failed')
    .flatMap(({ task, failures }) => [`${task} failed:`, failures.length > 0 ? indent(renderFailures(failures)) : '  (no reason was given)', '']);
}

function indent(text) {
  return text.replace(/^/gm, '  ');
}
