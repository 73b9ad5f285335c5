import { describe, expect, test } from '@jest/globals';
import type { PlatformBuild } from '../config/resolved.js';
import { LINUX, MAC, aCrate, aPlan, aProbe, aRequest, aTool, aWorkspace, anArtifact } from '../testkit/builders.js';
import { planBuild, type CargoCall, type PlannedBuild } from './plan.js';
import type { Probe } from './request.js';

const plan = (platform: string, build: Partial<PlatformBuild> = {}, probe: Partial<Probe> = {}): PlannedBuild => aPlan(aRequest(platform, { build }), aProbe(probe));
const onlyCall = (planned: PlannedBuild): CargoCall => {
  expect(planned.calls).toHaveLength(1);
  return planned.calls[0] as CargoCall;
};
const envOf = (call: CargoCall) => Object.fromEntries(call.env.map(({ name, value }) => [name, value]));
const configOf = (call: CargoCall): string | undefined => (call.args.includes('--config') ? call.args[call.args.indexOf('--config') + 1] : undefined);
const CC = 'CC_aarch64_unknown_linux_gnu';

describe('a plan', () => {
  test('has every place as a whole path', () => {
    expect(plan('aarch64-linux')).toMatchObject({
      triple: 'aarch64-unknown-linux-gnu',
      backend: { id: 'zig', version: '0.16.0', reason: 'default for the platform' },
      directory: '/ws/rust',
      targetDir: '/ws/rust/target/nx-cross',
      filesDirectory: '/home/me/.cache/nx-cargo-cross/shared/backend/zig-0.16.0/aarch64-unknown-linux-gnu-named',
      destination: '/ws/dist/cross/aarch64-linux/vault',
      log: '/ws/rust/target/nx-cross/logs/aarch64-linux/vault.log',
    });
  });

  test('calls cargo for the one crate, in its own target folder', () => {
    const call = onlyCall(plan('aarch64-linux', { profile: 'dist', features: ['a', 'b'], defaultFeatures: false }));
    expect(call.cargo).toBe('/home/me/.cargo/bin/cargo');
    expect(call.args.join(' ')).toBe(
      'build --locked --package vault@1.2.3 --bins --target aarch64-unknown-linux-gnu --profile dist --features a,b --no-default-features --target-dir /ws/rust/target/nx-cross --message-format json-render-diagnostics --color never',
    );
    expect(call.expected).toEqual([{ kind: 'bin', target: 'vault', fileName: 'vault', certain: true }]);
  });

  test('takes the lock file that the key holds, whatever the environment says', () => {
    const lockOf = (env: Readonly<Record<string, string>>) => onlyCall(plan('aarch64-linux', {}, { env })).env.filter(({ name }) => name === 'CARGO_RESOLVER_LOCKFILE_PATH');
    expect(lockOf({ CARGO_RESOLVER_LOCKFILE_PATH: '/x/Cargo.lock' })).toEqual([{ name: 'CARGO_RESOLVER_LOCKFILE_PATH', value: undefined }]);
    expect(lockOf({})).toEqual([]);
  });

  test("has the backend's caches below its target folder, shared by all platforms", () => {
    expect(envOf(onlyCall(plan('aarch64-linux')))['NX_CARGO_CROSS_ZIG_CACHE_aarch64_unknown_linux_gnu']).toBe('/ws/rust/target/nx-cross/cache/zig');
  });

  test('is the same for the same request and machine', () => {
    expect(plan('x86_64-windows')).toEqual(plan('x86_64-windows'));
  });

  test.each(['aarch64-linux', 'x86_64-windows', 'aarch64-macos', 'x86_64-linux-musl'])('for %s tells cargo of no path of the checkout, but where to build', (platform) => {
    const { args, env } = onlyCall(plan(platform, { reproducible: true }));
    // `NX_CARGO_CROSS_*` and the place of the caches are tracked by nobody.
    const tracked = env.filter(({ name }) => !name.startsWith('NX_CARGO_CROSS_') && !/^C(XX)?FLAGS_/.test(name)).map(({ value }) => value ?? '');
    expect([...args.filter((arg) => arg !== args[args.indexOf('--target-dir') + 1]), ...tracked].filter((word) => word.includes('/ws'))).toEqual([]);
  });

  test('names a folder of its own for files of another text', () => {
    const nameOf = (text: string): string => String(text.length);
    const [one, two] = ['0.15.10', '0.16.0'].map((version) => plan('aarch64-linux', {}, { tools: { zig: aTool('/opt/zig/zig', version) }, shared: { path: '/cache', nameOf } }));
    expect(one?.filesDirectory.split('-').at(-1)).not.toBe(two?.filesDirectory.split('-').at(-1));
    expect(plan('aarch64-linux', {}, { workspaceRoot: '/elsewhere', targetDir: '/elsewhere/target', shared: { path: '/cache', nameOf } }).filesDirectory).toBe(two?.filesDirectory);
  });

  test('names scripts that it writes', () => {
    const planned = plan('aarch64-linux');
    const written = planned.files.map(({ path }) => `${planned.filesDirectory}/${path}`);
    const env = envOf(onlyCall(planned));
    for (const name of [CC, 'AR_aarch64_unknown_linux_gnu', 'CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER']) expect(written).toContain(env[name]);
  });

  test.each<readonly [string, Partial<PlatformBuild>, string]>([
    ['aarch64-linux', { glibc: { major: 2, minor: 28 } }, 'aarch64-unknown-linux-gnu-2.28'],
    ['aarch64-macos', { minOs: '13.0' }, 'aarch64-apple-darwin-13.0'],
    ['x86_64-linux-musl', { linkage: 'dynamic' }, 'x86_64-unknown-linux-musl-dynamic'],
    ['aarch64-macos', { sdk: 'sdks/MacOSX 14.sdk' }, 'aarch64-apple-darwin-sdks-MacOSX-14.sdk'],
  ])('for %s with %j has scripts of their own', (platform, build, name) => {
    expect(plan(platform, build).filesDirectory.split('/').at(-1)).toBe(`${name}-named`);
  });

  test('for macOS holds the deployment target of the environment: scripts of its own, and a promise that the proof can keep', () => {
    const planned = plan('aarch64-macos', {}, { env: { PATH: '/usr/bin', MACOSX_DEPLOYMENT_TARGET: '12.0' } });
    expect(planned).toMatchObject({ minOs: '12.0', filesDirectory: expect.stringMatching(/aarch64-apple-darwin-12\.0-named$/) });
    expect(plan('aarch64-macos')).toMatchObject({ minOs: '11.0', filesDirectory: expect.stringMatching(/aarch64-apple-darwin-named$/) });
  });

  test('of a crate at the root, in a workspace of its own, has no empty parts', () => {
    const request = aRequest('aarch64-linux', { workspace: aWorkspace({ root: '' }), project: '@acme/vault', outDir: 'out' });
    expect(aPlan(request)).toMatchObject({ directory: '/ws', destination: '/ws/out/aarch64-linux/@acme/vault', log: '/ws/rust/target/nx-cross/logs/aarch64-linux/@acme+vault.log' });
  });

  test('of a crate without artifacts is none', () => {
    expect(planBuild(aRequest('aarch64-linux', { crate: aCrate({ artifacts: [] }) }), aProbe())).toMatchObject({
      ok: false,
      failures: [{ code: 'nothing-to-build', crate: 'vault', location: { file: 'rust/vault/Cargo.toml' } }],
    });
  });

  test('that its backend refuses for an option names the place of the option', () => {
    const tools = { ndk: { path: '/ndk', version: '27.0.1', env: {}, parts: { prebuilt: { path: '/ndk/p' }, platforms: { path: '/ndk/m', text: '{"min":21,"max":35}' } } } };
    const location = { file: 'nx.json', line: 4, column: 2 };
    const build: Partial<PlatformBuild> = { backend: { id: 'ndk', reason: '' }, apiLevel: 19, places: { apiLevel: location } };
    expect(planBuild(aRequest('aarch64-android', { build }), aProbe({ tools }))).toMatchObject({ ok: false, failures: [{ code: 'linkage-impossible', location }] });
  });

  test('that its backend refuses is none, and says why', () => {
    expect(planBuild(aRequest('aarch64-linux', { build: { linkage: 'static' } }), aProbe())).toMatchObject({ ok: false, failures: [{ code: 'linkage-impossible' }] });
  });
});

