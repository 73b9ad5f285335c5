import { describe, expect, test } from '@jest/globals';
import { isHopeless, sayTroubles, sayUnguarded, type Problem, type Trouble } from './trouble.js';

const trouble = (problem: Problem, method: Trouble['method'] = 'GET', hash = '17'): Trouble => ({ method, hash, problem });
const status = (code: number, text = ''): Problem => ({ kind: 'status', status: code, text });
const refused: Problem = { kind: 'unreachable', cause: 'ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:3000' };
const reset: Problem = { kind: 'unreachable', cause: 'ECONNRESET: read ECONNRESET' };
const timeout: Problem = { kind: 'timeout', seconds: 10 };
const damaged: Problem = { kind: 'damaged', why: 'it was stored as 18' };

describe('when a server is asked no more', () => {
  test.each<[string, readonly Trouble[], boolean]>([
    ['nothing happened', [], false],
    ['refused', [trouble(refused)], true],
    ['no answer', [trouble(timeout)], true],
    ['an unknown token', [trouble(status(401))], true],
    ['an unknown token, storing', [trouble(status(401), 'PUT')], true],
    ['a token that may not read', [trouble(status(403))], true],
    ['one error of the server', [trouble(status(500))], false],
    ['two connections that broke', [trouble(reset), trouble(reset)], false],
    ['three errors of any kind', [trouble(reset), trouble(status(502)), trouble(status(500), 'PUT')], true],
    ['entries that are too large', Array.from({ length: 9 }, () => trouble(status(413), 'PUT')), false],
    ['damaged entries', Array.from({ length: 9 }, () => trouble(damaged)), false],
  ])('%s: %j', (_name, troubles, expected) => expect(isHopeless(troubles)).toBe(expected));
});

describe('the warning', () => {
  const server = 'http://127.0.0.1:3000';
  test('of a server that is gone', () => {
    expect(sayTroubles(server, [trouble(refused)], { off: true, left: 3 })).toBe(`warning[remote-cache]: The remote cache http://127.0.0.1:3000 does not work; this run goes on without it
  Looking up 17: no answer (ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:3000)
  3 more requests were not sent.
  help: Look at it with: curl -i -H "Authorization: Bearer $NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN" http://127.0.0.1:3000/v1/cache/17 -o /dev/null`);
  });
  test('of an entry that is wrong', () => {
    expect(sayTroubles(server, [trouble(damaged)], { off: false, left: 0 })).toBe(`warning[remote-cache]: The remote cache http://127.0.0.1:3000 had trouble; what it did not give is built here
  Looking up 17: the entry is damaged or another's and was not taken: it was stored as 18
  help: Delete on the server, where entries do not change by themselves: 17`);
  });
  test.each<[string, Trouble, string]>([
    ['a token', trouble(status(401, 'Who are you?')), 'Looking up 17: status 401 (Who are you?)'],
    ['a token, help', trouble(status(401)), 'help: Set NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN to a token that the server knows.'],
    ['a right', trouble(status(403)), 'help: Set NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN to a token that may read.'],
    ['time', trouble(timeout, 'PUT'), 'Storing 17: not done within 10 s'],
    ['time, help', trouble(timeout), 'help: If the server is only slow, give it longer: NX_CARGO_CROSS_REMOTE_TIMEOUT=30'],
    ['size', trouble(status(413), 'PUT'), 'help: Let the server take larger entries; the artifacts of this task are stored nowhere else.'],
    ['a certificate', trouble({ kind: 'unreachable', cause: 'SELF_SIGNED_CERT_IN_CHAIN: self-signed certificate' }), 'help: Name the certificate of your authority: NODE_EXTRA_CA_CERTS=<file>'],
  ])('%s', (_name, one, line) => expect(sayTroubles(server, [one], { off: false, left: 0 }).split('\n').map((text) => text.trim())).toContain(line));
  test('names five, and counts the rest', () => {
    const said = sayTroubles(server, Array.from({ length: 7 }, (_, index) => trouble(damaged, 'GET', String(index))), { off: false, left: 0 });
    expect(said.match(/Looking up/g)).toHaveLength(5);
    expect(said).toContain('  and 2 more\n');
  });
});

test.each([
  [true, 'This run goes on without a remote cache.'],
  [false, 'Where it fails, Nx ends the run.'],
])('without the guard, off: %s', (off, line) => expect(sayUnguarded('It is so', off)).toBe(`warning[remote-cache]: It is so.\n  ${line}`));
