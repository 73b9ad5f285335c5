/**
 * Compiles the package: TypeScript to dist, the schemas beside the compiled executors and generators, and nothing in dist whose source is gone.
 *
 *     node tools/build.mjs
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesBelow } from './lib/files.mjs';
import { PACKAGE, ROOT } from './lib/paths.mjs';
import { capture } from './lib/run.mjs';

const SOURCE = join(PACKAGE, 'src');
const DIST = join(PACKAGE, 'dist');

/**
 * Builds the package.
 * @returns {{ok: boolean, output: string}} what the compiler said
 */
export function build() {
  removeOrphans();
  const { code, stdout, stderr } = capture(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', '--pretty', 'false'], { cwd: PACKAGE });
  copySchemas();
  return { ok: code === 0, output: `${stdout}${stderr}`.trim() };
}

/** dist keeps what an earlier source gave; a file without its source would be tested and published. */
function removeOrphans() {
  let removed = false;
  for (const file of filesBelow(DIST)) {
    if (file.endsWith('.tsbuildinfo') || hasSource(file)) continue;
    rmSync(join(DIST, file));
    removed = true;
  }
  // The compiler trusts its notes about what it wrote, so they go too.
  if (removed) for (const file of filesBelow(DIST)) if (file.endsWith('.tsbuildinfo')) rmSync(join(DIST, file));
}

function hasSource(file) {
  const stem = file.replace(/(\.d\.ts|\.js|\.js\.map|\.d\.ts\.map)$/, '');
  return existsSync(join(SOURCE, `${stem}.ts`)) || (file.endsWith('.json') && existsSync(join(SOURCE, file)));
}

function copySchemas() {
  for (const file of filesBelow(SOURCE)) {
    if (!file.endsWith('.json')) continue;
    const target = join(DIST, file);
    if (existsSync(target) && readFileSync(target).equals(readFileSync(join(SOURCE, file)))) continue;
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(SOURCE, file), target);
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { ok, output } = build();
  if (output) console.log(output);
  process.exitCode = ok ? 0 : 1;
}