describe('a crate with C', () => {
  const closure = [{ name: 'libz-sys', version: '1.1.31' }];
  const used = [{ name: 'openssl-sys', version: '0.9.118', features: [], part: 'target', usedBy: ['vault'] }] as const;

  test('is built with what its recipe says', () => {
    expect(envOf(onlyCall(aPlan(aRequest('aarch64-linux', { closure }))))['LIBZ_SYS_STATIC']).toBe('1');
    expect(envOf(onlyCall(aPlan(aRequest('aarch64-linux', { closure, build: { env: { LIBZ_SYS_STATIC: '0' } } }))))['LIBZ_SYS_STATIC']).toBe('0');
  });

  test('that cannot be built is not begun', () => {
    expect(planBuild(aRequest('aarch64-linux'), aProbe({ used }))).toMatchObject({ ok: false, failures: [{ code: 'crate-unbuildable', crate: 'openssl-sys 0.9.118' }] });
    expect(planBuild(aRequest('aarch64-linux', { build: { env: { OPENSSL_DIR: '/o' } } }), aProbe({ used }))).toMatchObject({ ok: true });
  });
});

describe('a static platform whose own flags say otherwise', () => {
  test.each(['-Ctarget-feature=-crt-static', '-crt-static', 'target-feature=+aes,-crt-static', '-Cprefer-dynamic', 'prefer-dynamic=yes'])('by %s is none', (flag) => {
    expect(planBuild(aRequest('aarch64-linux-musl', { build: { rustflags: ['-C', flag] } }), aProbe())).toMatchObject({ ok: false, failures: [{ code: 'linkage-impossible', why: expect.stringContaining(flag) }] });
  });

  test.each(['-Ctarget-feature=+crt-static', '-Cprefer-dynamic=no', '--cfg=no-crt-static'])('is not contradicted by %s', (flag) => {
    expect(planBuild(aRequest('aarch64-linux-musl', { build: { rustflags: [flag] } }), aProbe())).toMatchObject({ ok: true });
  });

  test('may say so where the program is to be dynamic', () => {
    expect(planBuild(aRequest('aarch64-linux-musl', { build: { linkage: 'dynamic', rustflags: ['-Ctarget-feature=-crt-static'] } }), aProbe())).toMatchObject({ ok: true });
    expect(planBuild(aRequest('aarch64-linux', { build: { rustflags: ['-Cprefer-dynamic'] } }), aProbe())).toMatchObject({ ok: true });
  });
});

