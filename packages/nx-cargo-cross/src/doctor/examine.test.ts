import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ToolNeed } from '../backend/contract.js';
import { aBuild, aRequest, aPlatform, LINUX } from '../testkit/builders.js';
import { aSystem, type FakeAnswers } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { HOST, installStd, write } from '../testkit/toolchains.js';
import type { ToolProbe } from '../system/tools.js';
import { examine } from './examine.js';
import type { MendHost } from './mend.js';
import { mendsFor, renderReport, renderReportJson } from './render.js';
import { isWell, type Report } from './report.js';
import { looseSubject, subjectsOf, type Subject } from './subjects.js';

const root = aTempFolder('doctor');
const sysroot = join(root, 'rustup', 'toolchains', '1.95.0-x86_64-unknown-linux-gnu');
for (const triple of [HOST, 'aarch64-unknown-linux-gnu', 'aarch64-unknown-linux-musl']) installStd(sysroot, triple);
write(join(root, 'rust', 'Cargo.lock'), 'version = 4\n');

const mendHost: MendHost = { isRoot: true, hasApt: true, packageManager: 'npm', declared: [] };
const ALL: Readonly<Record<string, ToolProbe>> = {
  zig: { found: true, tool: { path: '/opt/zig', version: '0.16.0', env: {} } },
  cc: { found: true, tool: { path: '/usr/bin/cc', version: '', env: {} } },
};
const VERBOSE = 'rustc 1.95.0 (abc 2026-04-14)\nbinary: rustc\ncommit-hash: abc\nhost: x86_64-unknown-linux-gnu\nrelease: 1.95.0\n';
const onPath = { cargo: '/bin/cargo', rustc: '/bin/rustc', rustup: '/bin/rustup' };

/** Looks at a machine that has these tools. */
async function look(subjects: readonly Subject[], tools: Readonly<Record<string, ToolProbe>> = ALL, answers: FakeAnswers = {}, sources = ''): Promise<Report & { readonly ran: readonly string[]; readonly probed: readonly string[] }> {
  const system = aSystem({ cacheFolder: join(root, 'cache'), onPath, capture: (command) => ({ stdout: command.includes('-vV') ? VERBOSE : command.includes('sysroot') ? sysroot : '' }), ...answers });
  const probed: string[] = [];
  const probeTool = async (need: ToolNeed): Promise<ToolProbe> => {
    probed.push(need.label);
    return tools[need.label] ?? { found: false, searched: [`${need.label} on the PATH`] };
  };
  const report = await examine({ system: { ...system, probeTool }, root, subjects, failures: [], sources, mendHost, guessedHost: LINUX });
  return { ...report, ran: system.ran, probed };
}

const configured = (...platforms: readonly string[]): readonly Subject[] => subjectsOf(platforms.map((platform) => aRequest(platform)), root);
const codes = ({ platforms }: Report): readonly string[] => platforms.flatMap(({ checks }) => checks.map(({ code, what }) => `${what} ${code}`));
const wording = { host: mendHost, optional: false, folder: undefined, fixCommand: 'npx nx-cargo-cross doctor --fix' };

