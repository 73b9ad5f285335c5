/** A fresh Nx workspace in a temporary folder, with the packed plugin in its node_modules. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { filesBelow } from '../../tools/lib/files.mjs';
import { testEnvironment } from './environment.mjs';
import { start } from './process.mjs';
import { template } from './template.mjs';

/**
 * @typedef {object} WorkspaceOptions
 * @property {Record<string, string>} [files]  path -> text, on top of a package.json, a .gitignore and an nx.json
 * @property {object} [options]  the plugin's options in nx.json
 * @property {boolean} [bare]  no nx.json with the plugin, no package.json
 * @property {boolean} [skipModules]  no node_modules: the test installs them itself
 * @property {import('./template.mjs').Template} [template]  another than that of all tests: another version of Nx
 * @property {string} [node]  the program that runs Nx, where it is not the one that runs the test
 */

/** One workspace, and what a test does with it. */
export class Workspace {
  /** @type {import('./process.mjs').Ran[]} */
  ran = [];

  /** @param {string} folder @param {import('./template.mjs').Template} template @param {string} [node] */
  constructor(folder, template, node = process.execPath) {
    this.folder = folder;
    this.root = join(folder, 'workspace');
    this.template = template;
    this.node = node;
    const env = testEnvironment(join(folder, 'nx-cache'));
    // What Nx starts by the name `node` is to be the same.
    this.env = node === process.execPath ? env : { ...env, PATH: [dirname(node), env.PATH].join(delimiter) };
  }

  path(...parts) {
    return join(this.root, ...parts);
  }

  read(path) {
    return readFileSync(this.path(path), 'utf8');
  }

  readJson(path) {
    return JSON.parse(this.read(path));
  }

  exists(path) {
    return existsSync(this.path(path));
  }

  /** Every file below a folder of the workspace. */
  list(path) {
    return filesBelow(this.path(path));
  }

  write(files) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(path)), { recursive: true });
      writeFileSync(this.path(path), text);
    }
  }

  remove(path) {
    rmSync(this.path(path), { recursive: true, force: true });
  }

  /** Starts Nx and returns at once; see `process.mjs`. */
  startNx(args, { env = {}, timeoutMs } = {}) {
    return start(this.node, [this.path('node_modules/.bin/nx'), ...args], { cwd: this.root, env: { ...this.env, ...env }, timeoutMs });
  }

  /** Runs Nx to its end. */
  async nx(args, options) {
    return this.#note(await this.startNx(args, options).ended);
  }

  /** Runs any program to its end. */
  async run(program, args, { env = {}, timeoutMs } = {}) {
    return this.#note(await start(program, args, { cwd: this.root, env: { ...this.env, ...env }, timeoutMs }).ended);
  }

  /** Has cargo write the lock file of a Cargo workspace. */
  async lock(folder) {
    const { code, text } = await this.run('cargo', ['generate-lockfile', '--manifest-path', `${folder}/Cargo.toml`]);
    if (code !== 0) throw new Error(text);
  }

  /** The same, in another folder that has a checkout. */
  checkout(root) {
    const other = new Workspace(this.folder, this.template);
    other.root = root;
    other.ran = this.ran;
    return other;
  }

  /** Commits everything as it is now. */
  async commit(message = 'state') {
    await this.run('git', ['add', '-A']);
    await this.run('git', ['commit', '-q', '-m', message, '--allow-empty']);
  }

  #note(ran) {
    this.ran.push(ran);
    return ran;
  }
}

/**
 * Makes a workspace and commits it.
 * @param {string} name
 * @param {WorkspaceOptions} options
 */
export async function makeWorkspace(name, { files = {}, options, bare = false, skipModules = false, template: other, node }) {
  const base = join(tmpdir(), 'nx-cargo-cross-e2e');
  mkdirSync(base, { recursive: true });
  const workspace = new Workspace(mkdtempSync(join(base, `${name.replace(/\W+/g, '-').slice(0, 40)}-`)), other ?? template(), node);
  mkdirSync(workspace.root);
  if (!skipModules) await linkModules(workspace.template, workspace.path('node_modules'));
  workspace.write({ '.gitignore': 'node_modules/\ndist/\ntarget/\n.nx/\n', ...(bare ? {} : ordinaryFiles(options)), ...files });
  await workspace.run('git', ['init', '-q', '-b', 'main']);
  await workspace.commit('start');
  return workspace;
}

function ordinaryFiles(options) {
  return {
    'package.json': '{ "name": "workspace", "private": true }\n',
    'nx.json': `${JSON.stringify({ analytics: false, neverConnectToCloud: true, plugins: [{ plugin: 'nx-cargo-cross', ...(options ? { options } : {}) }] }, null, 2)}\n`,
  };
}

/** Links every package of the template; the plugin is a copy, so that it finds its dependencies beside it as an installed one does. */
export async function linkModules(template, target) {
  mkdirSync(target);
  for (const entry of readdirSync(template.modules)) {
    if (entry === '.package-lock.json' || entry === 'nx-cargo-cross') continue;
    symlinkSync(join(template.modules, entry), join(target, entry));
  }
  await cp(template.plugin, join(target, 'nx-cargo-cross'), { recursive: true });
}
