/** A workspace of two small programs, and what the tests of the remote cache do with it. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TOKENS } from './cache-server.mjs';
import { crate } from './crates.mjs';

/** `words` is a task of Nx's own, without outputs. */
export const TWO_PROGRAMS = {
  options: { platforms: ['wasm32-wasip1'], profile: 'dev', tests: false },
  files: {
    ...crate('one'),
    ...crate('two'),
    'words/project.json': `${JSON.stringify({ name: 'words', targets: { say: { executor: 'nx:run-commands', cache: true, outputs: [], options: { command: 'echo words' } } } })}\n`,
  },
};

export const CROSS = ['run-many', '-t', 'cross-wasm32-wasip1'];

/** What a user sets for a server. A sound one may be slow where all tests run at once, so it has time, unless a test is about time. */
export function remoteEnv(server, { token = TOKENS.write, seconds = 120 } = {}) {
  return { NX_SELF_HOSTED_REMOTE_CACHE_SERVER: server.url, NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: token, NX_CARGO_CROSS_REMOTE_TIMEOUT: String(seconds) };
}

/** As on a machine that has built nothing: no outputs, and nothing in Nx's own cache. Cargo's target folders stay. */
export function forget(workspace) {
  workspace.remove('dist');
  workspace.remove('.nx');
  rmSync(join(workspace.folder, 'nx-cache'), { recursive: true, force: true });
}

/** Every file that was handed out, with its mode and what is in it. */
export function handedOut(workspace) {
  if (!workspace.exists('dist/cross')) return {};
  return Object.fromEntries(workspace.list('dist/cross').map((file) => [file, describe(workspace.path('dist/cross', file))]));
}

function describe(path) {
  return `${(statSync(path).mode & 0o777).toString(8)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
}

/** The warnings of a run, by their titles. */
export function warnings({ text }) {
  return text.split('\n').filter((line) => line.startsWith('warning[remote-cache]'));
}
