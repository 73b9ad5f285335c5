/** Where one rival builds one program: a checkout, and a home with all caches of its own, so that nobody finds what another has made. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { template } from '../../e2e/rig/template.mjs';
import { linkModules } from '../../e2e/rig/workspace.mjs';
import { cacheFolder } from '../lib/paths.mjs';
import { benchToolchain, ZIGBUILD } from '../setup/rivals.mjs';
import { git } from './git.mjs';
import { putSources } from './programs.mjs';

/** Variables that say where things are and how the outside is reached; all others would decide what is built. */
const KEPT = /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|LANG|LC_\w+|CARGO_HOME|RUSTUP_\w+|\w+_proxy|\w+_PROXY|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|CARGO_HTTP_\w+|CARGO_NET_\w+|CARGO_REGISTR\w+|CARGO_SOURCE_\w+)$/;

/** zig as the plugin's users install it; the others are told of the same. */
const zig = () => join(template().modules, `@zigc/${process.platform}-${process.arch}/bin/zig`);

export class Place {
  /** @param {import('./programs.mjs').Program} program @param {string} rival @param {{url: string, token: string, folder: string}} remote */
  constructor(program, rival, remote) {
    this.program = program;
    this.folder = cacheFolder('bench', 'places', program.name, rival);
    this.remote = remote;
    this.log = join(this.folder, 'log');
    /** The Nx workspace. */
    this.root = join(this.folder, 'checkout');
  }

  /** The Cargo workspace, from the Nx workspace. */
  get cargo() {
    return join(this.root, 'program');
  }

  /** All that is kept outside of checkouts. */
  get home() {
    return join(this.folder, 'home');
  }

  get env() {
    const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => KEPT.test(name)));
    return {
      ...kept,
      ...benchToolchain().env,
      PATH: [ZIGBUILD, kept.PATH].join(delimiter),
      CARGO_ZIGBUILD_ZIG_PATH: zig(),
      CARGO_NET_OFFLINE: 'true',
      XDG_CACHE_HOME: join(this.home, 'cache'),
      ZIG_GLOBAL_CACHE_DIR: join(this.home, 'zig'),
      NX_CACHE_DIRECTORY: join(this.home, 'nx'),
      NX_WORKSPACE_DATA_DIRECTORY: join(this.home, 'nx-data'),
      NX_CARGO_CROSS_RECORDS: join(this.home, 'records'),
      NX_DAEMON: 'false',
      NX_NO_CLOUD: 'true',
      NX_TUI: 'false',
      NO_COLOR: '1',
      CI: 'true',
    };
  }

  /** With the remote cache that all rivals may use. */
  get remoteEnv() {
    return { ...this.env, NX_SELF_HOSTED_REMOTE_CACHE_SERVER: this.remote.url, NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: this.remote.token };
  }

  /** A checkout with the program in it, and nothing built. @param {string} modules  Nx and what else is to be in node_modules; the plugin's are linked one by one */
  async make({ modules }) {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.root, { recursive: true });
    putSources(this.program, this.cargo, { ...this.env, CARGO_NET_OFFLINE: 'false' });
    if (modules === undefined) await linkModules(template(), join(this.root, 'node_modules'));
    else execFileSync('ln', ['-s', modules, join(this.root, 'node_modules')]);
    this.write('.gitignore', 'node_modules/\ndist/\ntarget/\n.nx/\n');
    this.write('package.json', '{ "name": "bench", "private": true }\n');
    git(this.root);
  }

  /** From here on the checkout is another, in another folder, with the sources as they are now. */
  async moveOn() {
    const other = join(this.folder, 'on', 'another', 'machine', 'checkout');
    rmSync(join(this.folder, 'on'), { recursive: true, force: true });
    mkdirSync(join(other, '..'), { recursive: true });
    cpSync(this.root, other, { recursive: true, verbatimSymlinks: true, filter: (path) => !this.#isMade(relative(this.root, path)) });
    this.root = other;
    git(this.root);
  }

  /** What another checkout has not got. Packages have a folder `dist`, too. */
  #isMade(path) {
    return !path.startsWith('node_modules') && /(^|[\\/])(target|dist|\.nx|\.git|\.zig-cache)$/.test(path);
  }

  moveBack() {
    this.root = join(this.folder, 'checkout');
  }

  write(path, text) {
    const file = join(this.root, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }

  /** Changes the source file that the program names. */
  edit() {
    appendFileSync(join(this.cargo, this.program.edit), `// changed at ${Date.now()}\n`);
  }

  /** Below the checkout. */
  remove(...paths) {
    for (const path of paths) rmSync(join(this.root, path), { recursive: true, force: true });
  }

  /** What is kept outside of checkouts. */
  forget(...names) {
    for (const name of names) rmSync(join(this.home, name), { recursive: true, force: true });
  }

  /** All of it: zig's cache, the plugin's, cargo-zigbuild's, and what Nx keeps. */
  forgetHome() {
    rmSync(this.home, { recursive: true, force: true });
  }

  /** The remote cache has no entries any more; its server asks the folder each time. */
  emptyRemote() {
    rmSync(this.remote.folder, { recursive: true, force: true });
    mkdirSync(this.remote.folder, { recursive: true });
  }

  /** What has been done here, so that a scenario knows what it may build on. */
  get done() {
    const file = join(this.folder, 'done.json');
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  }

  note(done) {
    writeFileSync(join(this.folder, 'done.json'), JSON.stringify({ ...this.done, ...done }));
  }
}
