/** Makes the changes one at a time, and holds what becomes of the keys and of `nx affected` against what the row expects. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeWorkspace } from '../rig/workspace.mjs';
import { make, takeBack } from './change.mjs';
import { sourcesConfig, writeDownloads } from './downloads.mjs';
import { OPTIONS, workspaceFiles, workspaceLinks } from './files.mjs';
import { binaries, writeTools } from './stand-ins.mjs';
import { talkTo } from './talk.mjs';

const PROBE = join(dirname(fileURLToPath(import.meta.url)), 'probe.cjs');

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {import('./change.mjs').Change} change
 * @property {{env: Record<string, string>}} [given]  what holds before and after
 * @property {readonly string[]} rebuilt  the tasks whose bytes may change; of tasks that the change makes or takes away, none
 * @property {readonly {tasks: readonly string[], because: keyof import('./needless.mjs').NEEDLESS}[]} [needless]  misses that are known, and why
 * @property {string} [unbuilt]  why it cannot be built before and after: then the model alone judges
 * @property {Record<string, string>} [renamed]  tasks of before -> of after, where the change gives them another name
 *
 * @typedef {object} Outcome
 * @property {readonly string[]} changed   tasks of before and after whose hash is another
 * @property {readonly string[] | undefined} affected  what `nx affected -t cross` selects; undefined where no file of the repository changed
 * @property {Record<'projects' | 'tasks', readonly string[]>} selections  what it selects by each grain that this version of Nx knows
 * @property {readonly string[]} appeared  tasks that were not there before
 * @property {{files: readonly string[], deleted: readonly string[]}} changes  paths of the repository
 * @property {{bytes: Record<string, string>, failed: Record<string, string>}} [built]  a sum per task after the change, where it was built
 */

/**
 * The workspace, committed, with its tools beside it.
 * @param {{name?: string, template?: import('../rig/template.mjs').Template, closureFiles?: boolean}} [options]  `template`: of another version of Nx; `closureFiles`: with
 *   the option of that name, and synced
 */
export async function makeMatrixWorkspace({ name = 'mutations', template, closureFiles = false } = {}) {
  const workspace = await makeWorkspace(name, { files: workspaceFiles(), options: { ...OPTIONS, ...(closureFiles ? { closureFile: true } : {}) }, template });
  make(workspace, { links: workspaceLinks() });
  await workspace.commit('links');
  writeTools(workspace.folder);
  writeDownloads(workspace.folder);
  workspace.outside = { 'cargo-home/config.toml': sourcesConfig(workspace.folder) };
  make(workspace, { outside: { 'cargo-home/config.toml': '' } });
  // Keys are asked where stand-ins answer for the tools; what is built, is built by real ones.
  workspace.realEnv = { ...workspace.env, ...realZig(workspace.template), CARGO_HOME: join(workspace.folder, 'cargo-home'), CARGO_NET_OFFLINE: 'true' };
  // zig is the stand-in on the PATH, unless a row installs one.
  workspace.remove('node_modules/@zigc');
  const { PATH: _, CARGO_HOME: __, RUSTUP_HOME: ___, RUSTUP_TOOLCHAIN: ____, RUSTC: _____, ...env } = workspace.env;
  workspace.env = { ...env, PATH: [binaries(workspace.folder), dirname(process.execPath), '/usr/bin', '/bin'].join(':'), HOME: join(workspace.folder, 'home'), CARGO_HOME: join(workspace.folder, 'cargo-home') };
  if (closureFiles) {
    const synced = await workspace.nx(['sync'], { env: { CI: '' } });
    if (synced.code !== 0) throw new Error(synced.text);
    await workspace.commit('closure files');
  }
  return workspace;
}

/** The zig of the template, by name: none is in the workspace's node_modules. Templates of other versions of Nx have none, and nothing is built there. */
function realZig({ modules }) {
  const folder = join(modules, '@zigc');
  if (!existsSync(folder)) return {};
  const zig = readdirSync(folder).map((name) => join(folder, name, 'bin/zig')).find((file) => existsSync(file));
  return zig ? { NX_CARGO_CROSS_ZIG: zig, ZIG_LIB_DIR: join(folder, 'lib') } : {};
}