describe('a machine that has everything', () => {
  test('is well, and each thing is asked once for all platforms and crates', async () => {
    const report = await look(subjectsOf([aRequest('aarch64-linux'), aRequest('aarch64-linux'), aRequest('x86_64-linux')], root));
    expect(isWell(report)).toBe(true);
    expect(report.probed.toSorted()).toEqual(['cc', 'zig']);
    expect(report.ran.toSorted()).toEqual(['once: rustc --print sysroot', 'once: rustc -vV', 'rustc --print sysroot', 'rustc -vV']);
    expect(report.platforms.map(({ name, crates }) => [name, crates])).toEqual([['aarch64-linux', ['vault']], ['x86_64-linux', ['vault']]]);
    expect(renderReport(report, wording)).toMatch(/ok +zig +0\.16\.0 +\/opt\/zig[^]*All that builds need is there\.\n$/);
  });

  test("is told whose C library programs are linked with, where it is Rust's", async () => {
    expect(codes(await look(configured('aarch64-linux-musl')))).toEqual(['std ok', 'zig ok', 'C library ok', 'qemu-aarch64 absent']);
    expect(renderReport(await look(configured('aarch64-linux-musl')), wording)).toMatch(/ok +C library +that of Rust's std; the backend builds none\n/);
  });

  test('says so in JSON', async () => {
    const json: unknown = JSON.parse(renderReportJson(await look(configured('aarch64-linux')), wording));
    expect(json).toMatchObject({
      schema: 1,
      ok: true,
      commands: [],
      machine: [{ code: 'ok', what: 'rustc', version: '1.95.0' }, { code: 'ok', what: 'cc' }],
      platforms: [{ name: 'aarch64-linux', triple: 'aarch64-unknown-linux-gnu', backend: 'zig', crates: ['vault'], ok: true, checks: [{ what: 'std' }, { what: 'zig', version: '0.16.0', minimum: '0.14.0', mend: [] }, { what: 'qemu-aarch64', code: 'absent', required: false }] }],
    });
  });
});

test('what cargo says of a workspace is asked anew only when it may have changed', async () => {
  const closure = [{ name: 'openssl-src', version: '300.6.1' }];
  const subjects = subjectsOf([aRequest('aarch64-linux', { closure })], root);
  const asked = async (sources: string): Promise<number> => (await look(subjects, ALL, {}, sources)).ran.filter((command) => command.startsWith('cargo tree')).length;
  expect([await asked('a'), await asked('a'), await asked('b'), await asked('b')]).toEqual([1, 0, 1, 0]);
});

describe('what is lacking', () => {
  test.each<[string, readonly Subject[], Readonly<Record<string, ToolProbe>>, readonly string[], RegExp]>([
    ['a tool', configured('aarch64-linux'), { cc: ALL['cc'] as ToolProbe }, ['std ok', 'zig tool-missing', 'qemu-aarch64 absent'], /MISSING +zig[^]*Looked for in[^]*-> npm install --save-dev --save-exact @zigc\/cli@/],
    ['a version', configured('aarch64-linux'), { ...ALL, zig: { found: true, tool: { path: '/opt/zig', version: '0.11.0', env: {} } } }, ['std ok', 'zig tool-too-old', 'qemu-aarch64 absent'], /TOO OLD +zig +0\.11\.0 +\/opt\/zig[^]*0\.14\.0 or newer is needed/],
    ['an answer', configured('aarch64-linux'), { ...ALL, zig: { found: 'broken', path: '/opt/zig', message: 'Exec format error' } }, ['std ok', 'zig tool-broken', 'qemu-aarch64 absent'], /BROKEN +zig[^]*Exec format error/],
    ['a standard library', configured('riscv64-linux'), ALL, ['std std-missing', 'zig ok', 'qemu-riscv64 absent'], /MISSING +std[^]*-> rustup target add --toolchain 1\.95\.0-x86_64-unknown-linux-gnu riscv64gc-unknown-linux-gnu/],
    ['a backend that serves it', [looseSubject(aPlatform('aarch64-linux'), 'osxcross')], ALL, ['backend osxcross triple-unserved'], /WRONG +backend osxcross[^]*"backends": \{ "aarch64-unknown-linux-gnu"/],
    ['a lock file', subjectsOf([aRequest('aarch64-linux', { workspace: { ...aRequest().workspace, root: 'no', lockFile: 'no/Cargo.lock', manifest: 'no/Cargo.toml' } })], root), ALL, ['std ok', 'zig ok', 'Cargo.lock lock-missing', 'qemu-aarch64 absent'], /-> cargo generate-lockfile --manifest-path no\/Cargo\.toml/],
    ['a linkage that can be', subjectsOf([aRequest('aarch64-linux', { build: aBuild('aarch64-linux', { linkage: 'static' }) })], root), ALL, ['std ok', 'zig ok', 'vault linkage-impossible', 'qemu-aarch64 absent'], /WRONG +vault[^]*linkage = "static" is impossible/],
  ])('%s is named, with the way to mend it', async (_, subjects, tools, expected, text) => {
    const report = await look(subjects, tools);
    expect(codes(report)).toEqual(expected);
    expect(isWell(report)).toBe(false);
    expect(renderReport(report, wording)).toMatch(text);
  });

  test('of the machine itself: no Rust, no C compiler; the platforms are looked at all the same', async () => {
    const report = await look(configured('aarch64-linux'), {}, { onPath: {} });
    expect(report.machine.map(({ what, code }) => `${what} ${code}`)).toEqual(['cargo tool-missing', 'cc tool-missing']);
    expect(codes(report)).toEqual(['zig tool-missing', 'qemu-aarch64 absent']);
  });

  test('for many platforms is told once, and mended by one command', async () => {
    const report = await look(configured('aarch64-linux', 'x86_64-linux', 'riscv64-linux', 's390x-linux'), { cc: ALL['cc'] as ToolProbe });
    const text = renderReport(report, wording);
    expect(text.match(/zig was not found/g)).toHaveLength(1);
    expect(text).toMatch(/To mend it:\n {2}npm install [^\n]*\n {2}rustup target add --toolchain \S+ riscv64gc-unknown-linux-gnu s390x-unknown-linux-gnu\nOr have it done: npx nx-cargo-cross doctor --fix\n$/);
  });

  test('an emulator without the C library of its programs is not all of a runner', async () => {
    const qemu = { ...onPath, 'qemu-s390x': '/usr/bin/qemu-s390x' };
    const [bare, whole] = await Promise.all(
      [false, true].map((there) => look(configured('s390x-linux'), ALL, { onPath: qemu, exists: { '/usr/s390x-linux-gnu/lib/ld64.so.1': there, '/lib/ld64.so.1': false } })),
    );
    const runner = (report: Report | undefined) => report?.platforms[0]?.checks.find(({ what }) => what === 'qemu-s390x');
    expect(runner(bare)).toMatchObject({ code: 'absent', path: '/usr/bin/qemu-s390x', note: expect.stringMatching(/C library of s390x-unknown-linux-gnu is not here/) });
    expect(runner(whole)).toMatchObject({ code: 'ok' });
  });

  test('and optional asks for nothing, unless it is asked for', async () => {
    const report = await look(configured('aarch64-linux'));
    expect(mendsFor(report, false)).toEqual([]);
    expect(isWell(report, true)).toBe(false);
    expect(mendsFor(report, true)).toEqual([{ kind: 'apt', packages: expect.arrayContaining(['qemu-user']) }]);
  });
});
