/** Whether one cargo call for several platforms compiles what each call alone would: cargo takes the features of all of them together. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PACKAGE } from '../lib/paths.mjs';
import { capture } from '../lib/run.mjs';
import { PLATFORMS } from './platforms.mjs';

const { parseUnitGraph } = await import(join(PACKAGE, 'dist/plan/unit-graph.js'));

/**
 * @param {import('./programs.mjs').Program} program @param {import('./place.mjs').Place} place  that has its sources
 * @returns {{joint: boolean}}
 */
export function sameProgram(program, place) {
  const triples = PLATFORMS.map(({ triple }) => triple);
  const alone = new Set(triples.flatMap((triple) => program.packages.flatMap((name) => rootsOf(place, [name], [triple]))));
  const same = (roots) => roots.length > 0 && roots.every((root) => alone.has(root));
  return { joint: same(rootsOf(place, program.packages, triples)) };
}

/** cargo says so only to nightly; nothing is built with that variable. */
function rootsOf(place, packages, triples) {
  const words = [...packages.flatMap((name) => ['-p', name]), ...triples.flatMap((triple) => ['--target', triple])];
  const { stdout } = capture('cargo', ['build', '--release', '--locked', '--unit-graph', '-Zunstable-options', ...words], { cwd: place.cargo, env: { ...place.env, RUSTC_BOOTSTRAP: '1' } });
  return parseUnitGraph(stdout, (text) => createHash('sha256').update(text).digest('hex'))?.roots ?? [];
}
