import { expect, test } from '@jest/globals';
import { aTempFolder } from '../../testkit/temp.js';
import { aZigRig } from '../../testkit/zig-rig.js';

const gnu = aZigRig(aTempFolder('out-dir'), 'aarch64-unknown-linux-gnu');
const ENV = { NX_CARGO_CROSS_OUTPUTS_NAMED: '1', OUT_DIR: '/my ws/target/build/a-1f/out', CARGO_PKG_NAME: 'a', CARGO_PKG_VERSION: '0.1.0' };
const ABOVE = '-ffile-prefix-map=/my ws/target=./target';
const OWN = '-ffile-prefix-map=/my ws/target/build/a-1f/out=./target/build/a-0.1.0/out';

test.each<readonly [string, readonly string[], Readonly<Record<string, string>>, readonly string[]]>([
  ['behind what names folders above it', ['-c', ABOVE, 'a.c'], {}, ['-g0', '-fno-sanitize=all', '-c', ABOVE, 'a.c', OWN]],
  ['not where nobody asks for it', ['-c', 'a.c'], { NX_CARGO_CROSS_OUTPUTS_NAMED: '' }, ['-g0', '-fno-sanitize=all', '-c', 'a.c']],
  ['not outside of a build script', ['-c', 'a.c'], { OUT_DIR: '' }, ['-g0', '-fno-sanitize=all', '-c', 'a.c']],
  ['not for a link', ['a.o'], {}, ['a.o', `-T${gnu.directory}/own-debug.ld`]],
])('the folder of a build script gets a name without a digest: %s', (_, words, env, passed) => {
  expect(gnu.run('clang', words, { env: { ...ENV, ...env } }).words).toEqual(passed);
});
