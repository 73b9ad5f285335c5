import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { RunSpec } from '../system/process.js';
import type { FakeAnswers } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { MUSL, WASM, aStdContext, aToolchain, write } from '../testkit/toolchains.js';
import { ensureStd } from './std.js';
import { cachedSysroot } from './std-sysroot.js';

const root = aTempFolder('std build');
let count = 0;
const aFolder = (): string => join(root, `place ${count++}`);

/** Does what cargo does: leaves libraries, among others, in the target folder that it is told. */
function build(spec: RunSpec, triples: readonly string[] = [MUSL]): Record<string, never> {
  spec.onStderr?.('   Compiling core v0.0.0\n    Building [==>   ] 3/17: core\r');
  for (const triple of triples) {
    for (const name of ['libstd-1.rlib', 'libcore-1.rlib', 'libstd-1.rmeta', 'libstdseed-1.rlib', 'core-1.d']) {
      write(join(spec.env['CARGO_TARGET_DIR'] ?? '', triple, 'release', 'deps', name), `${triple} ${name}`);
    }
  }
  return {};
}

const NO_RUSTUP: FakeAnswers = { onPath: {}, stream: (spec) => build(spec) };

async function built(more: Parameters<typeof aToolchain>[1] = {}, answers: FakeAnswers = NO_RUSTUP, triples = [MUSL]) {
  const folder = aFolder();
  const toolchain = aToolchain(folder, { source: true, ...more });
  const sysroot = cachedSysroot(join(folder, 'cache'), toolchain);
  const context = aStdContext(folder, toolchain, answers);
  return { folder, toolchain, sysroot, context, result: await ensureStd(context, triples) };
}

describe('std that is built', () => {
  test('is kept whole in the cached sysroot, and nothing else is', async () => {
    const { result, sysroot } = await built();
    expect(result).toEqual({ ok: true, value: { rustcWrapper: sysroot.rustc, sysroot: sysroot.root } });
    expect(readdirSync(sysroot.libOf(MUSL)).sort()).toEqual(['libcore-1.rlib', 'libstd-1.rlib']);
    expect(readFileSync(join(sysroot.libOf(MUSL), 'libstd-1.rlib'), 'utf8')).toBe(`${MUSL} libstd-1.rlib`);
    expect(readdirSync(sysroot.root).sort()).toEqual([`build-${MUSL}.log`, 'lib', 'rustc']);
    expect(readFileSync(join(sysroot.root, `build-${MUSL}.log`), 'utf8')).toBe('   Compiling core v0.0.0\n');
  });

  test('is built once', async () => {
    const { folder, toolchain } = await built();
    const again = aStdContext(folder, toolchain, NO_RUSTUP);
    expect(await ensureStd(again, [MUSL])).toMatchObject({ ok: true });
    expect(again.system.ran).toEqual([]);
  });

  test('is built for several triples in one call', async () => {
    const { context, sysroot, result } = await built({}, { onPath: {}, stream: (spec) => build(spec, [MUSL, WASM]) }, [MUSL, WASM]);
    expect(result.ok).toBe(true);
    expect(context.system.ran).toEqual([`cargo build --release -Zbuild-std=std,panic_unwind,panic_abort,proc_macro,test --target ${MUSL} --target ${WASM}`]);
    for (const triple of [MUSL, WASM]) expect(existsSync(join(sysroot.libOf(triple), 'libstd-1.rlib'))).toBe(true);
  });

  test('tells what it builds, and how far it is', async () => {
    expect((await built()).context.told).toEqual([`building std 1.96.0 for ${MUSL}`, `building std 1.96.0 for ${MUSL} 3/17`]);
  });

  test('takes its dependencies from the source, where they lie beside it', async () => {
    const { context, toolchain } = await built({ vendor: true });
    const vendor = join(toolchain.sysroot, 'lib/rustlib/src/rust/library/vendor');
    expect(context.system.streamed[0]?.args.slice(-5)).toEqual([
      '--offline',
      '--config',
      'source.crates-io.replace-with="stdvendor"',
      '--config',
      `source.stdvendor.directory=${JSON.stringify(vendor)}`,
    ]);
  });

  test('comes after rustup, where rustup is there and fails', async () => {
    const { context, result } = await built({}, { ...NO_RUSTUP, onPath: { rustup: '/bin/rustup' }, capture: () => ({ exitCode: 1, stderr: 'error: offline' }) });
    expect(result.ok).toBe(true);
    expect(context.system.ran.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['rustup target', 'cargo build']);
  });
});

