import { spawnSync } from 'node:child_process';
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { RUN_UNDER } from '../build/runner.js';
import { TIME_LIMIT, type RunnerSpec } from '../runner/spec.js';
import { aTempFolder } from '../testkit/temp.js';

const folder = aTempFolder('run under');
const [node, ...before] = RUN_UNDER;

function run(spec: Partial<RunnerSpec>, words: readonly string[], env: Record<string, string> = {}) {
  const file = join(folder, 'spec.json');
  writeFileSync(file, JSON.stringify({ command: [], env: {}, unset: [], timeout: 60_000, programs: [], ...spec }));
  const { status, stdout, stderr } = spawnSync(node, [...before, file, ...words], { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', ...env } });
  return { status, stdout, stderr };
}

function script(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return path;
}

describe('a program under the runner', () => {
  test('keeps its words, its exit code, and variables that no shell can name', () => {
    const shown = run({ env: { A: 'spec' }, unset: ['GONE'] }, [process.execPath, '-e', 'console.log(process.argv.slice(1), process.env.A, process.env.GONE, process.env["B-c"]); process.exit(7)', 'a b'], {
      'B-c': 'dash',
      GONE: 'x',
    });
    expect(shown).toEqual({ status: 7, stdout: "[ 'a b' ] spec undefined dash\n", stderr: '' });
  });

  test('is started by the words of the spec', () => {
    expect(run({ command: ['/bin/echo', '-L', '/root'] }, ['/the/program', 'word']).stdout).toBe('-L /root /the/program word\n');
  });

  test('is ended when its time is over, with all that it started', () => {
    const program = script('hang', 'sleep 60 & wait');
    const { status, stderr } = run({ timeout: 300 }, [program]);
    expect(status).toBe(124);
    expect(stderr).toContain(`${TIME_LIMIT} ${program} was still running after 0.3 s`);
  });

  test('that cannot be started, or is ended by a signal, says so', () => {
    expect(run({}, [join(folder, 'nothing')])).toMatchObject({ status: 127, stderr: expect.stringContaining('could not be started') });
    expect(run({}, [script('killed', 'kill -TERM $$')])).toMatchObject({ status: 128, stderr: expect.stringContaining('was ended by SIGTERM') });
  });

  test("programs that it may start itself become scripts that start them in the emulator, once", () => {
    const program = join(folder, "it's one");
    const kept = join(folder, "cargo's own copy");
    writeFileSync(kept, '\x7fELF', { mode: 0o755 });
    linkSync(kept, program);
    for (let times = 0; times < 2; times++) {
      expect(run({ command: ['/bin/echo'], programs: [program, join(folder, 'not built')] }, ['/the/test']).stdout).toBe('/the/test\n');
      expect(readFileSync(`${program}.emulated`, 'latin1')).toBe('\x7fELF');
      expect(statSync(program).mode & 0o111).toBe(0o111);
    }
    // As cargo does it on every run that finds another file in the place of its own.
    rmSync(program);
    linkSync(kept, program);
    run({ command: ['/bin/echo'], programs: [program] }, ['/the/test']);
    expect(readFileSync(kept, 'latin1')).toBe('\x7fELF');
    expect(spawnSync(program, ['word'], { encoding: 'utf8' }).stdout).toBe(`${program}.emulated word\n`);
  });
});
