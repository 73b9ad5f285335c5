import { describe, expect, test } from '@jest/globals';
import { parseExecOptions } from '../config/exec-options.js';
import { aBuild, aTool, LINUX } from '../testkit/builders.js';
import { execEnvironment, planExec, type PlannedExec } from './exec-plan.js';
import type { ExecProbe, ExecRequest } from './exec-request.js';
import { renderExec, renderExecJson } from './render-exec.js';

const GCC = { cc: aTool('/usr/bin/aarch64-linux-gnu-gcc', '12.2.0'), cxx: aTool('/usr/bin/aarch64-linux-gnu-g++', ''), ar: aTool('/usr/bin/aarch64-linux-gnu-ar', '') };
const OPTIONS = { command: 'make OUT={buildDir}/x{exe} T={triple} {unknown}', artifacts: [{ path: '{buildDir}/x{exe}', kind: 'bin' }, { path: 'include/x.h', kind: 'file' }] };

function plan(options: Readonly<Record<string, unknown>> = {}, more: { readonly probe?: Partial<ExecProbe>; readonly build?: Parameters<typeof aBuild>[1]; readonly platform?: string } = {}): PlannedExec {
  const platform = more.platform ?? 'aarch64-linux';
  const parsed = parseExecOptions({ platform, ...OPTIONS, ...options }, { file: 'project.json' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failures));
  const build = aBuild(platform, { backend: { id: 'gcc', reason: 'nx.json: "backend"' }, ...more.build });
  const request: ExecRequest = { task: 'codec:cross', project: 'codec', version: '', root: 'libs/codec', options: parsed.value, build, outDir: 'dist/cross', lockedPackages: {} };
  const probe: ExecProbe = { workspaceRoot: '/ws', host: LINUX, tools: GCC, env: { PATH: '/usr/bin' }, pathDelimiter: ':', macosLinkProgram: [], workFolder: '/ws/out', ...more.probe };
  const planned = planExec(request, probe);
  if (!planned.ok) throw new Error(planned.failures.map(({ code }) => code).join(', '));
  return planned.value;
}

const envOf = (planned: PlannedExec, env = {}): Readonly<Record<string, string | undefined>> => execEnvironment(planned, { PATH: '/usr/bin', ...env });
const BUILD = '/ws/out/build/codec-gcc-12.2.0-aarch64-unknown-linux-gnu';

describe('the plan of a command', () => {
  test('fills placeholders that it knows, and leaves all other braces', () => {
    expect(plan().commands).toEqual([['make', `OUT=${BUILD}/x`, 'T=aarch64-unknown-linux-gnu', '{unknown}']]);
    expect(plan().expected.map(({ path, fileName }) => [path, fileName])).toEqual([[`${BUILD}/x`, 'x'], ['/ws/libs/codec/include/x.h', 'x.h']]);
  });

  test.each<[string, boolean, Parameters<typeof plan>[0], Parameters<typeof plan>[1]]>([
    ['another word', false, { command: 'make OUT={buildDir}/x{exe}' }, {}],
    ['another variable of the target', false, { env: { CFLAGS: '-O1' } }, {}],
    ["another variable of the user's", false, {}, { probe: { env: { PATH: '/usr/bin', CFLAGS: '-O1' } } }],
    ['a variable that the target names', false, { envInputs: ['MINE'] }, { probe: { env: { PATH: '/usr/bin', MINE: '1' } } }],
    ['another PATH', true, {}, { probe: { env: { PATH: '/bin' } } }],
    ['an unrelated variable', true, {}, { probe: { env: { PATH: '/usr/bin', MINE: '1' } } }],
  ])('with %s keeps what the build folder holds: %s', (_, kept, options, more) => expect(plan(options, more).configuredBy === plan().configuredBy).toBe(kept));

  test("tells every build system of the platform's compiler", () => {
    const planned = plan();
    expect(envOf(planned)).toMatchObject({
      CC: '/usr/bin/aarch64-linux-gnu-gcc',
      CXX: '/usr/bin/aarch64-linux-gnu-g++',
      AR: '/usr/bin/aarch64-linux-gnu-ar',
      GOOS: 'linux',
      GOARCH: 'arm64',
      CGO_ENABLED: '1',
      CMAKE_TOOLCHAIN_FILE: expect.stringMatching(/^\/.*\.cmake$/),
    });
    expect(planned.files.map(({ path }) => path)).toContain('cross.meson');
  });

  test("never hands on the host's own compiler; what the target or the platform say wins", () => {
    const env = { CC: 'gcc-12', NM: 'nm', CFLAGS: '-O1' };
    expect(envOf(plan({}, { probe: { env } }), env)).toMatchObject({ CC: '/usr/bin/aarch64-linux-gnu-gcc', CFLAGS: '-O1' });
    expect(envOf(plan({}, { probe: { env } }), env)['NM']).toBeUndefined();
    expect(envOf(plan({ env: { CC: 'mine', OUT: '{buildDir}', GOARM: '6' } }, { build: { env: { OUT: 'platform', CFLAGS: '-O2' } } }))).toMatchObject({ CC: 'mine', OUT: BUILD, CFLAGS: '-O2', GOARM: '6' });
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['in the project', {}, '/ws/libs/codec'],
    ['where the target says', { cwd: 'libs/codec/c' }, '/ws/libs/codec/c'],
    ['in a copy of the project', { copy: true }, BUILD.replace('/build/', '/copy/')],
    ['in a folder of the copy', { copy: true, cwd: 'libs/codec/c' }, `${BUILD.replace('/build/', '/copy/')}/c`],
  ])('runs %s', (_, options, directory) => {
    expect(plan(options).directory).toBe(directory);
  });

  test('a backend without a C compiler is refused, but for wasm, where Go needs none', () => {
    const native = { backend: { id: 'native', reason: '' } } as const;
    expect(() => plan({}, { build: native })).toThrow('triple-unserved');
    expect(envOf(plan({}, { build: native, platform: 'wasm32-wasip1' }))).toMatchObject({ GOOS: 'wasip1', CGO_ENABLED: '0' });
    expect(envOf(plan({}, { build: native, platform: 'x86_64-linux' }))['CC']).toBeUndefined();
  });

  test('is printed as text and as JSON', () => {
    const planned = plan({ copy: true }, { probe: { env: { NM: 'nm' } } });
    const text = renderExec(planned);
    for (const words of ['codec:cross', 'backend    gcc 12.2.0', 'unset    NM', 'env      CC=', 'command    make', '(file)', '/ws/dist/cross/aarch64-linux/codec', 'a fresh copy of /ws/libs/codec']) expect(text).toContain(words);
    expect(JSON.parse(renderExecJson(planned))).toMatchObject([{ task: 'codec:cross', triple: planned.triple, commands: planned.commands, env: { NM: null } }]);
  });
});
