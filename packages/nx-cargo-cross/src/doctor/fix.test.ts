import { describe, expect, test } from '@jest/globals';
import { fix } from './fix.js';
import { readMends, type MendHost } from './mend.js';
import type { Check, Report } from './report.js';

const host: MendHost = { isRoot: true, hasApt: true, packageManager: 'npm', declared: [] };
const missing = (what: string, install: string, code: Check['code'] = 'tool-missing'): Check => ({ code, what, required: code !== 'absent', mends: readMends(install, host) });
const report = (...checks: readonly Check[]): Report => ({ machine: [], platforms: [{ name: 'p', triple: 't', backend: 'zig', reason: '', crates: [], checks }], failures: [] });
const WELL = report();

/** Fixes on a machine where each command ends as said, and each look finds what is said. */
async function fixed(first: Report, { looks = [WELL], fails = /^$/, optional = false }: { readonly looks?: readonly Report[]; readonly fails?: RegExp; readonly optional?: boolean } = {}) {
  const ran: string[] = [];
  const said: string[] = [];
  let look = 0;
  const last = await fix(first, {
    host,
    optional,
    run: async (words) => {
      ran.push(words.join(' '));
      return fails.test(words.join(' ')) ? 1 : 0;
    },
    examine: async () => looks[Math.min(look++, looks.length - 1)] ?? WELL,
    say: (line) => said.push(line),
  });
  return { ran, said, last };
}

describe('mending', () => {
  test('runs one command for all packages, and looks again', async () => {
    const { ran, last } = await fixed(report(missing('a', 'apt-get install a b'), missing('c', 'apt-get install b c')));
    expect(ran).toEqual(['apt-get update -qq', 'apt-get install -y --no-install-recommends a b c']);
    expect(last).toBe(WELL);
  });

  test('goes to the next way where one did not help', async () => {
    const ill = report(missing('std', 'rustup target add t\nor: rustup component add rust-src\nor: export A=b'));
    const { ran, said } = await fixed(ill, { looks: [ill, ill, ill], fails: /target/ });
    expect(ran).toEqual(['rustup target add t', 'rustup component add rust-src']);
    expect(said).toContain('(exit code 1)');
  });

  test('installs although the lists of packages could not be fetched', async () => {
    expect((await fixed(report(missing('a', 'apt-get install a')), { fails: /update/ })).ran).toHaveLength(2);
  });

  test('does not go on behind a command that failed', async () => {
    expect((await fixed(report(missing('a', 'dpkg --add-architecture i386 && apt-get install a')), { fails: /dpkg/ })).ran).toEqual(['dpkg --add-architecture i386']);
  });

  test('leaves what is optional, unless it is asked for', async () => {
    const ill = report(missing('qemu', 'apt-get install qemu-user', 'absent'));
    expect((await fixed(ill)).ran).toEqual([]);
    expect((await fixed(ill, { optional: true })).ran).toHaveLength(2);
  });

  test('never runs advice', async () => {
    expect((await fixed(report(missing('sdk', '"sdk": "/x" in nx.json')))).ran).toEqual([]);
  });
});
