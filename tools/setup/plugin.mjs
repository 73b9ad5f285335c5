/** The plugin itself, compiled: the doctor, which knows what its backends need, is a part of it. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../lib/files.mjs';
import { PACKAGE } from '../lib/paths.mjs';

/** The package's own program. */
export const PROGRAM = join(PACKAGE, 'dist/cli/main.js');

let built = false;

/** @type {import('./step.mjs').Step} */
export const plugin = {
  id: 'the plugin',
  what: 'the plugin, compiled',
  why: 'its doctor, which knows what the backends need',
  required: true,
  check: () => built || isCurrent(),
  *install() {
    yield {
      label: 'node tools/build.mjs',
      run: async () => {
        const { build } = await import('../build.mjs');
        const { ok, output } = build();
        if (output) console.log(output);
        built = ok;
        return ok;
      },
    };
  },
  byHand: 'What the compiler says is above.',
};

/** Whether nothing in the sources is newer than what was compiled. */
function isCurrent() {
  const compiled = newest(join(PACKAGE, 'dist'), /\.tsbuildinfo$/);
  return compiled > 0 && compiled >= newest(join(PACKAGE, 'src'), /./);
}

function newest(folder, pattern) {
  return Math.max(0, ...filesBelow(folder).filter((file) => pattern.test(file)).map((file) => statSync(join(folder, file)).mtimeMs));
}
