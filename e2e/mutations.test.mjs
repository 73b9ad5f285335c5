/**
 * The mutation matrix: every kind of change, made one at a time, and for each the tasks whose key changed and those that `nx affected` selects, held against those
 * whose bytes may change. What is cheap to build is built before and after, and then the bytes judge keys and model. As a table, and with everything built: `npm run matrix`.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { judgeBytes, startBytes } from './mutations/bytes.mjs';
import { judge, makeMatrixWorkspace, runRow, startProbe, whyUnbuilt } from './mutations/matrix.mjs';
import { NEEDLESS } from './mutations/needless.mjs';
import { GROUPS } from './mutations/rows.mjs';
import { SELECTED, whySelected } from './mutations/selections.mjs';
import { ALL } from './mutations/truth.mjs';

const ROWS = Object.values(GROUPS).flat();

/** What is built here, for one platform. `npm run matrix -- --build` builds more. */
const BUILT = ['sources', 'Cargo.lock'];
const BUILT_FOR = ['x86_64-linux-musl'];

let workspace;
let probe;
let committed;
let bytes;
const judged = { changes: 0, tasks: 0, others: 0, same: 0 };
let failed = false;
/** The reasons for which something was selected needlessly. */
const selected = new Set();

before(async () => {
  workspace = await makeMatrixWorkspace();
  probe = startProbe(workspace);
  committed = await probe.ask();
});

after(() => {
  probe?.close();
  bytes?.close();
  if (failed || process.env.KEEP_WORKSPACES) console.log(`kept: ${workspace.root}`);
  else rmSync(workspace.folder, { recursive: true, force: true });
});

test('every task of the matrix has a key of its own', () => {
  assert.deepEqual(Object.keys(committed.hashes).sort(), [...ALL].sort());
  assert.equal(new Set(Object.values(committed.hashes)).size, ALL.length);
});

for (const [group, rows] of Object.entries(GROUPS)) {
  for (const row of rows) {
    test(`${group}: ${row.name}`, { timeout: 5 * 60_000 }, async () => {
      failed = true;
      if (BUILT.includes(group)) bytes ??= await startBytes(workspace, committed.tasks, BUILT_FOR);
      const outcome = await runRow(workspace, probe, row, committed, BUILT.includes(group) ? { bytes } : {});
      const { falseHits, needless, stale, unsound, needlesslySelected } = judge(row, outcome);
      const unexplained = needlesslySelected.filter((task) => whySelected(task, row, outcome.changes) === undefined);
      assert.deepEqual({ falseHits, needless, stale, unsound, unexplained }, { falseHits: [], needless: [], stale: [], unsound: [], unexplained: [] });
      for (const task of needlesslySelected) selected.add(whySelected(task, row, outcome.changes));
      if (outcome.built) byBytes(row, outcome);
      failed = false;
    });
  }
}

/** Bytes that changed under the same key are a false hit, and such that the model holds for unchangeable are a mistake of the model. */
function byBytes(row, outcome) {
  const { tasks, differ, same, falseHits, against, failed } = judgeBytes(row, outcome, bytes);
  assert.deepEqual({ falseHits, against, failed }, { falseHits: [], against: [], failed: [] });
  judged.changes++;
  judged.tasks += tasks;
  judged.others += differ.length;
  judged.same += same.length;
}

test('built bytes have judged what can be built', () => {
  const expected = BUILT.flatMap((group) => GROUPS[group]).filter((row) => whyUnbuilt(row) === undefined).length;
  console.log(`${judged.changes} of ${ROWS.length} changes judged by the bytes of ${judged.tasks} builds, of which ${judged.others} are others than before, and ${judged.same} might have been; the rest by the model`);
  assert.equal(judged.changes, expected);
  // A change that the compiler leaves out is not in the bytes; were all others left out, too, nothing would be judged.
  assert.ok(judged.others > 3 * judged.same, 'changes are in the bytes');
});

test('every reason for a needless miss is one of the list, and each of the list is needed', () => {
  const used = new Set(ROWS.flatMap(({ needless = [] }) => needless.map(({ because }) => because)));
  assert.deepEqual([...used].sort(), Object.keys(NEEDLESS).sort());
});

test('every reason for a needless selection is needed', () => assert.deepEqual([...selected].sort(), Object.keys(SELECTED).sort()));

/** What somebody else has: a clone, and a home with a cargo home in it. */
async function somebodyElses(folder) {
  const checkout = join(workspace.folder, folder, 'checkout');
  const home = join(workspace.folder, folder, 'home');
  mkdirSync(join(home, 'cargo'), { recursive: true });
  const cloned = await workspace.run('git', ['clone', '-q', workspace.root, checkout]);
  assert.equal(cloned.code, 0, cloned.text);
  cpSync(workspace.path('node_modules'), join(checkout, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  return { root: checkout, env: { HOME: home, CARGO_HOME: join(home, 'cargo'), USER: 'somebody', LOGNAME: 'somebody' } };
}

test('another checkout folder, home and cargo home, another clone time: the same keys', { timeout: 5 * 60_000 }, async () => {
  const other = await somebodyElses('of somebody else');
  const elsewhere = startProbe({ root: other.root, env: { ...workspace.env, ...other.env } });
  try {
    assert.deepEqual((await elsewhere.ask()).hashes, committed.hashes);
  } finally {
    elsewhere.close();
  }
});

// No blank in the path: C compilers are not told of such a folder.
test('and the same bytes', { timeout: 10 * 60_000 }, async () => {
  bytes ??= await startBytes(workspace, committed.tasks, BUILT_FOR);
  const { root, env } = await somebodyElses('another/place');
  cpSync(join(workspace.realEnv.CARGO_HOME, 'config.toml'), join(env.CARGO_HOME, 'config.toml'));
  const elsewhere = await startBytes({ root, realEnv: { ...workspace.realEnv, CARGO_HOME: env.CARGO_HOME } }, committed.tasks, BUILT_FOR);
  elsewhere.close();
  assert.ok(Object.keys(bytes.base).length > 10);
  assert.deepEqual(elsewhere.base, bytes.base);
});

test('the keys are those of a run, and the selection is that of the command', { timeout: 5 * 60_000 }, async () => {
  // Without cargo the run ends at once; its keys are in Nx's own account of it.
  const ran = await workspace.nx(['run', 'plain:cross-aarch64-linux']);
  assert.notEqual(ran.code, 0, ran.text);
  const account = JSON.parse(readFileSync(join(workspace.env.NX_CACHE_DIRECTORY, 'run.json'), 'utf8'));
  assert.deepEqual(account.tasks.map(({ taskId, hash }) => [taskId, hash]), [['plain:cross-aarch64-linux', committed.hashes['plain:cross-aarch64-linux']]]);
  const { stdout } = await workspace.nx(['affected', '-t', 'cross', '--files=libs/core/src/lib.rs', '--graph=stdout']);
  const selected = Object.keys(JSON.parse(stdout.slice(stdout.indexOf('{'))).tasks.tasks).filter((task) => task.includes(':cross-'));
  assert.deepEqual(selected.sort(), [...(await probe.ask({ changed: ['libs/core/src/lib.rs'] })).affected].sort());
});
