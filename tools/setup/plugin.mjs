/** The plugin itself, compiled: the doctor, which knows what its backends need, is a part of it. */
import { readFileSync, statSync } from 'node:fs';
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

const NOTES = /\.tsbuildinfo$/;
/** The compiler writes its notes after errors, too, and wrote no code then. */
const NOT_WRITTEN = /"(affectedFilesPendingEmit|errors|semanticDiagnosticsPerFile)":/;

/**
 * Whether all was compiled, and nothing in the sources is newer.
 * @param folder of the package
 */
export function isCurrent(folder = PACKAGE) {
  const notes = filesBelow(join(folder, 'dist')).filter((file) => NOTES.test(file)).map((file) => join(folder, 'dist', file));
  if (notes.length === 0 || notes.some((file) => NOT_WRITTEN.test(readFileSync(file, 'utf8')))) return false;
  return newest(notes) >= newest(filesBelow(join(folder, 'src')).map((file) => join(folder, 'src', file)));
}

function newest(files) {
  return Math.max(0, ...files.map((file) => statSync(file).mtimeMs));
}
