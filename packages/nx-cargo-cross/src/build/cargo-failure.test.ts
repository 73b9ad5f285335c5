import { describe, expect, test } from '@jest/globals';
import { aPlan, aRequest, aWorkspace } from '../testkit/builders.js';
import type { CargoCall } from '../plan/plan.js';
import type { CargoOutcome } from './cargo-call.js';
import { cargoFailure } from './cargo-failure.js';

const planned = aPlan();
const [call] = planned.calls as readonly [CargoCall];

const outcome = (more: Partial<CargoOutcome> = {}): CargoOutcome => ({ exitCode: 101, signal: undefined, spawnError: undefined, messages: [], scripts: [], tail: '', ...more });

describe('a failed cargo call', () => {
  test('names the crate, the triple, the exit code, the log and the whole command', () => {
    const failure = cargoFailure(planned, call, outcome({ tail: 'error: could not compile `vault`\n' }));
    expect(failure).toMatchObject({ code: 'compile-failed', crate: 'vault', triple: 'aarch64-unknown-linux-gnu', exitCode: 101, log: planned.log });
    expect(failure.code === 'compile-failed' && failure.command).toMatch(/^cd \/ws\/rust && \/home\/me\/\.cargo\/bin\/cargo build --locked --package vault@1\.2\.3 /);
  });

  test('has a command that can be pasted where folders have spaces', () => {
    const failure = cargoFailure({ ...planned, directory: "/my ws/it's" }, { ...call, args: ['build', '--config', 'x=["a b"]'] }, outcome());
    expect(failure.code === 'compile-failed' && failure.command).toBe("cd '/my ws/it'\\''s' && /home/me/.cargo/bin/cargo build --config 'x=[\"a b\"]'");
  });

  test('says what is recognised in its output, for this crate and platform, colours or not', () => {
    const tail = '\u001b[0m\u001b[1m\u001b[38;5;9merror\u001b[0m: linker `x86_64-w64-mingw32-gcc` not found\n  |\n';
    const failure = cargoFailure(planned, call, outcome({ tail }));
    expect(failure.code === 'compile-failed' && failure.diagnoses).toMatchObject([{ id: 'linker-missing', line: 'error: linker `x86_64-w64-mingw32-gcc` not found' }]);
    expect(failure.code === 'compile-failed' && failure.diagnoses[0]?.cause).toContain('CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER');
  });

  test.each([
    ['cargo 1.95', 'error: cannot update the lock file /ws/rust/Cargo.lock because --locked was passed to prevent this\nhelp: to generate the lock file ...\n'],
    ['older ones', 'error: the lock file /ws/rust/Cargo.lock needs to be updated but --locked was passed to prevent this\n'],
    ['a line set in', '  error: cannot update the lock file x because --locked was passed to prevent this  \n'],
    ['colours', '\u001b[1m\u001b[91merror\u001b[0m: cannot update the lock file /ws/rust/Cargo.lock because --locked was passed to prevent this\n'],
  ])('may mean a stale lock file, in the words of %s', (_, tail) => {
    expect(cargoFailure(planned, call, outcome({ tail: `    Updating crates.io index\n${tail}` }))).toEqual({
      code: 'lock-stale',
      file: 'rust/Cargo.lock',
      message: tail.replace(/\u001b\[\d+m/g, '').split('\n')[0]?.trim(),
      command: 'cargo update --workspace --manifest-path rust/Cargo.toml',
    });
  });

  test('names a stale lock file by a command that can be pasted', () => {
    const workspace = aWorkspace({ manifest: 'my rust/Cargo.toml' });
    const failure = cargoFailure(aPlan(aRequest('aarch64-linux', { workspace })), call, outcome({ tail: 'error: the lock file x needs to be updated' }));
    expect(failure.code === 'lock-stale' && failure.command).toBe("cargo update --workspace --manifest-path 'my rust/Cargo.toml'");
  });

  test('is no stale lock file when only a crate speaks of lock files', () => {
    expect(cargoFailure(planned, call, outcome({ tail: 'error: cannot open the lock file of apt\n' })).code).toBe('compile-failed');
  });

  test('that a signal ended was interrupted, whatever was printed', () => {
    expect(cargoFailure(planned, call, outcome({ exitCode: undefined, signal: 'SIGKILL', tail: 'error: the lock file x needs to be updated' }))).toEqual({
      code: 'interrupted',
      crate: 'vault',
      triple: 'aarch64-unknown-linux-gnu',
      signal: 'SIGKILL',
    });
  });

  test('that never started means a broken cargo', () => {
    expect(cargoFailure(planned, call, outcome({ exitCode: undefined, spawnError: 'spawn EACCES' }))).toMatchObject({
      code: 'tool-broken',
      tool: 'cargo',
      path: '/home/me/.cargo/bin/cargo',
      message: 'spawn EACCES',
      install: 'rustup toolchain install stable',
    });
  });
});
