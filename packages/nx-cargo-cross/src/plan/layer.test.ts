import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aPlan } from '../testkit/builders.js';
import { aTempFolder } from '../testkit/temp.js';
import { hearLayer, layerCall, layerScript, withoutLeftOut } from './layer.js';

describe('the script', () => {
  const { path, text } = layerScript({ targetDir: aTempFolder('layer script') });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o755 });
  test.each<[string, readonly string[], number, string]>([
    ['asked what rustc is', ['-vV'], 0, 'ran -vV\n'],
    ["asked what rustc makes of a triple", ['-', '--crate-name', '___', '--print=file-names'], 0, 'ran - --crate-name ___ --print=file-names\n'],
    ['to compile a crate', ['--crate-name', 'app', 'src/main.rs'], 1, 'nx-cargo-cross: not part of the layer: app\n'],
    ['to compile a build script', ['--crate-name', 'build_script_build', 'build.rs'], 1, 'nx-cargo-cross: not part of the layer: build_script_build\n'],
  ])('%s', (_, words, code, said) => {
    const { status, stdout, stderr } = spawnSync(path, ['sh', '-c', 'echo "ran $*"', 'rustc', ...words], { encoding: 'utf8' });
    expect([status, `${stdout}${stderr}`]).toEqual([code, said]);
  });
});

test('the call is that of the build, and goes on where something fails', () => {
  const call = aPlan().calls[0];
  if (!call) throw new Error('no call');
  const made = layerCall({ ...call, env: [...call.env, { name: 'RUSTC_WORKSPACE_WRAPPER', value: 'clippy-driver' }] }, '/script');
  expect(made.args).toEqual([...call.args, '--keep-going']);
  expect(made.env).toEqual([...call.env, { name: 'RUSTC_WORKSPACE_WRAPPER', value: '/script' }]);
});

/** As cargo 1.95 prints it. */
const LEFT = "nx-cargo-cross: not part of the layer: app\n\u001b[1m\u001b[91merror\u001b[0m: could not compile `app` (bin \"app\")\n\nCaused by:\n  process didn't exit successfully: `/t/layer/rustc-workspace-wrapper /bin/rustc --crate-name app` (exit status: 1)\n";
const BROKEN = 'error[E0425]: cannot find value `x` in this scope\nerror: could not compile `dep` (lib) due to 1 previous error\n';
const SCRIPT = "error: failed to run custom build command for `ring v0.17.14`\n\nCaused by:\n  process didn't exit successfully: `/t/build-script-build` (exit status: 1)\n";

test.each<[string, readonly string[], number, boolean, string]>([
  ['local crates alone', ['   Compiling itoa v1.0.0\n', LEFT], 1, false, '   Compiling itoa v1.0.0\n'],
  ['a crate that does not compile', [LEFT, BROKEN], 1, true, BROKEN],
  ['a script that fails', [SCRIPT, LEFT], 1, true, SCRIPT],
  ['a whole call', ['    Finished\n'], 0, false, '    Finished\n'],
])('%s', (_, said, left, failed, rest) => {
  const words = hearLayer();
  for (const text of said) words.hear(text);
  expect([words.leftOut(), words.hasFailed(), withoutLeftOut(said.join(''))]).toEqual([left, failed, rest]);
});
