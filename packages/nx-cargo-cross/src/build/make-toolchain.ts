/** Makes what has to be built of a platform's toolchain, in a cache folder of its own, and writes it down for other machines. */
import { basename, join } from 'node:path';
import { isStatusLine } from '../cargo/status-line.js';
import { success, type Result } from '../diagnostics/result.js';
import type { ToolchainLinks } from '../graph/toolchain-targets.js';
import { ARCHIVE_NAME, INDEX_NAME, isOfToolchain, renderToolchainIndex } from '../layer/toolchain-index.js';
import type { BuildRequest } from '../plan/request.js';
import { attempt, rm } from '../system/files.js';
import { treeNow } from '../system/files-now.js';
import type { EngineOptions } from './engine.js';
import type { RequestRef } from './events.js';
import { keepFiles, type Kept } from './keep-files.js';
import { linkSeed } from './link-seed.js';
import { makeTextTail } from './text-tail.js';
import { prepare, type Prepared } from './prepare.js';
import { makeProber } from './probe.js';
import { stdPlace } from './restore-toolchain.js';

export interface ToolchainMade extends Kept {
  /** Entries of zig's cache. */
  readonly entries: number;
  /** Files of std, where it was built. */
  readonly std: number;
}

/**
 * Fails as the build would.
 * @param folder where the toolchain goes, absolute
 */
export async function makeToolchain(options: EngineOptions, request: BuildRequest, ref: RequestRef, folder: string, links: ToolchainLinks): Promise<Result<ToolchainMade>> {
  const { system } = options;
  const ready = await prepare(options, makeProber(options), request, ref);
  if (!ready.ok) return ready;
  const { planned, probed } = ready.value;
  const work = join(planned.targetDir, 'toolchain', `${ref.platform}-${ref.project.replaceAll('/', '+')}`);
  try {
    const linked = await link(options, ready.value, work, links);
    if (!linked.ok) return linked;
    const zig = filesIn(join(work, 'zig'), 'zig');
    const built = await stdPlace(system, probed.toolchain, planned.triple);
    const std = built ? filesIn(built.lib, 'std') : [];
    const files = [...zig, ...std];
    const kept = await keepFiles(system, folder, files.map(({ from, size }) => ({ path: from, size })), ARCHIVE_NAME, (archive) => [
      INDEX_NAME,
      renderToolchainIndex({ ...archive, zigLib: probed.probe.tools['zig']?.env['ZIG_LIB_DIR'], sysroot: std.length > 0 ? built && basename(built.root) : undefined, files: files.map(({ path, size }) => ({ path, size })) }),
    ]);
    return kept.ok ? success({ entries: zig.filter(({ path }) => path.startsWith('zig/h/')).length, std: std.length, ...kept.value }) : kept;
  } finally {
    await attempt(() => rm(work, { recursive: true, force: true }));
  }
}

/** Links a program and a library, so that what links builds what it lacks. */
async function link({ system, emit, signal }: EngineOptions, prepared: Prepared, work: string, links: ToolchainLinks): Promise<Result<undefined>> {
  const { planned, ref } = prepared;
  const held = makeTextTail(HELD);
  const hear = {
    started: (command: string) => emit({ type: 'started', command, ...ref }),
    text: (text: string) => held.add(text.split(/(?<=\n)/).filter((line) => !isStatusLine(line)).join('')),
    waiting: (what: string) => emit({ type: 'preparing', what, ...ref }),
    progress: () => undefined,
  };
  const env = { ZIG_GLOBAL_CACHE_DIR: join(work, 'zig'), ZIG_LOCAL_CACHE_DIR: join(work, 'zig-local') };
  emit({ type: 'preparing', what: `linking a program and a library with ${planned.backend.id} ${planned.backend.version}`.trim(), ...ref });
  const linked = await linkSeed({ system, signal, hear, task: ref.task, log: planned.log }, prepared, { work, links: { ...links, cxx: links.cxx && planned.backend.id === 'zig' }, library: true, env });
  if (!linked.ok) emit({ type: 'output', text: held.text(), ...ref });
  return linked;
}

/** Bytes of compilers' words that wait for the end of the call. */
const HELD = 1_000_000;

function filesIn(folder: string, as: string): readonly { readonly path: string; readonly from: string; readonly size: number }[] {
  return treeNow(folder)
    .files.map(({ path, size }) => ({ path: `${as}/${path}`, from: join(folder, path), size }))
    .filter(({ path }) => isOfToolchain(path));
}
