/**
 * Joins the compiled modules of the package into few: most of what a command, a task or the graph takes of Node is the opening of files, and there are
 * hundreds. Every file by which the package or one of its own programs is entered keeps its name; what those of a group share lies in `dist/chunks`.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PACKAGE, ROOT } from './lib/paths.mjs';
import { capture } from './lib/run.mjs';

/** Nx has to be the workspace's own. */
const EXTERNAL = ['nx', '@nx/devkit'];

/** Packages in CommonJS ask for Node's modules by `require`, which a module does not have. Node 20.16 and 22.3. */
const REQUIRE = 'const require = (name) => process.getBuiltinModule(name);';

/**
 * Writes the package's JavaScript into a folder, as `dist/...`, with the packages that it uses in it, and their licences beside it.
 * @param {string} folder
 * @returns {{ok: true, joined: readonly string[]} | {ok: false, output: string}} the names of the packages that are in it now, or what esbuild said
 */
export function bundle(folder) {
  const metafile = join(folder, 'joined.json');
  const flags = [
    ...['--bundle', '--splitting', '--format=esm', '--platform=node', '--target=node20.19', '--chunk-names=chunks/[name]-[hash]', '--outbase=dist', '--legal-comments=none', '--log-level=warning'],
    ...EXTERNAL.map((name) => `--external:${name}`),
    `--banner:js=${REQUIRE}`,
    `--outdir=${join(folder, 'dist')}`,
    `--metafile=${metafile}`,
  ];
  const inputs = [];
  for (const entries of entryGroups()) {
    const { code, stdout, stderr } = capture(join(ROOT, 'node_modules/.bin/esbuild'), [...entries, ...flags], { cwd: PACKAGE });
    if (code !== 0) return { ok: false, output: `${stdout}${stderr}`.trim() };
    inputs.push(...Object.keys(JSON.parse(readFileSync(metafile, 'utf8')).inputs));
  }
  const packages = joinedPackages(inputs);
  rmSync(metafile);
  writeFileSync(join(folder, 'LICENSES.md'), renderLicences(packages));
  return { ok: true, joined: packages.map(({ name }) => name) };
}

/** The packages that files lie in, sorted. */
function joinedPackages(files) {
  const folders = new Set(files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter((folder) => folder !== undefined));
  return [...folders]
    .map((below) => {
      const folder = join(PACKAGE, below);
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
      if (licence === undefined) throw new Error(`${name} has no licence file: it cannot be passed on`);
      return { name, version, text: readFileSync(join(folder, licence), 'utf8').trim() };
    })
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

function renderLicences(packages) {
  const parts = packages.map(({ name, version, text }) => `## ${name} ${version}\n\n\`\`\`\n${text}\n\`\`\`\n`);
  return `# Licences\n\nWhat other people wrote and this package holds in \`dist\`.\n\n${parts.join('\n')}`;
}

/**
 * The files that the manifest, the executors and the generators name, and the programs that the package starts; relative to it. Those of a group share chunks, and no process loads two groups: what is shared by some entries and not by others is
 * a file more for each to open. So what is loaded for every task, graph or key stands by itself.
 */
function entryGroups() {
  const [manifest, { executors }, { generators }] = ['package.json', 'executors.json', 'generators.json'].map((file) => JSON.parse(readFileSync(join(PACKAGE, file), 'utf8')));
  const { OWN_PROGRAMS } = createRequire(import.meta.url)(join(PACKAGE, 'dist/system/own-package.js'));
  const { build, ...others } = executors;
  const filesOf = ({ implementation, batchImplementation }) => [implementation, batchImplementation];
  const groups = [
    [manifest.main],
    filesOf(build),
    Object.values(others).flatMap(filesOf),
    [...Object.values(manifest.bin), ...Object.values(generators).map(({ factory }) => factory)],
    ...Object.values(OWN_PROGRAMS).map((file) => [file]),
  ];
  return groups.map((group) => [...new Set(group.filter((file) => file !== undefined).map((file) => file.replace(/^\.\//, '')))].sort());
}
