/**
 * Packs the package as it would be published (but for its version, which names the content), once per content, into the cache folder.
 *
 *     node tools/pack.mjs        prints the tarball's path
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { bundle } from './bundle.mjs';
import { digestOf, filesBelow } from './lib/files.mjs';
import { cacheFolder, PACKAGE, ROOT } from './lib/paths.mjs';
import { capture } from './lib/run.mjs';

const KEPT = 8;

/** Milliseconds for which nothing is removed. */
const IN_USE = 6 * 3600 * 1000;

/**
 * Builds and packs.
 * @returns {{ok: true, tarball: string, digest: string} | {ok: false, output: string}}
 */
export function pack() {
  const built = build();
  if (!built.ok) return built;
  const files = packedFiles();
  const digest = digestOf(ROOT, [...files.map((file) => relative(ROOT, join(PACKAGE, file))), 'tools/bundle.mjs']);
  const folder = cacheFolder('packed');
  const manifest = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  const version = `${manifest.version}-dev.${digest.slice(0, 12)}`;
  const tarball = join(folder, `${manifest.name}-${version}.tgz`);
  if (existsSync(tarball)) return { ok: true, tarball, digest };
  const fresh = join(folder, `making.${process.pid}`);
  const staged = stage(join(fresh, 'package'), files);
  const bundled = bundle(staged);
  if (!bundled.ok) return { ok: false, output: `esbuild failed:\n${bundled.output}` };
  writeManifest(staged, { ...manifest, version, dependencies: without(manifest.dependencies, bundled.joined) });
  const { code, stdout, stderr } = capture('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', fresh], { cwd: staged });
  if (code !== 0) return { ok: false, output: `npm pack failed:\n${stdout}${stderr}` };
  renameSync(join(fresh, basename(tarball)), tarball);
  rmSync(fresh, { recursive: true, force: true });
  removeOld(folder, tarball);
  return { ok: true, tarball, digest };
}

/** Copies all of the package but its JavaScript, which is joined. */
function stage(folder, files) {
  for (const file of files.filter((path) => !path.endsWith('.js'))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(PACKAGE, file), join(folder, file));
  }
  return folder;
}

/**
 * With its content's digest in the version, and without the packages that are in it. What the plugin builds is cached under its version: another content
 * under the same version would be given what the one before it built.
 */
function writeManifest(folder, manifest) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function without(dependencies, names) {
  return Object.fromEntries(Object.entries(dependencies).filter(([name]) => !names.includes(name)));
}

/** What may go into the package; its own "files" says what of it does. */
function packedFiles() {
  const top = readdirSync(PACKAGE).filter((name) => /\.(json|md)$|^LICENSE$/.test(name) && !name.startsWith('tsconfig'));
  const dist = filesBelow(join(PACKAGE, 'dist'), (path) => path !== 'testkit').filter((file) => !/\.test\.|\.map$|\.tsbuildinfo$/.test(file));
  return [...top, ...dist.map((file) => `dist/${file}`)];
}

function removeOld(folder, current) {
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz')).map((name) => join(folder, name));
  const oldestFirst = tarballs.filter((path) => path !== current).sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
  // A long run of tests, of another checkout, installs its own until it ends.
  const due = oldestFirst.slice(0, Math.max(0, oldestFirst.length + 1 - KEPT)).filter((path) => Date.now() - statSync(path).mtimeMs > IN_USE);
  for (const path of due) rmSync(path, { force: true });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const packed = pack();
  if (packed.ok) console.log(packed.tarball);
  else console.error(packed.output);
  process.exitCode = packed.ok ? 0 : 1;
}
