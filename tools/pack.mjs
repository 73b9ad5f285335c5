/**
 * Packs the package as it would be published, once per content, into the cache folder.
 *
 *     node tools/pack.mjs        prints the tarball's path
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { digestOf, filesBelow } from './lib/files.mjs';
import { cacheFolder, PACKAGE } from './lib/paths.mjs';
import { capture } from './lib/run.mjs';

const KEPT = 8;

/**
 * Builds and packs.
 * @returns {{ok: true, tarball: string, digest: string} | {ok: false, output: string}}
 */
export function pack() {
  const built = build();
  if (!built.ok) return built;
  const digest = digestOf(PACKAGE, packedFiles());
  const folder = cacheFolder('packed');
  const tarball = join(folder, `nx-cargo-cross-${digest.slice(0, 16)}.tgz`);
  if (existsSync(tarball)) return { ok: true, tarball, digest };
  const fresh = join(folder, `making.${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  const { code, stdout, stderr } = capture('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', fresh], { cwd: PACKAGE });
  if (code !== 0) return { ok: false, output: `npm pack failed:\n${stdout}${stderr}` };
  renameSync(join(fresh, stdout.trim().split('\n').at(-1)), tarball);
  rmSync(fresh, { recursive: true, force: true });
  removeOld(folder, tarball);
  return { ok: true, tarball, digest };
}

/** What `npm pack` takes, by the package's own "files"; a superset is fine, for this only decides when to pack anew. */
function packedFiles() {
  const top = readdirSync(PACKAGE).filter((name) => /\.(json|md)$|^LICENSE$/.test(name) && !name.startsWith('tsconfig'));
  const dist = filesBelow(join(PACKAGE, 'dist'), (path) => path !== 'testkit').filter((file) => !/\.test\.|\.map$|\.tsbuildinfo$/.test(file));
  return [...top, ...dist.map((file) => `dist/${file}`)];
}

function removeOld(folder, current) {
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz')).map((name) => join(folder, name));
  const oldestFirst = tarballs.filter((path) => path !== current).sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
  for (const path of oldestFirst.slice(0, Math.max(0, oldestFirst.length + 1 - KEPT))) rmSync(path, { force: true });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const packed = pack();
  if (packed.ok) console.log(packed.tarball);
  else console.error(packed.output);
  process.exitCode = packed.ok ? 0 : 1;
}
