import { expect, test } from '@jest/globals';
import { aTempFolder } from '../../testkit/temp.js';
import { aZigRig } from '../../testkit/zig-rig.js';

const gnu = aZigRig(aTempFolder('named-folders'), 'aarch64-unknown-linux-gnu');
const FOLDERS = { NX_CARGO_CROSS_FOLDERS: "/my ws/it's a * $HOME/target=./target\n/my ws=.." };
const OUT_DIR = { NX_CARGO_CROSS_OUTPUTS_NAMED: '1', OUT_DIR: '/my ws/target/build/a-1f/out', CARGO_PKG_NAME: 'a', CARGO_PKG_VERSION: '0.1.0' };
const PLAIN = ['-g0', '-fno-sanitize=all'];
const NAMED = ['-ffile-prefix-map=/my ws=..', "-ffile-prefix-map=/my ws/it's a * $HOME/target=./target", `-ffile-prefix-map=${gnu.directory}=./target/nx-cross/backend`];
const MINE = '-ffile-prefix-map=/my ws=/mine';

test.each<readonly [string, readonly string[], Readonly<Record<string, string>>, readonly string[]]>([
  ["before the user's words, the most general first", ['-c', MINE, 'a *.c'], FOLDERS, [...PLAIN, ...NAMED, '-c', MINE, 'a *.c']],
  ['without any', ['-c', 'a.c'], {}, [...PLAIN, '-c', 'a.c']],
  ['with that of a build script behind those above it', ['-c', 'a.c'], { ...FOLDERS, ...OUT_DIR }, [...PLAIN, ...NAMED, '-ffile-prefix-map=/my ws/target/build/a-1f/out=./target/build/a-0.1.0/out', '-c', 'a.c']],
  ['not outside of a build script', ['-c', 'a.c'], { ...FOLDERS, ...OUT_DIR, OUT_DIR: '' }, [...PLAIN, ...NAMED, '-c', 'a.c']],
  ['not for a link', ['a.o'], { ...FOLDERS, ...OUT_DIR }, ['a.o', `-T${gnu.directory}/own-debug.ld`]],
])('C gets the names of folders %s', (_, words, env, passed) => {
  expect(gnu.run('clang', words, { env }).words).toEqual(passed);
});
