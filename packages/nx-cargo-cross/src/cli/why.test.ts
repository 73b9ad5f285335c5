import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { keyName, partName } from '../history/names.js';
import { runRecords } from '../system/run-records.js';
import { aSystem } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import type { World } from './command.js';
import { COMMANDS } from './commands.js';
import { runCommandLine } from './run.js';
import { sayMoment } from './when.js';

const root = aTempFolder('why-cli');
const above = join(root, 'records');
const target = (executor: string, dependsOn?: readonly string[]): object => ({ executor, ...(dependsOn ? { dependsOn } : {}) });
const GRAPH = {
  nodes: {
    app: {
      data: {
        targets: {
          'cross-a': target('nx-cargo-cross:build'),
          'cross-b': target('nx-cargo-cross:build'),
          cross: target('nx:noop', ['cross-a', 'cross-b']),
          'cross-test-a': target('nx-cargo-cross:test'),
          'cross-test': target('nx:noop', ['cross-test-a']),
          lint: target('nx:run-commands'),
        },
      },
    },
    tool: { data: { targets: { 'cross-a': target('nx-cargo-cross:build') } } },
  },
};
function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
for (const workspace of ['ws', 'fresh']) write(`${workspace}/nx.json`, '{}');
for (const workspace of ['ws', 'new']) write(`${workspace}/.nx/workspace-data/project-graph.json`, JSON.stringify(GRAPH));
write('new/nx.json', '{}');
write('nowhere/x', '');
write('ws/no-export.json', '{}');
write('ws/no-json.json', '{');

/** Runs of two platforms and of tests; the last run of `a` has another CFLAGS. */
const records = runRecords(join(root, 'ws'), { NX_CARGO_CROSS_RECORDS: above });
const keep = (when: number, task: string, key: string, flags: string, kind = 'build'): void => {
  const nodes = { 'env:CFLAGS': `hash of ${flags}` };
  records?.put('runs', `00000000000000${when}-x`, { id: 'x', when: when * 1000, tasks: { [task]: { key, status: when === 3 ? 'local-cache' : 'success' } } });
  records?.put('keys', keyName(task, key), { task, key, kind, nodes, overrides: {}, salt: 's' });
  records?.put('parts', partName('env:CFLAGS', nodes['env:CFLAGS']), { value: flags });
};
keep(1, 'app:cross-a', '1111111', '-O1');
keep(2, 'app:cross-a', '2222222', '-O2');
keep(3, 'app:cross-b', '3333333', '-O1');
keep(4, 'app:cross-test-a', '4444444', '-O1', 'test');

async function run(line: string, folder = 'ws', env: Readonly<Record<string, string>> = { NX_CARGO_CROSS_RECORDS: above }): Promise<{ readonly code: number; readonly out: string; readonly error: string }> {
  let out = '';
  let error = '';
  const world: World = { system: aSystem({ env }), out: (text) => (out += text), error: (text) => (error += text), cwd: join(root, folder), interactive: false };
  const code = await runCommandLine(['why', ...line.split(' ').filter(Boolean)], COMMANDS, world);
  return { code, out, error };
}