describe('a musl crate with a program and a shared library', () => {
  const crate = aCrate({ artifacts: [anArtifact('bin'), anArtifact('cdylib')] });

  test('is built by two calls, each linked in its own way', () => {
    const { calls } = aPlan(aRequest('aarch64-linux-musl', { crate }));
    expect(calls.map((call) => [call.linkage, configOf(call), call.expected.map(({ fileName }) => fileName)])).toEqual([
      ['dynamic', 'target.aarch64-unknown-linux-musl.rustflags=["-Clink-self-contained=no","-Ctarget-feature=-crt-static"]', ['libvault.so']],
      ['static', 'target.aarch64-unknown-linux-musl.rustflags=["-Clink-self-contained=no","-Ctarget-feature=+crt-static"]', ['vault']],
    ]);
  });

  test("has the program linked with the C library of rustup's std, the shared library with the backend's", () => {
    const planned = aPlan(aRequest('aarch64-linux-musl', { crate }), aProbe({ host: { ...LINUX, rustc: 'rustc 1.96.0 (ac68faa20 2026-05-25)' } }));
    expect(planned).toMatchObject({ linksStd: true, backend: { reason: "default for the platform, linked with the C library of Rust's std" } });
    expect(planned.calls.map(configOf)).toEqual([
      'target.aarch64-unknown-linux-musl.rustflags=["-Clink-self-contained=no","-Ctarget-feature=-crt-static"]',
      'target.aarch64-unknown-linux-musl.rustflags=["-Ctarget-feature=+crt-static"]',
    ]);
    expect(aPlan(aRequest('aarch64-linux-musl', { crate }))).toMatchObject({ linksStd: false, backend: { reason: 'default for the platform' } });
  });

  test('without the program is built by one, dynamically', () => {
    const planned = aPlan(aRequest('aarch64-linux-musl', { crate: aCrate({ artifacts: [anArtifact('cdylib')] }) }));
    expect(onlyCall(planned)).toMatchObject({ linkage: 'dynamic', expected: [{ fileName: 'libvault.so' }] });
  });
});

