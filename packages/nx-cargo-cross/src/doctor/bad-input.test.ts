/** What every backend does with wishes that it cannot fulfil and with machines that lack what it needs: over all triples, on both hosts. */
import { describe, expect, test } from '@jest/globals';
import type { Host, SetUpInput } from '../backend/contract.js';
import { backendOf } from '../backend/registry.js';
import { BACKEND_IDS, type BackendId } from '../config/backend-id.js';
import type { PlatformBuild } from '../config/resolved.js';
import { describe as inWords } from '../diagnostics/describe.js';
import type { Failure } from '../diagnostics/failure.js';
import type { Result } from '../diagnostics/result.js';
import { knownTriples } from '../platform/known.js';
import { commandsOf, readMends, type MendHost } from './mend.js';
import { aBuild, aProbe, aRequest, aSetUp, aTool, aTriple, LINUX, MAC } from '../testkit/builders.js';
import { planBuild } from '../plan/plan.js';

const HOSTS: readonly (readonly [string, Host])[] = [
  ['Linux', LINUX],
  ['a Mac', MAC],
];
const SERVED = HOSTS.flatMap(([name, host]) =>
  BACKEND_IDS.map((id) => [id, name, host, knownTriples().map(({ triple }) => triple).filter((triple) => backendOf(id).refuses(aTriple(triple), host) === undefined)] as const),
).filter(([, , , triples]) => triples.length > 0);
const mendHost: MendHost = { isRoot: true, hasApt: true, packageManager: 'npm', declared: [] };

/** A failure that a stranger can act on. */
function isHelpful(failure: Failure): boolean {
  const { title, details, help } = inWords(failure);
  return [title, ...details, ...help].every((line) => line.trim() !== '' && !/\bundefined\b|\[object|NaN/.test(line)) && help.length > 0;
}

describe.each(SERVED)('%s on %s', (id, _, host, triples) => {
  const backend = backendOf(id);

  test.each(triples)('says for %s what it needs, where it looks, and a way to get it', (triple) => {
    for (const need of backend.needs(aTriple(triple), host, {})) {
      expect(need).toMatchObject({ key: expect.stringMatching(/./), label: expect.stringMatching(/./) });
      expect(need.candidates.length).toBeGreaterThan(0);
      expect(readMends(need.install, mendHost)[0]).toBeDefined();
    }
  });

  test.each(triples)('ends for %s without any tool in a plan or in a failure that helps', (triple) => {
    const set: Result<unknown> = backend.setUp(aSetUp(triple, { host, tools: {} }));
    expect(set.ok || set.failures.every(isHelpful)).toBe(true);
  });

  test.each(triples)('ends for %s with strange wishes in a plan or in a failure that helps', (triple) => {
    const tools = Object.fromEntries(backend.needs(aTriple(triple), host, {}).map(({ key, label }) => [key, aTool(`/opt/${label}`, '99.0.0')]));
    const wishes: readonly Partial<SetUpInput>[] = [{ linkage: 'static' }, { linkage: 'dynamic' }, { apiLevel: 1 }, { apiLevel: 9999 }, { minOs: '1.0' }, { sdk: '/nowhere' }, { interpreter: '/nix/store/ld.so' }, { glibc: { major: 2, minor: 99 } }];
    for (const wish of wishes) {
      const set: Result<unknown> = backend.setUp(aSetUp(triple, { host, tools, ...wish }));
      expect([wish, set.ok || set.failures.every(isHelpful)]).toEqual([wish, true]);
    }
  });
});

describe.each(HOSTS)('on %s', (_, host) => {
  test.each(BACKEND_IDS)('no way to get what %s needs accepts a licence in somebody\'s stead', (id) => {
    const served = knownTriples().filter(({ triple }) => backendOf(id).refuses(aTriple(triple), host) === undefined);
    const mends = served.flatMap(({ triple }) => backendOf(id).needs(aTriple(triple), host, {}).flatMap((need) => readMends(need.install, mendHost)));
    expect(mends.flatMap((mend) => commandsOf(mend, mendHost)).filter((words) => /licen[cs]e|sdkmanager|curl/i.test(words.join(' ')))).toEqual([]);
  });

  test.each(BACKEND_IDS)('%s says of every triple that it does not serve why not', (id) => {
    for (const { triple } of knownTriples()) expect(backendOf(id).refuses(aTriple(triple), host) ?? 'It is served.').toMatch(/^\S.{8,}\.$/);
  });
});

describe('a linkage that no flag can give is refused by the plan', () => {
  const plan = (platform: string, backend: BackendId, build: Partial<PlatformBuild>) =>
    planBuild(aRequest(platform, { build: aBuild(platform, { backend: { id: backend, reason: 'test' }, ...build }) }), aProbe({ tools: { zig: aTool(), cc: aTool('/usr/bin/gcc', '12'), ar: aTool('/usr/bin/ar', '') } }));

  test.each<[string, BackendId, RegExp]>([
    ['aarch64-linux', 'zig', /glibc only dynamically/],
    ['aarch64-macos', 'zig', /system library only as a dynamic one/],
    ['x86_64-macos', 'native', /system library only as a dynamic one/],
    ['x86_64-freebsd', 'zig', /only to be linked dynamically/],
  ])('static for %s by %s', (platform, backend, why) => {
    const planned = plan(platform, backend, { linkage: 'static' });
    expect(planned.ok ? [] : planned.failures).toMatchObject([{ code: 'linkage-impossible', asked: 'linkage = "static"', why: expect.stringMatching(why), help: expect.stringMatching(/musl/) }]);
  });

  test('at the line where it is asked for', () => {
    const linkage = { file: 'nx.json', line: 7 };
    const planned = plan('aarch64-macos', 'zig', { linkage: 'static', places: { linkage } });
    expect(planned.ok ? [] : planned.failures).toMatchObject([{ location: linkage }]);
  });

  test.each<[string, BackendId, PlatformBuild['linkage']]>([
    ['aarch64-linux', 'gcc', 'static'],
    ['aarch64-linux-musl', 'zig', 'static'],
    ['x86_64-windows', 'zig', 'static'],
    ['aarch64-macos', 'zig', 'dynamic'],
    ['aarch64-linux', 'zig', 'dynamic'],
  ])('and %s by %s may be %s', (platform, backend, linkage) => {
    expect(plan(platform, backend, { linkage }).ok).toBe(true);
  });
});
