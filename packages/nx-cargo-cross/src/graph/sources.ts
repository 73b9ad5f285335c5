/** The files of a crate that its build reads, as filesets. */
import { fileIn, isWithin, joinPath } from '../cargo/paths.js';
import type { Manifest } from '../cargo/manifest.js';
import { CLOSURE_FILE } from './closure-file.js';
import type { NxInput } from './nx-shapes.js';

/** The named input that every crate's project has. */
export const SOURCES_INPUT = 'cargo-sources';

/** The empty named input by which a Cargo.lock reaches the tasks that `nx affected` must look at. */
export const WORKSPACE_INPUT = 'cargo-workspace';

/** Read by cargo where it is started, which is the workspace's root; what they say there is in the closure node. */
const CARGO_CONFIGS = ['.cargo/config', '.cargo/config.toml'];

/** Folders for code that no program of the crate is made from, unless the manifest says so. */
const TEST_FOLDERS = ['tests', 'benches', 'examples'];

/**
 * The files of a project: all of it, but for what counts by its content elsewhere (the manifest and the lock file, whose meaning is in the closure node, so
 * that a comment rebuilds nothing), cargo's and our own output, and the Rust code of tests, benchmarks and examples. Files that look like documentation stay:
 * `include_str!("../README.md")` is common.
 * @param inputs the crate's option: what it excludes of the crate's folder
 */
export function makeSources(manifest: Manifest, outDir: string, inputs: readonly string[] = []): readonly NxInput[] {
  const paths = [manifest.lib?.path, manifest.package?.build, ...(manifest.bins ?? []).map((bin) => bin.path)];
  const unused = TEST_FOLDERS.filter((folder) => !paths.some((path) => typeof path === 'string' && isWithin(path.replace(/^\.\//, ''), folder)));
  return [
    '{projectRoot}/**/*',
    ...['Cargo.toml', 'Cargo.lock', CLOSURE_FILE, ...CARGO_CONFIGS, 'target/**/*', ...unused.map((folder) => `${folder}/**/*.rs`), ...outputsBelow(manifest.root, outDir), ...excluded(inputs)].map(
      (path) => `!{projectRoot}/${path}`,
    ),
  ];
}

/** The same for a local package that is no project: no manifest is left out, for nothing else would tell `nx affected` of it. */
export function makeForeignSources(root: string): readonly NxInput[] {
  return [`{workspaceRoot}/${fileIn(root, '**/*')}`, `!{workspaceRoot}/${fileIn(root, 'target/**/*')}`];
}

/** What the crate's options take out of its own files. One negation takes out of the files that stand in the same named input, and of no others. */
function excluded(inputs: readonly string[]): readonly string[] {
  return inputs.flatMap((input) => (input.startsWith('!') ? (joinPath('', input.slice(1)) ?? []) : []));
}

function outputsBelow(root: string, outDir: string): readonly string[] {
  if (!isWithin(outDir, root)) return [];
  return [`${root === '' ? outDir : outDir.slice(root.length + 1)}/**/*`];
}