describe("the environment of std's build", () => {
  const user = {
    PATH: '/usr/bin',
    HOME: '/home/me',
    RUSTFLAGS: '-Ctarget-cpu=native',
    CARGO_ENCODED_RUSTFLAGS: 'x',
    CARGO_BUILD_TARGET: 'x',
    CARGO_PROFILE_RELEASE_LTO: 'fat',
    CARGO_TARGET_DIR: '/mine',
    CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_RUSTFLAGS: 'x',
    RUSTC_WRAPPER: 'sccache',
    RUSTC_WORKSPACE_WRAPPER: 'clippy-driver',
    RUSTUP_TOOLCHAIN: 'another',
    RUSTC: '/home/me/.cargo/bin/rustc',
    CFLAGS: '-O0',
    CFLAGS_aarch64_unknown_linux_musl: '-O0',
  };

  test("has nothing that would change what is built, and the very toolchain's own tools", async () => {
    const { context, toolchain, sysroot } = await built({}, { ...NO_RUSTUP, env: user });
    const { env, cwd } = context.system.streamed[0] ?? { env: {}, cwd: '' };
    const source = join(toolchain.sysroot, 'lib/rustlib/src/rust/library');
    expect(cwd.startsWith(`${sysroot.root}/seed-`)).toBe(true);
    expect(env).toEqual({
      PATH: '/usr/bin',
      HOME: '/home/me',
      RUSTUP_TOOLCHAIN: toolchain.sysroot,
      RUSTC: toolchain.realRustc,
      RUSTC_BOOTSTRAP: '1',
      CARGO_ENCODED_RUSTFLAGS: `-Cembed-bitcode=yes\u001f--remap-path-prefix=${source}=/rustc/ac68faa20/library`,
      CARGO_TARGET_DIR: join(cwd, 'target'),
      CARGO_TERM_PROGRESS_WHEN: 'always',
      CARGO_TERM_PROGRESS_WIDTH: '120',
    });
  });

  test('names the release where no commit is known', async () => {
    const { context } = await built({ commit: '' });
    expect(context.system.streamed[0]?.env['CARGO_ENCODED_RUSTFLAGS']).toMatch(/=\/rustc\/1\.96\.0\/library$/);
  });

  test('has an abort signal, if there is one', async () => {
    const folder = aFolder();
    const { signal } = new AbortController();
    const context = aStdContext(folder, aToolchain(folder, { source: true }), NO_RUSTUP);
    await ensureStd({ ...context, signal }, [MUSL]);
    expect(context.system.streamed[0]?.signal).toBe(signal);
  });
});

describe('a build of std that fails', () => {
  test('is told by the end of what was printed, leaves a log, and no half of a std', async () => {
    const stream = (spec: RunSpec) => {
      build(spec);
      spec.onStderr?.(Array.from({ length: 30 }, (_, line) => `line ${line}\n`).join(''));
      spec.onStderr?.('error: no linker');
      return { exitCode: 101 };
    };
    const { result, sysroot, toolchain } = await built({}, { onPath: {}, stream });
    const log = join(sysroot.root, `build-${MUSL}.log`);
    expect(result).toEqual({
      ok: false,
      failures: [{ code: 'std-build-failed', triple: MUSL, toolchain: toolchain.label, log, excerpt: [...Array.from({ length: 11 }, (_, line) => `line ${line + 19}`), 'error: no linker'].join('\n') }],
    });
    expect(readFileSync(log, 'utf8').endsWith('line 29\nerror: no linker')).toBe(true);
    expect(readdirSync(sysroot.root)).toEqual([`build-${MUSL}.log`]);
  });

  test.each([
    ['never starts', { exitCode: undefined, spawnError: 'spawn EACCES' }, 'spawn EACCES'],
    ['is stopped', { exitCode: undefined, signal: 'SIGKILL' }, 'ended by SIGKILL'],
  ])('because cargo %s says so', async (_, outcome, excerpt) => {
    const { result } = await built({}, { onPath: {}, stream: () => outcome });
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'std-build-failed', excerpt }] });
  });
});

describe('builds of std at the same time', () => {
  const holding = (sysroot: string): string => {
    const lock = join(sysroot, 'build.lock');
    write(lock, JSON.stringify({ pid: process.pid, host: hostname(), started: '', what: `building std for ${MUSL}` }));
    return lock;
  };

  test('wait for one another, say so, and take what the other built', async () => {
    const folder = aFolder();
    const toolchain = aToolchain(folder, { source: true });
    const sysroot = cachedSysroot(join(folder, 'cache'), toolchain);
    const lock = holding(sysroot.root);
    const context = aStdContext(folder, toolchain, NO_RUSTUP);
    const told: string[] = [];
    const onProgress = (what: string): void => {
      told.push(what);
      write(join(sysroot.libOf(MUSL), 'libstd-1.rlib'), '');
      rmSync(lock);
    };
    expect(await ensureStd({ ...context, onProgress }, [MUSL])).toEqual({ ok: true, value: { rustcWrapper: sysroot.rustc, sysroot: sysroot.root } });
    expect(told).toEqual([`waiting for process ${process.pid}, which is building std for ${MUSL}`]);
    expect(context.system.ran).toEqual([]);
  });

  test('that were killed leave nothing that stays', async () => {
    const folder = aFolder();
    const toolchain = aToolchain(folder, { source: true });
    const { root: cached } = cachedSysroot(join(folder, 'cache'), toolchain);
    write(join(cached, 'seed-1-deadbeef', 'Cargo.toml'), '');
    await ensureStd(aStdContext(folder, toolchain, NO_RUSTUP), [MUSL]);
    expect(readdirSync(cached).filter((name) => name.startsWith('seed-') || name.endsWith('.lock'))).toEqual([]);
  });
});
