import { describe, expect, test } from '@jest/globals';
import { aRequest } from '../testkit/builders.js';
import { aSystem } from '../testkit/fake-system.js';
import { usedPackages } from './used-packages.js';

const closure = [{ name: 'openssl-sys', version: '0.9.118' }];
const build = { features: ['tls'], env: { CARGO_NET_OFFLINE: 'true' } };
const ask = (system: ReturnType<typeof aSystem>, asked = closure) => usedPackages(system, '/bin/cargo', '/ws/rust', aRequest('aarch64-linux-musl', { closure: asked, build }));

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
