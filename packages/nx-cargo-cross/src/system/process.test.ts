import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { eventually, livingInGroup, printed, startNode } from '../testkit/processes.js';
import { isRunning, runCaptured, runStreaming, type RunSpec } from './process.js';

const folder = aTempFolder('process');
const env = { PATH: process.env['PATH'] ?? '' };
const HERE = new URL('./process.js', import.meta.url).href;

const sh = (script: string, more: Partial<RunSpec> = {}): RunSpec => ({ command: '/bin/sh', args: ['-c', script], cwd: folder, env, ...more });

/** Runs to the end, with everything that was printed. */
async function run(spec: RunSpec) {
  const out: string[] = [];
  const err: string[] = [];
  const outcome = await runStreaming({ ...spec, onStdout: (text) => out.push(text), onStderr: (text) => err.push(text) });
  return { ...outcome, stdout: out.join(''), stderr: err.join('') };
}

describe('a streamed command', () => {
  test.each([0, 1, 42, 101, 127, 255])('that ends with code %i says so', async (code) => {
    expect(await run(sh(`exit ${code}`))).toMatchObject({ exitCode: code, signal: undefined, spawnError: undefined });
  });

  test('that a signal ended has the code that shells give it', async () => {
    expect((await run(sh('kill -TERM $$'))).exitCode).toBe(128 + 15);
    expect((await run(sh('kill -KILL $$'))).exitCode).toBe(128 + 9);
  });

  test('that is not there ends as a shell would end, with its words', async () => {
    expect(await run({ command: join(folder, 'nothing'), args: [], cwd: folder, env })).toMatchObject({ exitCode: 127, stderr: expect.stringMatching(/nothing: not found|No such file/) });
  });

  test.each([
    ['a folder that is not there', sh('true', { cwd: '/no/such/folder' }), /no\/such\/folder/],
    ['a command line that is too long', sh('true', { args: ['x'.repeat(4_000_000)] }), /E2BIG/],
    ['a NUL character in a word', sh('true', { args: ['-c', 'true', 'a\0b'] }), /NUL character in "a\\u0000b"/],
    ['a NUL character in a variable', sh('true', { env: { X: '\0' } }), /NUL character/],
  ])('in %s could not be started, and says why', async (_, spec, why) => {
    expect(await run(spec)).toMatchObject({ exitCode: undefined, signal: undefined, spawnError: expect.stringMatching(why), stdout: '' });
  });

  test('gets its words untouched, since no shell reads them', async () => {
    const words = ['two words', '', "it's", '"', '$HOME', '$(id)', '*', '\\', 'a\nb', '-n', '--', 'größe Á中', '; exit 9'];
    expect((await run({ command: 'printf', args: ['%s|', ...words], cwd: folder, env })).stdout).toBe(words.map((word) => `${word}|`).join(''));
  });

  test('has the environment it was given and nothing of ours, but for the folder it stands in', async () => {
    process.env['NX_CARGO_CROSS_TEST_LEAK'] = '1';
    const given = { ...env, A: 'b c', EMPTY: '', 'CC_aarch64-unknown-linux-gnu': "it's $mine" };
    const { stdout } = await run({ command: 'env', args: ['-0'], cwd: folder, env: given });
    delete process.env['NX_CARGO_CROSS_TEST_LEAK'];
    const got = Object.fromEntries(stdout.split('\0').filter(Boolean).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    const { PWD, OLDPWD: _, SHLVL: __, ['_']: ___, ...rest } = got;
    expect(rest).toEqual(given);
    expect([undefined, folder]).toContain(PWD);
  });

  test('reads nothing and writes in its own folder', async () => {
    expect(await run(sh('cat; pwd'))).toMatchObject({ exitCode: 0, stdout: `${folder}\n` });
  });

  test('is heard in the order in which it speaks, whole, and on two streams', async () => {
    const { stdout, stderr } = await run(sh('i=0; while [ $i -lt 2000 ]; do echo "line $i"; echo "error $i" >&2; i=$((i+1)); done'));
    expect(stdout.split('\n').slice(0, -1)).toEqual(Array.from({ length: 2000 }, (_, index) => `line ${index}`));
    expect(stderr.split('\n').slice(0, -1)).toEqual(Array.from({ length: 2000 }, (_, index) => `error ${index}`));
  });

  test('talks over a socket as its next descriptor, and ends though what it left has that open', async () => {
    let heard = '';
    const onSocket: RunSpec['onSocket'] = (socket) => {
      socket.on('data', (chunk: Buffer) => {
        heard += chunk.toString();
        socket.end('back\n');
      });
    };
    const { stdout, exitCode } = await run(sh('printf hi >&4; read -r word <&4; read -r none <&4 || echo "$word, no more"; setsid sleep 60 >/dev/null 2>&1 & echo $!', { onSocket }));
    const [said, left] = stdout.split('\n');
    process.kill(Number(left), 'SIGKILL');
    expect([exitCode, heard, said]).toEqual([0, 'hi', 'back, no more']);
  });

  test('is heard while it runs', async () => {
    const fifo = join(folder, 'go');
    const heard: string[] = [];
    let answer = false;
    const running = runStreaming({
      ...sh(`mkfifo '${fifo}'; echo ready; read word <'${fifo}'; echo "got $word"`),
      onStdout(text) {
        heard.push(text);
        if (!answer) writeFileSync(fifo, 'it\n');
        answer = true;
      },
    });
    expect(await running).toMatchObject({ exitCode: 0 });
    expect(heard).toEqual(['ready\n', 'got it\n']);
  });

  test('may cut a character in two without harm', async () => {
    expect((await run(sh("printf 'gr\\303'; sleep 0.1; printf '\\266\\303\\237e'"))).stdout).toBe('größe');
  });

  test('leaves no supervisor behind', async () => {
    const { stdout } = await run(sh('ps -o pgid= -p $$'));
    await eventually(() => livingInGroup(Number(stdout)), (living) => living.length === 0);
  });
});

describe('an abort', () => {
  const spec = (onStdout: (text: string) => void, signal: AbortSignal): RunSpec => sh('ps -o pgid= -p $$; sleep 1000 & sh -c "trap : TERM INT HUP; sleep 1001; sleep 1002" & sleep 1003', { onStdout, signal });

  test('ends the whole group, also those that catch signals', async () => {
    const controller = new AbortController();
    let group = 0;
    const outcome = await runStreaming(
      spec((text) => {
        group = Number(text);
        controller.abort();
      }, controller.signal),
    );
    expect(outcome).toEqual({ exitCode: undefined, signal: 'SIGKILL', spawnError: undefined });
    expect(group).toBeGreaterThan(0);
    await eventually(() => livingInGroup(group), (living) => living.length === 0);
  });

  test('before the start starts nothing', async () => {
    const heard: string[] = [];
    expect(await runStreaming(spec((text) => heard.push(text), AbortSignal.abort()))).toEqual({ exitCode: undefined, signal: 'SIGTERM', spawnError: undefined });
    expect(heard).toEqual([]);
  });

  test('after the end is of no effect', async () => {
    const controller = new AbortController();
    expect(await run(sh('exit 3', { signal: controller.signal }))).toMatchObject({ exitCode: 3 });
    expect(() => controller.abort()).not.toThrow();
  });
});

describe('the end of this very process', () => {
  test.each(['SIGKILL', 'SIGTERM'] as const)('by %s takes the whole group of a streamed command along', async (signal) => {
    const node = startNode(`
      import { runStreaming } from ${JSON.stringify(HERE)};
      await runStreaming({
        command: 'sh', args: ['-c', 'ps -o pgid= -p $$; sleep 1000 & sleep 1000'], cwd: '/', env: { PATH: process.env.PATH },
        onStdout: (text) => process.stdout.write('group:' + text.trim() + ';'),
      });`);
    const group = Number(await printed(node, /group:(\d+);/));
    await eventually(() => livingInGroup(group), (living) => living.length >= 3);
    node.kill(signal);
    await eventually(() => livingInGroup(group), (living) => living.length === 0);
  });
});

describe('a captured command', () => {
  test('gives back what it printed, without the last line break', async () => {
    expect(await runCaptured({ command: '/bin/sh', args: ['-c', 'echo out; echo err >&2; pwd; exit 3'], cwd: folder, env })).toEqual({
      exitCode: 3,
      signal: undefined,
      spawnError: undefined,
      stdout: `out\n${folder}`,
      stderr: 'err',
    });
  });

  test('has no input, and no variables but those given', async () => {
    expect((await runCaptured({ command: 'cat', args: [], env })).stdout).toBe('');
    expect((await runCaptured({ command: '/usr/bin/env', args: [], env: { 'A-B': '1' } })).stdout).toBe('A-B=1');
  });

  test('that takes too long is ended, and says so', async () => {
    expect(await runCaptured({ command: 'sleep', args: ['1000'], env, timeout: 100 })).toMatchObject({ exitCode: undefined, signal: 'time limit' });
  });

  test('that a signal ended says which', async () => {
    expect(await runCaptured({ command: '/bin/sh', args: ['-c', 'kill -KILL $$'], env })).toMatchObject({ exitCode: undefined, signal: 'SIGKILL' });
  });

  test.each([
    ['is not there', '/no/such/command', [], /ENOENT/],
    ['is below a file', '/etc/passwd/x', [], /ENOTDIR/],
    ['may not be run', '/etc/passwd', [], /EACCES/],
    ['has too long a command line', '/bin/echo', ['x'.repeat(4_000_000)], /E2BIG/],
    ['has a NUL character', '/bin/echo', ['\0'], /NUL/],
  ])('that %s could not be started, and printed nothing', async (_, command, args, why) => {
    expect(await runCaptured({ command, args, env })).toEqual({ exitCode: undefined, signal: undefined, spawnError: expect.stringMatching(why), stdout: '', stderr: '' });
  });
});

test('whether a process runs can be asked', async () => {
  expect(isRunning(process.pid)).toBe(true);
  const child = startNode('console.log(process.pid)');
  const pid = Number(await printed(child, /^(\d+)\n/));
  await eventually(() => isRunning(pid), (running) => !running);
});