describe("the user's environment", () => {
  test('goes before what we would set, in every spelling, and the plan says whose it is', () => {
    const env = { PATH: '/usr/bin', TARGET_CC: 'mine', 'AR_aarch64-unknown-linux-gnu': 'my-ar' };
    const call = onlyCall(plan('aarch64-linux', {}, { env }));
    expect(call.env).toEqual(
      expect.arrayContaining([
        { name: CC, value: undefined, keptFrom: 'TARGET_CC' },
        { name: 'AR_aarch64_unknown_linux_gnu', value: undefined, keptFrom: 'AR_aarch64-unknown-linux-gnu' },
      ]),
    );
  });

  test("of the package goes before both", () => {
    const call = onlyCall(plan('aarch64-linux', { env: { [CC]: "package's", OTHER: '1' } }, { env: { [CC]: "machine's", OTHER: '2' } }));
    expect(call.env).toEqual(expect.arrayContaining([{ name: CC, value: "package's", keptFrom: CC }, { name: 'OTHER', value: '1' }]));
    expect(call.env.filter(({ name }) => name === CC)).toHaveLength(1);
  });

  test('of the package, in another spelling, counts too', () => {
    expect(envOf(onlyCall(plan('aarch64-linux', { env: { TARGET_CC: 'mine' } })))).toMatchObject({ TARGET_CC: 'mine', [CC]: undefined });
  });

  test('of the package may lengthen the PATH that ours is put before', () => {
    const planned = plan('x86_64-windows', { env: { PATH: '/mine' } });
    expect(envOf(onlyCall(planned))['PATH']).toBe(`${planned.filesDirectory}:/mine`);
  });
});

describe('rustc flags', () => {
  const OURS = ['-Clink-self-contained=no', '-Ctarget-feature=+crt-static', '-Cpackage'];
  const build = { rustflags: ['-Cpackage'] };
  const flagsOf = (probe: Partial<Probe>, more: Partial<PlatformBuild> = {}) => {
    const call = onlyCall(plan('x86_64-linux-musl', { ...build, ...more }, probe));
    const env = envOf(call);
    return { config: configOf(call)?.replace('target.x86_64-unknown-linux-musl.rustflags=', ''), encoded: env['CARGO_ENCODED_RUSTFLAGS']?.split('\u001f'), plain: env['RUSTFLAGS'] };
  };

  test.each<readonly [string, Partial<Probe>, ReturnType<typeof flagsOf>]>([
    ['nobody else has any', {}, { config: JSON.stringify(OURS), encoded: undefined, plain: undefined }],
    ['build.rustflags has some', { rustflags: { targetTable: false, build: ['-Cb'] } }, { config: JSON.stringify(['-Cb', ...OURS]), encoded: undefined, plain: undefined }],
    ['a target table has some', { rustflags: { targetTable: true, build: ['-Cb'] } }, { config: JSON.stringify(OURS), encoded: undefined, plain: undefined }],
    ['RUSTFLAGS has some', { env: { RUSTFLAGS: '-Ce' } }, { config: undefined, encoded: ['-Ce', ...OURS], plain: undefined }],
    ['CARGO_ENCODED_RUSTFLAGS has some', { env: { CARGO_ENCODED_RUSTFLAGS: '-Ce\u001f-Cf g' } }, { config: undefined, encoded: ['-Ce', '-Cf g', ...OURS], plain: undefined }],
  ])('reach rustc where %s', (_, probe, flags) => {
    expect(flagsOf(probe)).toEqual(flags);
  });

  test.each<readonly [string, Readonly<Record<string, string>>, ReturnType<typeof flagsOf>]>([
    ['RUSTFLAGS', { RUSTFLAGS: '-Ce' }, { config: undefined, encoded: ['-Ce', ...OURS], plain: undefined }],
    ['CARGO_ENCODED_RUSTFLAGS', { CARGO_ENCODED_RUSTFLAGS: '-Ce' }, { config: undefined, encoded: ['-Ce', ...OURS], plain: undefined }],
    ['CARGO_BUILD_RUSTFLAGS', { CARGO_BUILD_RUSTFLAGS: '-Ce' }, { config: JSON.stringify(['-Cb', '-Ce', ...OURS]), encoded: undefined, plain: undefined }],
    ['a blank table, which hides nothing', { CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUSTFLAGS: ' ' }, { config: JSON.stringify(['-Cb', ...OURS]), encoded: undefined, plain: undefined }],
    ['its table, which hides build.rustflags', { CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUSTFLAGS: '-Ce' }, { config: JSON.stringify(OURS), encoded: undefined, plain: undefined }],
  ])("reach rustc where the package's own env has %s", (_, env, flags) => {
    expect(flagsOf({ rustflags: { targetTable: false, build: ['-Cb'] } }, { env })).toEqual(flags);
  });
});

