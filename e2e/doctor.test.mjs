/** The doctor of the packed package, in real workspaces and outside of any. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter } from 'node:path';
import { e2e, lacking } from './rig.mjs';
import { crate } from './rig/crates.mjs';
import { pathWithout } from './rig/path.mjs';

const OPTIONS = { platforms: ['x86_64-linux-musl', 'x86_64-windows'], backends: { '*windows*': 'gcc', '*': 'zig' }, profile: 'dev' };

/** Programs of that name, whatever version is written behind it. */
const programsLike = (workspace, pattern) => workspace.env.PATH.split(delimiter).flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : [])).filter((name) => pattern.test(name));

const doctor = async (workspace, words, env = {}) => workspace.run(process.execPath, [workspace.path('node_modules/nx-cargo-cross/dist/cli/main.js'), 'doctor', ...words], { env });

e2e('the doctor asks what a build asks: what it finds missing, a build lacks, and names the same command', { files: crate('app'), options: OPTIONS, skip: lacking('x86_64-w64-mingw32-gcc') }, async (workspace) => {
  const well = await doctor(workspace, ['--json']);
  assert.equal(well.code, 0, well.text);
  const report = JSON.parse(well.stdout);
  assert.deepEqual([report.schema, report.ok, report.commands], [1, true, []]);
  assert.deepEqual(report.platforms.map(({ name, backend, crates, ok }) => [name, backend, crates, ok]), [['x86_64-linux-musl', 'zig', ['app'], true], ['x86_64-windows', 'gcc', ['app'], true]]);
  const zig = report.platforms[0].checks.find(({ what }) => what === 'zig');
  assert.deepEqual([zig.code, zig.version, zig.required], ['ok', '0.16.0', true]);

  const env = { PATH: pathWithout(workspace, programsLike(workspace, /^x86_64-w64-mingw32-gcc(-|$)/)) };
  const ill = await doctor(workspace, [], env);
  assert.equal(ill.code, 1);
  assert.match(ill.stdout, /MISSING +x86_64-w64-mingw32-gcc\n[^]*To mend it:\n.*apt-get install .*gcc-mingw-w64-x86-64/);
  const other = await doctor(workspace, ['--platform', 'x86_64-linux-musl'], env);
  assert.equal(other.code, 0, other.text);
  const built = await workspace.nx(['run', 'app:cross-x86_64-windows'], { env });
  assert.notEqual(built.code, 0);
  assert.match(built.text, /error\[tool-missing\]: x86_64-w64-mingw32-gcc was not found[^]*npx nx-cargo-cross doctor --platform x86_64-windows --fix/);
});

e2e('--fix runs the command that mends it, only with leave, and looks again', { files: crate('app', { lock: false }), options: { ...OPTIONS, platforms: ['x86_64-linux-musl'] } }, async (workspace) => {
  const ill = await doctor(workspace, []);
  assert.equal(ill.code, 1, ill.text);
  assert.match(ill.stdout, /MISSING +Cargo\.lock[^]*cargo generate-lockfile --manifest-path app\/Cargo\.toml/);
  const asked = await doctor(workspace, ['--fix']);
  assert.equal(asked.code, 2);
  assert.match(asked.text, /nobody is there to be asked[^]*--fix --yes/);
  assert.equal(workspace.exists('app/Cargo.lock'), false);
  const fixed = await doctor(workspace, ['--fix', '--yes', '--json']);
  assert.equal(fixed.code, 0, fixed.text);
  assert.equal(JSON.parse(fixed.stdout).ok, true);
  assert.match(fixed.stderr, /\$ cargo generate-lockfile/);
  assert.ok(workspace.exists('app/Cargo.lock'));
});

e2e('the doctor works without Nx, without a workspace, and without Rust', { bare: true }, async (workspace) => {
  const PATH = pathWithout(workspace, ['cargo', 'rustc', 'rustup']);
  const { code, stdout, text } = await doctor(workspace, ['--platform', 'aarch64-linux', '--backend', 'gcc', '--json'], { PATH });
  assert.equal(code, 1, text);
  const { machine, platforms } = JSON.parse(stdout);
  assert.deepEqual(machine.filter(({ what }) => what === 'cargo').map(({ code: found }) => found), ['tool-missing']);
  assert.deepEqual(platforms.map(({ name, backend }) => [name, backend]), [['aarch64-linux', 'gcc']]);
  const none = await doctor(workspace, []);
  assert.deepEqual([none.code, /say --platform NAME/.test(none.stderr)], [2, true]);
});
