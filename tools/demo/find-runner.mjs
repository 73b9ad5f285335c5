/**
 * Prints how the plugin would start programs of a platform on this machine, as JSON.
 *
 *     node tools/demo/find-runner.mjs <triple> <true: they need shared libraries>
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKAGE } from '../lib/paths.mjs';

const load = (module) => import(pathToFileURL(join(PACKAGE, 'dist', module)).href);

const [triple, dynamic] = process.argv.slice(2);
const [{ findRunner, RUN_UNDER }, { parseTriple }, { realSystem }, { thisHost }] = await Promise.all(
  ['build/runner.js', 'platform/triple.js', 'system/system.js', 'system/host.js'].map(load),
);
const parsed = parseTriple(triple);
if (!parsed.ok) {
  console.error(`${triple} is not known`);
  process.exit(1);
}
const found = await findRunner(realSystem(), thisHost(), { triple: parsed.triple, interpreter: dynamic === 'true' ? parsed.triple.facts.interpreter : undefined });
console.log(JSON.stringify(found.ok ? { words: RUN_UNDER, runner: found.value } : { why: found.failures[0].reasons.join('; ') }));
