/** Everything that a build needs before cargo is called: the tools, the plan, std, wrapper scripts. */
import { join } from 'node:path';
import { lockCommand } from '../plan/lock-command.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { toldLinkers } from '../plan/host-linker.js';
import { planBuild, type PlannedBuild } from '../plan/plan.js';
import { backendLabel } from '../plan/render.js';
import type { BuildRequest } from '../plan/request.js';
import { exists } from '../system/files.js';
import { ensureMingwCore } from '../toolchain/mingw-core.js';
import { ensureStartFiles, needsStartFilesOfRust } from '../toolchain/start-files.js';
import { ensureStd, type StdContext } from '../toolchain/std.js';
import type { CheckedTask } from './check-inputs.js';
import { clearOutdated, ownVariables, type Answers } from './clear-outdated.js';
import type { EngineOptions } from './engine.js';
import type { RequestRef } from './events.js';
import type { Probed, Prober } from './probe.js';
import { asksForLayer } from './layer-source.js';
import { restoreLayer } from './restore-layer.js';
import { bringToolchain } from './restore-toolchain.js';
import { stdIdentity } from './std-identity.js';
import { touchUnnoticed, variablesOfCargo, type Noticing } from './touch-unnoticed.js';
import type { WaitingPlace } from './waiting-builds.js';
import { writeSetUp } from './write-set-up.js';

/** A request whose cargo calls can be made. */
export interface Prepared {
  readonly request: BuildRequest;
  readonly ref: RequestRef;
  readonly planned: PlannedBuild;
  readonly probed: Probed;
  readonly rustcWrapper: string | undefined;
  /** What its task's key holds; undefined where nobody asks. */
  readonly task: CheckedTask | undefined;
  /** Whether this machine has linked nothing for Windows by zig until now. */
  readonly firstWithMingw?: boolean;
  /** Where its layer lies, absolute; undefined where there is none to take units from. */
  readonly layer?: string | undefined;
}

/** @param place where others are told that the build is coming; undefined where it waits for nobody by itself */
export async function prepare(options: EngineOptions, prober: Prober, request: BuildRequest, ref: RequestRef, place?: WaitingPlace): Promise<Result<Prepared>> {
  const { system, emit, signal } = options;
  const probed = await prober.probe(request);
  if (!probed.ok) return probed;
  const { toolchain, probe } = probed.value;
  const plan = planBuild(request, probe);
  if (!plan.ok) return plan;
  const planned = plan.value;
  const { backend } = planned;
  emit({ type: 'planned', triple: planned.triple, backend: backendLabel(backend), backendReason: backend.reason, ...ref });

  const lock = join(options.workspaceRoot, request.workspace.lockFile);
  if (!(await exists(lock))) {
    return failed({ code: 'lock-missing', file: request.workspace.lockFile, command: lockCommand(request.workspace) });
  }
  const say: StdContext['onProgress'] = (what, counted) => emit({ type: 'preparing', what, ...(counted ? { done: counted.done, total: counted.total } : {}), ...ref });
  if (options.toolchains) {
    const hear = (text: string): void => emit({ type: 'output', text, ...ref });
    await bringToolchain({ system, source: options.toolchains, planned, probed: probed.value, signal, say, hear, unusable: (why) => emit({ type: 'toolchain-unusable', why, ...ref }) });
  }
  // Whoever waits for a layer first, or for a toolchain, is not to be waited for.
  if (!asksForLayer(options, { request, planned })) await place?.coming(planned, probed.value);
  const context: StdContext = {
    system,
    toolchain,
    directory: planned.directory,
    env: system.env,
    onProgress: say,
    ...(signal ? { signal } : {}),
  };
  const { triple } = request.build.platform;
  const std = await ensureStd(context, [triple.name]);
  if (!std.ok) return std;
  const startFiles = planned.linksStd || needsStartFilesOfRust(backend.id, triple) ? await ensureStartFiles(context, triple, probe.tools['zig']) : success(undefined);
  if (!startFiles.ok) return startFiles;
  const core = await ensureMingwCore(context, triple.name, planned.mingwCore, probe.tools['zig']);
  if (!core.ok) return core;
  const written = await writeSetUp(planned, system.cacheFolder);
  if (!written.ok) return written;
  return success({ request, ref, planned, probed: probed.value, rustcWrapper: std.value.rustcWrapper, task: options.checkedTask?.(request), firstWithMingw: core.value });
}

/** To be called right before cargo is: see `clear-outdated.ts`, `touch-unnoticed.ts` and `restore-layer.ts`. */
export async function clear(options: EngineOptions, prepared: Prepared, answers: Answers): Promise<Result<undefined>> {
  const { system, workspaceRoot, emit, signal } = options;
  const { request, planned, task, ref } = prepared;
  const say = (what: string): void => emit({ type: 'preparing', what, ...ref });
  const noticing = noticingOf(options, prepared);
  const outputs = noticing.targetDirs.map((targetDir) => join(targetDir, planned.triple));
  const cleared = await clearOutdated({ system, workspaceRoot, outputs, key: task?.key, own: { ...ownVariables(request), ...toldLinkers(request.crate.root, planned) }, tracked: await variablesOfCargo(noticing, task?.written ?? []), answers, say, signal });
  const ready = cleared.ok ? await touchUnnoticed(noticing, say) : cleared;
  if (ready.ok && prepared.layer !== undefined) await restoreLayer({ system, planned, folder: prepared.layer, std: () => stdIdentity(system, prepared.probed.toolchain, planned.triple), signal, say, unusable: (why) => emit({ type: 'unlayered', why, ...ref }) });
  return ready;
}

/** Where to look for what a build reads. */
export function noticingOf({ system, workspaceRoot }: EngineOptions, { planned, probed: { probe } }: Pick<Prepared, 'planned' | 'probed'>): Noticing {
  const targetDirs = planned.calls.map(({ targetDir }) => targetDir);
  return { system, workspaceRoot, directory: planned.directory, targetDirs, triple: planned.triple, made: [probe.targetDir, planned.targetDir] };
}
