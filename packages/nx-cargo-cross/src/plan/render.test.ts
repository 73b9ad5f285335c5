import { describe, expect, test } from '@jest/globals';
import { aCrate, aPlan, aProbe, aRequest, anArtifact } from '../testkit/builders.js';
import { FAILURES } from '../testkit/failures.js';
import { backendLabel, fileNames, renderPlan, renderPlanJson, type PlanOutcome } from './render.js';

const request = aRequest('aarch64-linux', { crate: aCrate({ artifacts: [anArtifact(), anArtifact('bin', 'extra', ['x'])] }), build: { features: ['a b'] } });
const planned = aPlan(request, aProbe({ env: { PATH: '/usr/bin', TARGET_CC: 'my-cc', AR_aarch64_unknown_linux_gnu: 'my-ar', RUSTFLAGS: '-Ca' } }));
const good: PlanOutcome = { task: 'vault:cross-aarch64-linux', planned };
const bad: PlanOutcome = { task: 'vault:cross-x', failures: [FAILURES['triple-unserved']] };
const D = planned.filesDirectory;

describe('a plan as text', () => {
  test('says everything that a build would do', () => {
    const { args } = planned.calls[0] ?? { args: [] };
    expect(renderPlan([good])).toBe(
      [
        'vault:cross-aarch64-linux',
        '  triple     aarch64-unknown-linux-gnu',
        '  backend    zig 0.16.0 (default for the platform)',
        '  directory  /ws/rust',
        `  files      ${planned.files.map(({ path }) => path).join(', ')} in ${D}`,
        `  command    /home/me/.cargo/bin/cargo ${args.join(' ').replace('a b', "'a b'")}`,
        '    env      AR_aarch64_unknown_linux_gnu=my-ar   (yours, from AR_aarch64_unknown_linux_gnu)',
        '    env      CARGO_ENCODED_RUSTFLAGS=-Ca',
        `    env      CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=${D}/aarch64-unknown-linux-gnu-clang`,
        '    env      CC_aarch64_unknown_linux_gnu   (yours, from TARGET_CC)',
        `    env      CMAKE_TOOLCHAIN_FILE_aarch64_unknown_linux_gnu=${D}/aarch64-unknown-linux-gnu.cmake`,
        '    env      CXXSTDLIB_aarch64_unknown_linux_gnu=c++',
        `    env      CXX_aarch64_unknown_linux_gnu=${D}/aarch64-unknown-linux-gnu-clang++`,
        '    env      NX_CARGO_CROSS_ZIG_CACHE_aarch64_unknown_linux_gnu=/ws/rust/target/nx-cross/cache/zig',
        '    env      NX_CARGO_CROSS_ZIG_aarch64_unknown_linux_gnu=/opt/zig/zig',
        '    env      PKG_CONFIG_ALLOW_CROSS_aarch64_unknown_linux_gnu=0',
        '    env      PKG_CONFIG_LIBDIR_aarch64_unknown_linux_gnu=/nonexistent',
        `    env      RANLIB_aarch64_unknown_linux_gnu=${D}/aarch64-unknown-linux-gnu-ranlib`,
        '    unset    RUSTFLAGS',
        '    expects  vault (bin)',
        '    expects  extra (bin, if its required features are on)',
        '  output     /ws/dist/cross/aarch64-linux/vault',
        '',
      ].join('\n'),
    );
  });

  test('names a folder of many files by itself', () => {
    const file = (path: string) => ({ path, text: '', executable: false });
    const many = Array.from({ length: 21 }, (_, index) => file(`headers/${index}.h`));
    expect(fileNames([file('cc'), ...many, file('few/a'), file('few/b')])).toBe('cc, headers/ (21 files), few/a, few/b');
  });

  test('has no line for files where there are none', () => {
    const native = aPlan(aRequest('x86_64-linux', { build: { backend: { id: 'native', reason: 'the host' } } }), aProbe({ tools: {} }));
    expect(renderPlan([{ task: 'x', planned: native }])).not.toMatch(/^ {2}files/m);
    expect(renderPlan([{ task: 'x', planned: native }])).toMatch(/^ {2}backend {4}native \(the host\)$/m);
  });

  test('of several tasks has them one below the other, those that fail too', () => {
    const text = renderPlan([good, bad]);
    expect(text.startsWith(renderPlan([good]).trimEnd())).toBe(true);
    expect(text).toContain('\n\nvault:cross-x\nerror[triple-unserved]: Backend "native" cannot build for');
    expect(text.endsWith('\n')).toBe(true);
  });
});

describe('a plan as JSON', () => {
  const read = (outcomes: readonly PlanOutcome[]): unknown => JSON.parse(renderPlanJson(outcomes));

  test('is JSON, and says the same', () => {
    expect(read([good, bad])).toEqual([
      {
        task: 'vault:cross-aarch64-linux',
        project: 'vault',
        crate: 'vault',
        version: '1.2.3',
        platform: 'aarch64-linux',
        triple: 'aarch64-unknown-linux-gnu',
        profile: 'release',
        features: ['a b'],
        backend: { id: 'zig', version: '0.16.0', reason: 'default for the platform' },
        directory: '/ws/rust',
        files: planned.files.map(({ path, text, executable }) => ({ path: `${D}/${path}`, text, executable })),
        calls: [
          {
            command: ['/home/me/.cargo/bin/cargo', ...(planned.calls[0]?.args ?? [])],
            env: expect.objectContaining({ AR_aarch64_unknown_linux_gnu: 'my-ar', CC_aarch64_unknown_linux_gnu: null, RUSTFLAGS: null, CARGO_ENCODED_RUSTFLAGS: '-Ca' }),
            kept: [
              { name: 'AR_aarch64_unknown_linux_gnu', from: 'AR_aarch64_unknown_linux_gnu' },
              { name: 'CC_aarch64_unknown_linux_gnu', from: 'TARGET_CC' },
            ],
            linkage: 'dynamic',
            expected: [
              { kind: 'bin', target: 'vault', fileName: 'vault', certain: true },
              { kind: 'bin', target: 'extra', fileName: 'extra', certain: false },
            ],
          },
        ],
        output: '/ws/dist/cross/aarch64-linux/vault',
        log: '/ws/rust/target/nx-cross/logs/aarch64-linux/vault.log',
      },
      { task: 'vault:cross-x', failures: [FAILURES['triple-unserved']] },
    ]);
  });

  test('says null where nothing is said', () => {
    expect(read([{ task: 'x', planned: aPlan(aRequest('x86_64-windows')) }])).toMatchObject([{ calls: [{ linkage: null }] }]);
  });

  test('of no task is an empty list, and ends with a line break', () => {
    expect(renderPlanJson([])).toBe('[]\n');
  });
});

test.each([
  [{ id: 'zig', version: '0.16.0', reason: '' }, 'zig 0.16.0'],
  [{ id: 'native', version: '', reason: '' }, 'native'],
] as const)('the backend of %j is said as "%s"', (backend, label) => {
  expect(backendLabel(backend)).toBe(label);
});