describe('why', () => {
  test.each<[string, RegExp]>([
    ['app:cross-a', /^app:cross-a  key 111111… \(built [^)]+\)  ->  222222… \(built [^)]+\)\n  variable  CFLAGS  "-O1" -> "-O2"\n$/],
    ['app:cross-b', /^app:cross-b  key 333333…: there is one recorded run \(from the local cache [^)]+\)\n$/],
    ['app:cross', /^app:cross-a  key[^]*\napp:cross-b  key/],
    ['app:cross-test', /^app:cross-test-a  key 444444…: there is one recorded run \(passed /],
    ['app:cross-a --list', /^app:cross-a\n  1  .*  222222…  built\n  2  .*  111111…  built\n$/],
    ['app:cross-a --from 1 --to 2', /222222… .*->  111111… .*\n  variable  CFLAGS  "-O2" -> "-O1"\n$/],
    ['app:cross-a --from 1111 --to 1111111', /same key 111111… in both runs/],
  ])('%s', async (line, expected) => {
    const { code, out, error } = await run(line);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatch(expected);
  });

  test.each<[string, RegExp, string?]>([
    ['', /of which task\? Say PROJECT:TARGET/],
    ['app:cross-a app:cross-b', /one task at a time: "app:cross-b"/],
    ['app', /"app" names no target: say PROJECT:TARGET, as app:cross\n/],
    ['app:', /"app:" names no target: say PROJECT:TARGET, as app:cross\n/],
    ['ap:cross-a', /Unknown project "ap"[^]*Did you mean "app"\?/],
    ['app:cros', /Unknown task "app:cros"[^]*Did you mean "app:cross"\?/],
    ['app:lint', /Unknown task "app:lint"/],
    ['tool:cross-a', /no record of a run of tool:cross-a[^]*Run it once: npx nx run tool:cross-a/],
    ['app:cross', /no record of a run of app:cross[^]*Run it once: npx nx run app:cross-a/, 'new'],
    ['app:cross', /no record of a run of app:cross[^]*Run it once: npx nx run app:cross/, 'fresh'],
    ['app:cross', /there is no workspace here/, 'nowhere'],
    ['app:cross-a --from 9', /Unknown run "9"[^]*the recorded runs of app:cross-a[^]*Valid: 1, 2, 2222222, 1111111/],
    ['app:cross-a --to 99999', /Unknown run "99999"/],
    ['app:cross-a --from nothing.json', /nothing\.json cannot be read: ENOENT/],
    ['app:cross-a --from no-json.json', /no-json\.json is no file that .* wrote/],
    ['app:cross-a --from no-export.json', /no-export\.json is no file that .* wrote/],
    ['app:cross-a --record no/such/folder', /no\/such\/folder cannot be written: ENOENT/],
  ])('%s: exit code 2, and what to do', async (line, expected, folder = 'ws') => {
    const { code, out, error } = await run(line, folder);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(expected);
  });

  test('says that recording is off', async () => {
    expect((await run('app:cross-a', 'ws', { NX_CARGO_CROSS_RECORDS: 'false' })).error).toMatch(/Recording is off[^]*Unset NX_CARGO_CROSS_RECORDS/);
  });

  test('tells programs the same', async () => {
    const { out } = await run('app:cross-a --json');
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      tasks: [
        {
          task: 'app:cross-a',
          from: { number: 2, key: '1111111', when: '1970-01-01T00:00:01.000Z', status: 'success' },
          to: { number: 1, key: '2222222', when: '1970-01-01T00:00:02.000Z', status: 'success' },
          same: false,
          changes: [{ kind: 'variable', name: 'CFLAGS', from: '"-O1"', to: '"-O2"' }],
          untold: [],
        },
      ],
    });
    expect(JSON.parse((await run('app:cross-b --list --json')).out)).toEqual({ schema: 1, tasks: [{ task: 'app:cross-b', runs: [{ number: 1, key: '3333333', when: '1970-01-01T00:00:03.000Z', status: 'local-cache' }] }] });
  });

  test('compares with what another machine wrote down', async () => {
    expect((await run('app:cross --record ci.json')).code).toBe(0);
    const ci = readFileSync(join(root, 'ws/ci.json'), 'utf8');
    write('ws/other.json', ci.replaceAll('2222222', '5555555').replaceAll('hash of -O2', 'hash of -O3').replaceAll('"-O2"', '"-O3"'));
    expect((await run('app:cross-a --from other.json')).out).toMatch(/key 555555… \(built [^)]+, other\.json\)  ->  222222… [^]*CFLAGS  "-O3" -> "-O2"/);
    expect((await run('app:cross-a --from ci.json')).out).toMatch(/same key 222222… in both runs/);
    expect((await run('app:cross-test-a --from ci.json')).error).toMatch(/ci\.json tells nothing of app:cross-test-a; it has app:cross-a, app:cross-b/);
  });
});

test('a moment is told with its day where that is another', () => {
  const noon = new Date(2026, 10, 22, 12, 5).getTime();
  expect([sayMoment(noon, noon + 3_600_000), sayMoment(noon, noon + 86_400_000)]).toEqual(['12:05', '2026-11-22 12:05']);
});
