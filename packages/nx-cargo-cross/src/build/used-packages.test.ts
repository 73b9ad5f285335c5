import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aRequest } from '../testkit/builders.js';
import { aSystem } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { openKeptAnswers } from './cargo-answers.js';
import { usedPackages } from './used-packages.js';

const closure = [{ name: 'openssl-sys', version: '0.9.118' }];
const build = { features: ['tls'], env: { CARGO_NET_OFFLINE: 'true' } };
const base = aTempFolder('used-packages');
const ask = (system: ReturnType<typeof aSystem>, asked = closure, { state, root = '/ws' }: { readonly state?: string; readonly root?: string } = {}) =>
  usedPackages({ system, cargo: '/bin/cargo', directory: '/ws/rust', kept: openKeptAnswers(root, join(base, root), state) }, aRequest('aarch64-linux-musl', { closure: asked, build }));

describe('what a build compiles', () => {
  test('is asked of cargo, for the very build', async () => {
    const system = aSystem({ capture: () => ({ stdout: '\topenssl-sys v0.9.118\tvendored\n' }) });
    expect(await ask(system)).toEqual([{ name: 'openssl-sys', version: '0.9.118', features: ['vendored'], part: 'target', usedBy: [] }]);
    expect(system.ran).toEqual([expect.stringMatching(/^cargo tree --locked --package vault@1\.2\.3 --target aarch64-unknown-linux-musl --features tls /)]);
  });

  test('is not asked where no recipe depends on it', async () => {
    const system = aSystem();
    expect(await ask(system, [{ name: 'serde', version: '1.0.0' }])).toBeUndefined();
    expect(system.ran).toEqual([]);
  });

  test('is not known where cargo does not answer', async () => {
    expect(await ask(aSystem({ capture: () => ({ exitCode: 101 }) }))).toBeUndefined();
  });

  test('is asked once for as long as everything that decides the answer is as it was', async () => {
    const system = aSystem({ capture: () => ({ stdout: '\tvault v1.2.3 (/ws/rust)\t\n\topenssl-sys v0.9.118\t\n' }) });
    const first = await ask(system, closure, { state: '1' });
    expect(first).toHaveLength(2);
    expect(await ask(system, closure, { state: '1' })).toEqual(first);
    expect(system.ran).toHaveLength(1);
    await ask(system, closure, { state: '2' });
    expect(system.ran).toHaveLength(2);
    await ask({ ...system, env: { ...system.env, RUSTUP_TOOLCHAIN: 'other' } } as typeof system, closure, { state: '2' });
    expect(system.ran).toHaveLength(3);
  });

  test.each([
    ['the state is not known', undefined, '/ws'],
    ['a path dependency lies outside of the repository', '1', '/elsewhere'],
  ])('is asked each time where %s', async (_, state, root) => {
    const system = aSystem({ capture: () => ({ stdout: '\tvault v1.2.3 (/ws/rust)\t\n' }) });
    const more = { root, ...(state === undefined ? {} : { state }) };
    await ask(system, closure, more);
    await ask(system, closure, more);
    expect(system.ran).toHaveLength(2);
  });

  test('is asked with the environment that the build has', async () => {
    const envs: unknown[] = [];
    const capture = (_: string, { env }: { readonly env: unknown }) => {
      envs.push(env);
      return {};
    };
    await ask(aSystem({ env: { PATH: '/usr/bin' }, capture }));
    expect(envs).toEqual([expect.objectContaining({ PATH: '/usr/bin', CARGO_NET_OFFLINE: 'true' })]);
  });
});
