/**
 * The mutation matrix as a table: per change how many tasks it may give other bytes, how many get another key, how many `nx affected` selects, and why a task is
 * built again or selected for nothing.
 *
 *     npm run matrix -- [--nx=22|23|24|<version>] [--closure-files] [--unsynced] [--build[=platform,platform]] [words that the names of the changes must have]
 *
 * With `--build` every task that can be built is built before and after each change, and its bytes judge the keys and the model.
 */
import { rmSync } from 'node:fs';
import { NX } from '../../e2e/compat/versions.mjs';
import { BUILT_PLATFORMS, judgeBytes, startBytes } from '../../e2e/mutations/bytes.mjs';
import { judge, makeMatrixWorkspace, runRow, startProbe, whyUnbuilt } from '../../e2e/mutations/matrix.mjs';
import { NEEDLESS } from '../../e2e/mutations/needless.mjs';
import { GROUPS } from '../../e2e/mutations/rows.mjs';
import { SELECTED, whySelected } from '../../e2e/mutations/selections.mjs';
import { ensureTemplate } from '../../e2e/rig/template.mjs';

const [flags, words] = [true, false].map((flag) => process.argv.slice(2).filter((word) => word.startsWith('--') === flag));
const nx = flags.find((flag) => flag.startsWith('--nx='))?.slice('--nx='.length) ?? '24';
const workspace = await makeMatrixWorkspace({ template: ensureTemplate(console.log, NX[nx] ?? nx), closureFiles: flags.includes('--closure-files') });
const build = flags.find((flag) => /^--build(=|$)/.test(flag));
const probe = startProbe(workspace);
const committed = await probe.ask();
const total = Object.keys(committed.hashes).length;
const sync = flags.includes('--closure-files') && !flags.includes('--unsynced');
const selected = {};
const counts = { changes: 0, falseHits: 0, unexplained: 0, explained: 0, unsound: 0 };
const built = { rows: 0, tasks: 0, differ: 0, falseHits: 0, against: 0, same: 0, failed: 0 };
const bytes = build && (await startBytes(workspace, committed.tasks, build.split('=')[1]?.split(',') ?? BUILT_PLATFORMS));

console.log(`${total} tasks, Nx ${NX[nx] ?? nx}. bytes: whose bytes may change; key: whose key does; affected: whom nx affected -t cross selects\n`);
for (const [group, rows] of Object.entries(GROUPS)) {
  const wanted = rows.filter(({ name }) => words.every((word) => `${group} ${name}`.includes(word)));
  if (wanted.length > 0) console.log(`${group}\n${'bytes'.padStart(7)}${'key'.padStart(7)}${'affected'.padStart(10)}`);
  for (const row of wanted) {
    const outcome = await runRow(workspace, probe, row, committed, { sync, bytes });
    const verdict = judge(row, outcome);
    const explained = (row.needless ?? []).flatMap(({ tasks }) => tasks).length;
    counts.changes++;
    counts.falseHits += verdict.falseHits.length;
    counts.unexplained += verdict.needless.length + verdict.stale.length;
    counts.explained += explained;
    counts.unsound += verdict.unsound.length;
    for (const task of verdict.needlesslySelected) {
      const reason = whySelected(task, row, outcome.changes);
      if (reason) selected[reason] = (selected[reason] ?? 0) + 1;
      else verdict.unexplained = [...(verdict.unexplained ?? []), task];
    }
    counts.unexplained += verdict.unexplained?.length ?? 0;
    const why = [...new Set((row.needless ?? []).filter(({ tasks }) => tasks.length > 0).map(({ because }) => because))];
    const wrong = ['falseHits', 'needless', 'stale', 'unsound', 'unexplained'].filter((kind) => verdict[kind]?.length > 0).map((kind) => `${kind}: ${verdict[kind].join(' ')}`);
    const cells = [row.rebuilt.length, outcome.changed.length, outcome.affected?.length ?? '-'].map((cell, index) => String(cell).padStart(index === 2 ? 10 : 7));
    const judged = bytes ? sayBytes(row, outcome) : '';
    console.log(`${cells.join('')}${judged}  ${row.name}${why.length > 0 ? `  (${explained} needless: ${why.join(', ')})` : ''}${wrong.length > 0 ? `  WRONG ${wrong.join('; ')}` : ''}`);
  }
}
console.log('\nWhy a task is built again for nothing:');
for (const [name, reason] of Object.entries(NEEDLESS)) console.log(`  ${name}: ${reason}`);
console.log('\nWhy a task is selected whose bytes cannot change:');
for (const [name, reason] of Object.entries(SELECTED)) console.log(`${String(selected[name] ?? 0).padStart(6)} ${name}: ${reason}`);
console.log(`\n${counts.changes} changes, ${counts.falseHits} false hits, ${counts.unsound} tasks that nx affected misses, ${counts.explained} needless misses that are explained, ${counts.unexplained} that are not`);
if (bytes) {
  bytes.close();
  console.log(`${built.rows} changes judged by built bytes, ${counts.changes - built.rows} by the model alone. Of ${built.tasks} tasks built after a change (${bytes.platforms.join(', ')}), ${built.differ} have other bytes; ${built.falseHits} false hits, ${built.against} against the model, ${built.failed} that cannot be built; ${built.same} that the model allows to differ do not`);
}
probe.close();
rmSync(workspace.folder, { recursive: true, force: true });
process.exitCode = counts.falseHits + counts.unsound + counts.unexplained + built.falseHits + built.against + built.failed === 0 ? 0 : 1;

/** What the bytes say of a row, and how many tasks have others. */
function sayBytes(row, outcome) {
  if (!outcome.built) return `  model (${whyUnbuilt(row)})`;
  const verdict = judgeBytes(row, outcome, bytes);
  built.rows++;
  built.tasks += verdict.tasks;
  for (const kind of ['differ', 'falseHits', 'against', 'same', 'failed']) built[kind] += verdict[kind].length;
  const wrong = ['falseHits', 'against', 'failed'].filter((kind) => verdict[kind].length > 0).map((kind) => ` WRONG ${kind}: ${verdict[kind].join(' ')}`);
  return `  built ${String(verdict.differ.length).padStart(2)} of ${verdict.tasks}${verdict.same.length > 0 ? ` (${verdict.same.length} may and do not)` : ''}${wrong.join('')}`;
}
