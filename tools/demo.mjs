/**
 * The whole story: installs what is missing, cross-builds the demo monorepo through Nx and the packed plugin, runs what can run here, and says it all
 * in a table. From a fresh clone: `npm run demo`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { setUp } from './setup.mjs';
import { installFleet } from './fleet.mjs';
import { cacheFolder, FLEET, PACKAGE } from './lib/paths.mjs';
import { which } from './lib/run.mjs';
import { pack } from './pack.mjs';
import { buildFleet } from './demo/build.mjs';
import { seconds } from './demo/live.mjs';
import { readManifest } from './demo/manifests.mjs';
import { runPrograms } from './demo/programs.mjs';
import { artifactTable, failureLines, programLines } from './demo/report.mjs';

const clock = () => performance.now();
const LOG = cacheFolder('demo.log');

process.exitCode = (await demo()) ? 0 : 1;

async function demo() {
  if (!(await setUp('demo'))) return false;
  const packed = pack();
  if (!packed.ok) return complain(`The plugin does not compile:\n${packed.output}`);
  const installed = installFleet(packed.tarball, console.log);
  if (!installed.ok) return complain(installed.output);
  console.log(`nx run-many -t cross, in e2e/fleet. What Nx and the compilers print goes to ${LOG}`);
  const { board, code } = await buildFleet([...firstCalls(), ['run-many', '-t', 'cross']], { logFile: LOG, clock });
  const tasks = [...board.values()].sort((a, b) => (a.task < b.task ? -1 : 1));
  const cells = tasks.filter((entry) => settled(entry, code)).flatMap((entry) => {
    const found = readManifest(entry);
    return found ? [{ ...entry, ...found }] : [];
  });
  const outcomes = runPrograms(cells);
  console.log(`\n${artifactTable(cells, board, outcomes)}\n`);
  for (const line of programLines(outcomes)) console.log(line);
  console.log('');
  return conclude(tasks, cells, board, outcomes, code);
}

/**
 * Where nothing was built yet, the cheapest program comes first, so that there is something to see early: dial has no C in it, and mingw has its C
 * library ready, which zig would first have to make.
 */
function firstCalls() {
  if (existsSync(join(FLEET, 'dist/cross'))) return [];
  return [['run', which('x86_64-w64-mingw32-gcc') ? 'dial:cross-x86_64-windows' : 'dial:cross-x86_64-linux-musl']];
}

/** Whether what lies in the output folder is this run's: built now, or restored by Nx. */
function settled(entry, code) {
  return entry.phase === 'proved' || entry.phase === 'cached' || (code === 0 && !entry.built);
}

async function conclude(tasks, cells, board, outcomes, code) {
  const { renderFailures } = await import(pathToFileURL(join(PACKAGE, 'dist/diagnostics/render.js')).href);
  const failures = failureLines(board, renderFailures);
  for (const line of failures) console.log(line);
  if (code !== 0 && failures.length === 0) console.log(`Nx ended with code ${code}. The end of its output:\n${tail(LOG, 40)}`);
  const built = cells.filter(({ task }) => board.get(task).built).length;
  const ran = outcomes.filter(({ state }) => state === 'ran').length;
  const wrong = outcomes.filter(({ state }) => state === 'failed' || state === 'differs').length;
  const missing = tasks.length - cells.length;
  const from = built === 0 ? 'all from the cache' : `${built} built, ${cells.length - built} from the cache`;
  console.log(`${cells.length} of ${tasks.length} proved (${from}), ${ran} programs ran${wrong ? `, ${wrong} WRONG` : ''}, in ${seconds(clock())}`);
  if (missing > 0) console.log(`${missing} without a proved result. The whole output: ${LOG}`);
  return code === 0 && wrong === 0 && missing === 0 && tasks.length > 0;
}

function tail(file, count) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}

function complain(text) {
  console.error(text);
  return false;
}
