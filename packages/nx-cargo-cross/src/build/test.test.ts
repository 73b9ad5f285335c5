import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import type { PlatformTest } from '../config/resolved.js';
import { aRequest } from '../testkit/builders.js';
import { aSystem, type FakeAnswers } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { runTest } from './test.js';

const root = aTempFolder('test run');
mkdirSync(join(root, 'rust'), { recursive: true });
writeFileSync(join(root, 'rust/Cargo.lock'), 'version = 4\n');
const SYSROOT = join(root, 'sysroot');
for (const triple of ['x86_64-unknown-linux-musl', 'x86_64-apple-darwin']) {
  mkdirSync(join(SYSROOT, 'lib/rustlib', triple, 'lib'), { recursive: true });
  writeFileSync(join(SYSROOT, 'lib/rustlib', triple, 'lib/libstd-1.rlib'), '');
}

const VERSION = 'rustc 1.96.0 (ac68faa20 2026-05-25)\nbinary: rustc\ncommit-hash: ac68faa20\nhost: x86_64-unknown-linux-gnu\nrelease: 1.96.0\n';

function answers(stream: FakeAnswers['stream'] = () => ({ exitCode: 0 })): FakeAnswers {
  return {
    cacheFolder: join(root, 'cache'),
    // A Linux without glibc.
    exists: { '/lib64/ld-linux-x86-64.so.2': false, '/usr/x86_64-linux-gnu/lib64/ld-linux-x86-64.so.2': false },
    onPath: { cargo: '/usr/bin/cargo', rustc: '/usr/bin/rustc' },
    capture: (line) => (line.includes('sysroot') ? { stdout: `${SYSROOT}\n` } : line.includes('-vV') ? { stdout: VERSION } : {}),
    stream,
  };
}

async function run(platform: string, more: Partial<PlatformTest> = {}, stream?: FakeAnswers['stream']) {
  const request = aRequest(platform, { build: { backend: { id: 'native', reason: '' }, env: {} } });
  const system: ReturnType<typeof aSystem> = { ...aSystem(answers(stream)), probeTool: async () => ({ found: true, tool: { path: '/usr/bin/cc', version: '', env: {} } }) };
  const said: string[] = [];
  const options = { system, workspaceRoot: root, color: false, emit: () => undefined };
  const written = [jest.spyOn(process.stdout, 'write').mockReturnValue(true), jest.spyOn(process.stderr, 'write').mockReturnValue(true)];
  const outcome = await runTest({
    options,
    request: { request, test: { build: request.build, timeout: 5, unrunnable: 'fail', ...more }, profile: undefined, args: [] },
    task: undefined,
    say: (line) => void said.push(line),
  });
  for (const spy of written) spy.mockRestore();
  return { outcome, said, codes: outcome.ok ? [outcome.value] : outcome.failures.map(({ code }) => code), cargo: system.streamed.map(({ args }) => args[0]) };
}

describe('a run of tests', () => {
  test('that end well passes', async () => {
    expect(await run('x86_64-linux-musl')).toMatchObject({ codes: ['passed'], cargo: ['test'], said: [expect.stringContaining('run directly')] });
  });

  test.each<[string, string, string, readonly string[]]>([
    ['tests that fail', 'error: 1 target failed:\n    `-p vault --lib`\n', 'tests-failed', []],
    ['tests that fail at once', 'error: test failed, to rerun pass `--lib`\n', 'tests-failed', []],
    ['a test that is stopped', 'nx-cargo-cross: time limit: /t/vault-1 was still running after 5 s\nerror: test failed, to rerun pass `--lib`\n', 'tests-failed', ['/t/vault-1 was still running after 5 s']],
    ['a compiler that fails', 'error[E0308]: mismatched types\nerror: could not compile `vault`\n', 'compile-failed', []],
    ['a stale lock file', 'error: cannot update the lock file /ws/Cargo.lock because --locked was passed\n', 'lock-stale', []],
  ])('tells %s', async (_, text, code, stopped) => {
    const { outcome, codes } = await run('x86_64-linux-musl', {}, (spec) => {
      spec.onStderr?.(text);
      return { exitCode: 101 };
    });
    expect(codes).toEqual([code]);
    expect(outcome).toMatchObject({ failures: [stopped.length > 0 ? { stopped } : {}] });
  });

  test('that cannot be run here fails before anything is compiled, or is skipped where that is asked for', async () => {
    expect(await run('x86_64-linux')).toMatchObject({ codes: ['not-runnable'], cargo: [] });
    expect(await run('x86_64-linux', { unrunnable: 'skip' })).toMatchObject({ codes: ['skipped'], cargo: [], said: [expect.stringMatching(/^skipped: not runnable here, because: .*ld-linux-x86-64\.so\.2/)] });
  });
});
