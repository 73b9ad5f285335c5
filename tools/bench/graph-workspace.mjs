/** Workspaces of many small crates, for what the graph costs: with the plugin, and the same targets written by hand. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { template } from '../../e2e/rig/template.mjs';
import { linkModules } from '../../e2e/rig/workspace.mjs';
import { git } from './git.mjs';

export const GRAPH_PLATFORMS = ['x86_64-linux', 'aarch64-linux', 'x86_64-linux-musl', 'x86_64-windows', 'aarch64-macos'];

/** Packages of a registry that the lock file names. */
const REGISTRY = 200;
const NX_JSON = { analytics: false, neverConnectToCloud: true };

/** A crate's path dependencies: three of those before it, so that the depth grows with the logarithm of their number. */
const dependenciesOf = (index) => [...new Set([1, 2, 3].map((part) => Math.floor((index * part) / 4)))].filter((other) => other < index);
const registryOf = (index) => [...new Set([index % REGISTRY, (index * 7) % REGISTRY])];

/**
 * @param {string} root @param {number} count of crates
 * @param {Record<string, unknown>} [projects]  what each crate's project.json holds, by its folder; without them the plugin is in nx.json
 */
export async function makeGraphWorkspace(root, count, projects) {
  rmSync(root, { recursive: true, force: true });
  const write = (path, text) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (let index = 0; index < count; index++) {
    const lines = [...dependenciesOf(index).map((other) => `c${other} = { path = "../c${other}" }`), ...registryOf(index).map((other) => `reg-${other} = "1"`)];
    write(`crates/c${index}/Cargo.toml`, `[package]\nname = "c${index}"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n${lines.join('\n')}\n`);
    write(`crates/c${index}/src/main.rs`, 'fn main() {}\n');
    write(`crates/c${index}/src/lib.rs`, '');
  }
  write('Cargo.toml', '[workspace]\nmembers = ["crates/*"]\nresolver = "2"\n');
  write('Cargo.lock', lockOf(count));
  write('.gitignore', 'node_modules/\ndist/\ntarget/\n.nx/\n');
  write('package.json', '{ "name": "many", "private": true }\n');
  write('nx.json', JSON.stringify({ ...NX_JSON, ...(projects ? {} : { plugins: [{ plugin: 'nx-cargo-cross', options: { platforms: GRAPH_PLATFORMS } }] }) }));
  for (const [folder, project] of Object.entries(projects ?? {})) write(`${folder}/project.json`, JSON.stringify(project));
  await linkModules(template(), join(root, 'node_modules'));
  git(root);
}

/** The projects of a graph as somebody would write them by hand, with the targets' inputs or without. Digests of the lock file are the plugin's alone. */
export function byHand(projects, dependencies, { inputs }) {
  const own = (list) => list.filter((input) => !(typeof input === 'object' && 'externalDependencies' in input));
  const target = ({ inputs: all, ...rest }) => (inputs && all ? { ...rest, inputs: own(all) } : rest);
  return Object.fromEntries(
    Object.entries(projects).map(([folder, { name, projectType, tags, namedInputs, targets }]) => [
      folder,
      {
        name,
        projectType,
        tags,
        implicitDependencies: dependencies[name] ?? [],
        ...(inputs ? { namedInputs } : {}),
        targets: Object.fromEntries(Object.entries(targets ?? {}).map(([key, value]) => [key, target(value)])),
      },
    ]),
  );
}

function lockOf(count) {
  const entry = (lines, dependencies) => `\n[[package]]\n${lines.join('\n')}\n${dependencies.length > 0 ? `dependencies = [\n${dependencies.map((name) => ` "${name}",\n`).join('')}]\n` : ''}`;
  const own = Array.from({ length: count }, (_, index) =>
    entry([`name = "c${index}"`, 'version = "0.1.0"'], [...dependenciesOf(index).map((other) => `c${other}`), ...registryOf(index).map((other) => `reg-${other}`)]),
  );
  const registry = Array.from({ length: REGISTRY }, (_, index) =>
    entry(
      [`name = "reg-${index}"`, 'version = "1.0.0"', 'source = "registry+https://github.com/rust-lang/crates.io-index"', `checksum = "${String(index).padStart(64, '0')}"`],
      index > 1 ? [`reg-${index >> 1}`] : [],
    ),
  );
  return `version = 4\n${[...own, ...registry].join('')}`;
}
