import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ManifestFile } from '../artifact/manifest.js';
import { aBuild, LINUX } from '../testkit/builders.js';
import { aSystem, type FakeAnswers } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { smokeRun } from './smoke.js';

const folder = aTempFolder('smoke');
const PROGRAM: ManifestFile = { name: 'vault', kind: 'bin', size: 1, sha256: '' };
const LIBRARY: ManifestFile = { name: 'libvault.so', kind: 'cdylib', size: 1, sha256: '' };

async function smoke(answers: FakeAnswers, words: readonly string[] | undefined = ['--version'], platform = 'x86_64-linux-musl', files = [PROGRAM, LIBRARY]) {
  const said: string[] = [];
  const log = join(folder, 'log');
  writeFileSync(log, 'cargo\n');
  const system = aSystem(answers);
  const build = aBuild(platform, { smoke: words });
  const failures = await smokeRun({ system, host: LINUX, build, workFolder: folder, log, say: (line) => said.push(line), signal: undefined }, '/draft', files);
  return { failures, said, started: system.streamed.map(({ args }) => args.slice(2).join(' ')), log: readFileSync(log, 'utf8') };
}

describe('a smoke run', () => {
  test('starts each program, and no library, with the words of the options', async () => {
    const { failures, started, said } = await smoke({});
    expect({ failures, started, said }).toEqual({ failures: [], started: ['/draft/vault --version'], said: ['smoke run of vault --version: passed (directly)'] });
  });

  test('starts nothing where no words are said', async () => {
    const system = aSystem();
    const build = aBuild('x86_64-linux-musl');
    expect(await smokeRun({ system, host: LINUX, build, workFolder: folder, log: join(folder, 'log'), say: () => undefined, signal: undefined }, '/draft', [PROGRAM])).toEqual([]);
    expect(system.streamed).toEqual([]);
  });

  test('of a program that ends badly fails, with what it printed, which is in the log too', async () => {
    const stream: FakeAnswers['stream'] = (spec) => {
      spec.onStderr?.('what is this?\n');
      return { exitCode: 3 };
    };
    const { failures, log } = await smoke({ stream });
    expect(failures).toEqual([{ code: 'smoke-failed', file: 'vault', platform: 'x86_64-linux-musl', command: 'vault --version', how: 'directly', exitCode: 3, output: 'what is this?', log: join(folder, 'log') }]);
    expect(log).toBe('cargo\n$ vault --version (directly)\nwhat is this?\n\nexit code 3\n');
  });

  test('that cannot be had fails nothing, is said, and stands in the log', async () => {
    const { failures, said, log, started } = await smoke({}, ['--version'], 'aarch64-macos');
    expect({ failures, started }).toEqual({ failures: [], started: [] });
    const line = 'smoke run of vault --version: not runnable here, because: macOS programs run on a Mac only.';
    expect([said, log]).toEqual([[line], `cargo\n${line}\n`]);
  });
});
