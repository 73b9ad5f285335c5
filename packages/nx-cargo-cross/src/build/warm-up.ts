/**
 * Has zig build what it lacks for its first link for Windows, while cargo compiles: one thread of fifteen seconds, most of it mingw, which would come after everything else. What zig builds for other platforms takes less than a
 * second, but for musl where std brings no C library. Known by the folder of mingw's part, which is made once for each machine.
 */
import { join } from 'node:path';
import { attempt, rm } from '../system/files.js';
import type { EngineOptions } from './engine.js';
import { linkSeed } from './link-seed.js';
import type { Prepared } from './prepare.js';

/** Starts it, and waits for nothing: a link that comes meanwhile waits for zig's lock, and what fails here fails there, and is told there. */
export function warmUp({ system, emit, signal }: EngineOptions, prepared: Pick<Prepared, 'planned' | 'rustcWrapper' | 'probed' | 'ref' | 'request'>): void {
  const { planned, ref, request } = prepared;
  const work = join(planned.targetDir, 'warm-up', `${ref.platform}-${ref.project.replaceAll('/', '+')}`);
  const silent = { started: () => undefined, text: () => undefined, waiting: () => undefined, progress: () => undefined };
  // What cargo does where nothing says it. zig asks for other libraries by what is stripped.
  const strip = request.strip ?? (request.build.profile === 'dev' ? 'none' : 'debuginfo');
  emit({ type: 'preparing', what: "building zig's libraries for Windows beside it, once for this machine", ...ref });
  void attempt(async () => {
    await linkSeed({ system, signal, hear: silent, task: `${ref.task} (zig's libraries)`, log: `${work}.log` }, prepared, { work, links: { strip, cxx: false }, library: false, env: {} });
    await rm(work, { recursive: true, force: true });
  });
}
