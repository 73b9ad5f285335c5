import { describe, expect, test } from '@jest/globals';
import { aCrate, anArtifact, aProbe, aRequest } from '../testkit/builders.js';
import { planTest, renderTest, type PlannedTest, type TestRunner } from './test-plan.js';

const QEMU: TestRunner = { label: 'qemu-aarch64', isEmulator: true, words: ['/usr/bin/node', '/plugin/run-under.js'], spec: { command: ['/usr/bin/qemu-aarch64'], env: {}, unset: [] } };

function plan(platform = 'aarch64-linux', runner: TestRunner | undefined = QEMU, more: { readonly sysroot?: string; readonly profile?: string; readonly args?: readonly string[]; readonly kinds?: readonly ('bin' | 'cdylib')[] } = {}): PlannedTest {
  const request = aRequest(platform, { crate: aCrate({ artifacts: (more.kinds ?? ['bin']).map((kind) => anArtifact(kind, 'my-tool')) }) });
  const planned = planTest({ request, test: { build: request.build, timeout: 5, unrunnable: 'fail' }, profile: more.profile, args: more.args ?? [] }, aProbe(), runner, more.sysroot);
  if (!planned.ok) throw new Error(planned.failures.map(({ code }) => code).join());
  return planned.value;
}

const after = (planned: PlannedTest, key: string): string | undefined => planned.args.find((word) => word.startsWith(`target.${planned.build.triple}.${key}=`))?.split('=').slice(1).join('=');

describe('the plan of tests', () => {
  test('runs cargo test in a folder of its own, with a runner and its file', () => {
    const planned = plan('aarch64-linux', QEMU, { args: ['--nocapture'] });
    expect(planned.args.slice(0, 3)).toEqual(['test', '--locked', '--no-fail-fast']);
    expect(planned.args.slice(-2)).toEqual(['--', '--nocapture']);
    expect(planned.args[planned.args.indexOf('--target-dir') + 1]).toBe('/ws/rust/target/nx-cross-test');
    expect(planned.spec?.path).toBe('/ws/rust/target/nx-cross-test/runner/aarch64-unknown-linux-gnu-5.json');
    expect(after(planned, 'runner')).toBe(JSON.stringify([...QEMU.words, planned.spec?.path]));
    expect(JSON.parse(planned.spec?.text ?? '')).toEqual({ ...QEMU.spec, timeout: 5000, programs: ['/ws/rust/target/nx-cross-test/aarch64-unknown-linux-gnu/debug/my-tool'] });
  });

  test.each([
    [undefined, 'debug'],
    ['dev', 'debug'],
    ['release', 'release'],
    ['bench', 'release'],
    ['small', 'small'],
  ])('finds the programs of profile %s in %s', (profile, folder) => {
    const { programs } = JSON.parse(plan('aarch64-linux', QEMU, profile === undefined ? {} : { profile }).spec?.text ?? '') as { readonly programs: readonly string[] };
    expect(programs[0]).toContain(`/${folder}/my-tool`);
  });

  test('leaves a runner of the user alone, and programs that need no emulator', () => {
    const own = planTest({ request: aRequest(), test: { build: aRequest().build, timeout: 5, unrunnable: 'fail' }, profile: undefined, args: [] }, aProbe(), undefined, undefined);
    expect(own.ok && [after(own.value, 'runner'), own.value.spec]).toEqual([undefined, undefined]);
    expect(JSON.parse(plan('aarch64-linux', { ...QEMU, isEmulator: false }).spec?.text ?? '')).toMatchObject({ programs: [] });
  });

  test('tells documentation tests the same flags, and a sysroot of our own to both', () => {
    const planned = plan('aarch64-linux-musl', QEMU, { sysroot: '/cache/std' });
    expect(after(planned, 'rustflags')).toContain('"--sysroot","/cache/std"');
    expect(after(planned, 'rustdocflags')).toBe(after(planned, 'rustflags'));
  });

  test('is as static as programs of the platform, also for a crate that ships a shared library alone', () => {
    expect(after(plan('aarch64-linux-musl', QEMU, { kinds: ['cdylib'] }), 'rustflags')).toBe(after(plan('aarch64-linux-musl'), 'rustflags'));
  });

  test('is printed', () => {
    const text = renderTest(plan());
    for (const words of ['runner     qemu-aarch64', 'command    ', 'cargo test --locked', 'env      CC_aarch64']) expect(text).toContain(words);
  });
});
