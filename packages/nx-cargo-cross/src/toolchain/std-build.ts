/**
 * Builds std from its source, as rustup's own archives have it: with libtest, both panic runtimes, and bitcode for `lto = true`.
 *
 * `-Zbuild-std` and RUSTC_BOOTSTRAP stay in this call and never reach the user's build, whose crates probe for a nightly compiler.
 */
import { join } from 'node:path';
import { failed, success, type Result } from '../diagnostics/result.js';
import { makeCargoProgress } from '../cargo/progress.js';
import { attempt, copyFile, exists, listDirectory, mkdir, rm, swapDirectory, uniqueSuffix, writeFile } from '../system/files.js';
import { streamWithCores } from '../system/with-cores.js';
import type { TripleName } from '../platform/triple.js';
import type { StdContext } from './std.js';
import type { CachedSysroot } from './std-sysroot.js';

/**
 * `panic_abort` must itself be compiled with `panic = "abort"`, and `compiler_builtins` with one intrinsic per object, as the Rust project's own
 * bootstrap does, lest its symbols clash with libgcc's or compiler-rt's.
 */
const SEED_MANIFEST = `cargo-features = ["profile-rustflags"]

[package]
name = "stdseed"
version = "0.0.0"
edition = "2021"
publish = false

[workspace]

[profile.release]
debug = 0
panic = "unwind"
incremental = false

[profile.release.package.panic_abort]
rustflags = ["-Cpanic=abort"]

[profile.release.package.compiler_builtins]
codegen-units = 10000
`;

/** Variables that would change what is built or where, and have no business in std. */
const FOREIGN = /^(CARGO_ENCODED_RUSTFLAGS|CARGO_BUILD_.*|CARGO_PROFILE_.*|CARGO_TARGET_.*|RUSTC_WRAPPER|RUSTC_WORKSPACE_WRAPPER|RUSTFLAGS|CFLAGS.*)$/;

/** Builds std for the triples in one cargo call and moves each, whole, into the sysroot. The caller holds the lock. */
export async function buildStd(context: StdContext, sysroot: CachedSysroot, source: string, triples: readonly TripleName[]): Promise<Result<undefined>> {
  const { system, toolchain } = context;
  const seed = join(sysroot.root, `seed-${uniqueSuffix()}`);
  const log = join(sysroot.root, `build-${triples.join('+').slice(0, 100)}.log`);
  const what = `building std ${toolchain.release} for ${triples.join(', ')}`;
  context.onProgress(what);
  const prepared = await attempt(async () => {
    await sweepSeeds(sysroot.root);
    await mkdir(join(seed, 'src'), { recursive: true });
    await writeFile(join(seed, 'Cargo.toml'), SEED_MANIFEST);
    await writeFile(join(seed, 'src', 'lib.rs'), '#![no_std]\n');
  });
  if (!prepared.ok) return failed(stdBuildFailed(context, triples, log, prepared.cause));

  const vendor = join(source, 'vendor');
  const offline = (await exists(vendor))
    ? ['--offline', '--config', 'source.crates-io.replace-with="stdvendor"', '--config', `source.stdvendor.directory=${JSON.stringify(vendor)}`]
    : [];
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(context.env)) if (!FOREIGN.test(name)) env[name] = value;
  // The seed lies outside the repository, where rustup's proxies would take another toolchain than the repository's.
  env['RUSTUP_TOOLCHAIN'] = toolchain.sysroot;
  env['RUSTC'] = toolchain.realRustc;
  env['RUSTC_BOOTSTRAP'] = '1';
  env['CARGO_ENCODED_RUSTFLAGS'] = ['-Cembed-bitcode=yes', `--remap-path-prefix=${source}=/rustc/${toolchain.commit || toolchain.release}/library`].join('\x1f');
  env['CARGO_TARGET_DIR'] = join(seed, 'target');
  env['CARGO_TERM_PROGRESS_WHEN'] = 'always';
  env['CARGO_TERM_PROGRESS_WIDTH'] = '120';

  let printed = '';
  const progress = makeCargoProgress();
  const outcome = await streamWithCores(system, { what, jobs: undefined, say: context.onProgress }, {
    command: toolchain.cargo,
    args: [
      'build',
      '--release',
      '-Zbuild-std=std,panic_unwind,panic_abort,proc_macro,test',
      ...triples.flatMap((triple) => ['--target', triple]),
      ...offline,
    ],
    cwd: seed,
    env,
    ...(context.signal ? { signal: context.signal } : {}),
    onStderr: (chunk) => {
      const { text, latest } = progress.push(chunk);
      printed += text;
      if (latest) context.onProgress(what, latest);
    },
  });
  printed += progress.end().text;
  await attempt(() => writeFile(log, printed));
  if (outcome.exitCode !== 0) {
    await rm(seed, { recursive: true, force: true });
    const said = outcome.spawnError ?? printed.trim().split('\n').slice(-12).join('\n');
    return failed(stdBuildFailed(context, triples, log, said || `ended by ${outcome.signal ?? 'an unknown cause'}`));
  }
  const placed = await attempt(async () => {
    for (const triple of triples) await placeStd(seed, sysroot, triple);
    await rm(seed, { recursive: true, force: true });
  });
  return placed.ok ? success(undefined) : failed(stdBuildFailed(context, triples, log, placed.cause));
}

async function placeStd(seed: string, sysroot: CachedSysroot, triple: TripleName): Promise<void> {
  const built = join(seed, 'target', triple, 'release', 'deps');
  const finished = join(seed, 'finished', triple);
  await mkdir(join(finished, 'lib'), { recursive: true });
  for (const name of await listDirectory(built)) {
    if (name.endsWith('.rlib') && !name.startsWith('libstdseed-')) await copyFile(join(built, name), join(finished, 'lib', name));
  }
  await swapDirectory(finished, join(sysroot.root, 'lib', 'rustlib', triple));
}

/** Removes what a killed build left; the lock says that nobody else is at work. */
async function sweepSeeds(root: string): Promise<void> {
  for (const name of await listDirectory(root)) if (name.startsWith('seed-')) await rm(join(root, name), { recursive: true, force: true });
}

function stdBuildFailed(context: StdContext, triples: readonly TripleName[], log: string, excerpt: string) {
  return { code: 'std-build-failed', triple: triples.join(', '), toolchain: context.toolchain.label, log, excerpt } as const;
}