/**
 * Asks for the keys as they are now; one process for many questions, each `{changed?, sync?, details?}`. `close` ends it.
 * @param {{root: string, env: Record<string, string>}} workspace
 * @param {Record<string, string>} [env]
 */
export function startProbe(workspace, env = {}) {
  return talkTo(PROBE, { cwd: workspace.root, env: { ...workspace.env, NX_ISOLATE_PLUGINS: 'false', ...env } });
}

/** Nx remembers the environment for as long as it lives. */
async function askOnce(workspace, env, question) {
  const probe = startProbe(workspace, env);
  try {
    return await probe.ask(question);
  } finally {
    probe.close();
  }
}

/** Why only the model judges a change; undefined where bytes can. @param {Row} row */
export function whyUnbuilt({ unbuilt, given, change }) {
  return unbuilt ?? (given || change.tools || change.installed ? 'it takes another tool' : undefined);
}

/**
 * Makes one change, looks, and takes it back.
 * @param {Row} row @param {Keys} committed  the keys of the workspace as it is committed
 * @param {{sync?: boolean, bytes?: import('./bytes.mjs').Bytes}} [options]  whether `nx sync` is run after the change; what builds
 * @returns {Promise<Outcome>}
 */
export async function runRow(workspace, probe, row, committed, { sync = false, bytes } = {}) {
  const { given, change, renamed = {} } = row;
  try {
    const ask = async (env, question) => (env ? askOnce(workspace, env, question) : probe.ask(question));
    const before = given ? await ask(given.env) : committed;
    make(workspace, change);
    const { files: changed, ...others } = await changedFiles(workspace);
    const env = given || change.env ? { ...given?.env, ...change.env } : undefined;
    const after = await ask(env, { changed: changed.length > 0 ? changed : undefined, sync, details: process.env.PROBE_DETAILS !== undefined });
    const pairs = Object.keys(before.hashes).map((task) => [task, renamed[task] ?? task]).filter(([, now]) => now in after.hashes);
    const names = new Set(pairs.map(([, now]) => now));
    const asBefore = (tasks) => tasks.map((task) => pairs.find(([, now]) => now === task)?.[0] ?? task).sort();
    return {
      // What is not cached cannot be a hit.
      changed: pairs.filter(([was, now]) => after.hashes[now] === null || after.hashes[now] !== before.hashes[was]).map(([was]) => was).sort(),
      affected: after.affected && asBefore(after.affected),
      selections: Object.fromEntries(Object.entries(after.selections ?? {}).map(([grain, tasks]) => [grain, asBefore(tasks)])),
      appeared: Object.keys(after.hashes).filter((task) => !names.has(task)).sort(),
      changes: { files: changed, ...others },
      details: after.details,
      built: bytes && whyUnbuilt(row) === undefined ? await bytes.build(after.tasks, change.env) : undefined,
    };
  } finally {
    await takeBack(workspace, change);
  }
}

async function changedFiles(workspace) {
  const { stdout } = await workspace.run('git', ['status', '--porcelain', '-z', '--no-renames', '-uall']);
  const lines = stdout.split('\0').filter(Boolean);
  const paths = (of) => of.map((line) => line.slice(3));
  return { files: paths(lines), deleted: paths(lines.filter((line) => line.slice(0, 2).includes('D'))) };
}

/**
 * The verdict.
 * @param {Row} row @param {Outcome} outcome
 */
export function judge({ rebuilt, needless = [] }, { changed, affected, appeared }) {
  const known = new Set(needless.flatMap(({ tasks }) => tasks));
  const misses = changed.filter((task) => !rebuilt.includes(task));
  return {
    falseHits: rebuilt.filter((task) => !changed.includes(task)),
    /** Misses that no list explains. */
    needless: misses.filter((task) => !known.has(task)),
    /** Misses that the list explains and that are none: the list is out of date. */
    stale: [...known].filter((task) => !misses.includes(task)),
    /** Tasks with other bytes that `nx affected` doesn't select. */
    unsound: affected === undefined ? [] : [...rebuilt, ...appeared].filter((task) => !affected.includes(task)),
    /** Tasks that it selects and whose bytes cannot change. */
    needlesslySelected: (affected ?? []).filter((task) => !rebuilt.includes(task) && !appeared.includes(task)),
  };
}