describe('on a Mac', () => {
  const probe: Partial<Probe> = {
    host: MAC,
    workspaceRoot: '/Users/me/my ws',
    targetDir: '/Users/me/my ws/rust/target',
    toolchain: { cargo: '/Users/me/.cargo/bin/cargo', release: '1.96.0', commit: 'ac68faa20', label: 'rustc 1.96.0' },
    tools: { zig: aTool('/opt/homebrew/bin/zig', '0.16.0') },
  };

  test("Apple's platforms are linked by the machine's own tools, and nothing is written", () => {
    const planned = plan('aarch64-macos', { backend: { id: 'native', reason: 'default on a Mac' }, minOs: '12.0' }, { ...probe, tools: { cc: aTool('/usr/bin/cc', '') } });
    expect(planned).toMatchObject({
      backend: { id: 'native', version: '' },
      files: [],
      filesDirectory: '/home/me/.cache/nx-cargo-cross/shared/backend/native/aarch64-apple-darwin-12.0-named',
      destination: '/Users/me/my ws/dist/cross/aarch64-macos/vault',
    });
    expect(onlyCall(planned)).toMatchObject({ cargo: '/Users/me/.cargo/bin/cargo', env: [{ name: 'MACOSX_DEPLOYMENT_TARGET', value: '12.0' }] });
  });

  test('Linux platforms are linked by the same scripts as elsewhere, but for their places', () => {
    const planned = plan('aarch64-linux', {}, probe);
    const elsewhere = plan('aarch64-linux');
    expect(planned.files.map(({ path }) => path)).toEqual(elsewhere.files.map(({ path }) => path));
    const [script] = planned.files;
    expect(script?.text).toContain('d=/home/me/.cache/nx-cargo-cross/shared/backend/zig-0.16.0/aarch64-unknown-linux-gnu-named\n');
    expect(envOf(onlyCall(planned))).toMatchObject({ [CC]: '/home/me/.cache/nx-cargo-cross/shared/backend/zig-0.16.0/aarch64-unknown-linux-gnu-named/aarch64-unknown-linux-gnu-clang', NX_CARGO_CROSS_ZIG_aarch64_unknown_linux_gnu: '/opt/homebrew/bin/zig' });
  });
});

test('with gcc the folder of scripts has the version of the compiler', () => {
  const tools = { cc: aTool('/usr/bin/x86_64-w64-mingw32-gcc-posix', '12.2.0'), ar: aTool('/usr/bin/x86_64-w64-mingw32-ar', '2.40') };
  expect(plan('x86_64-windows', { backend: { id: 'gcc', reason: 'nx.json' } }, { tools })).toMatchObject({
    backend: { id: 'gcc', version: '12.2.0', reason: 'nx.json' },
    filesDirectory: '/home/me/.cache/nx-cargo-cross/shared/backend/gcc-12.2.0/x86_64-pc-windows-gnu-named',
  });
});
