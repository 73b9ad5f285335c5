/** Makes a layer: compiles what a build needs of other packages, and writes it down for builds on other machines. */
import { join } from 'node:path';
import gte from 'semver/functions/gte.js';
import { isStatusLine } from '../cargo/status-line.js';
import type { ArtifactMessage, BuildScriptMessage } from '../cargo/messages.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { ARCHIVE_NAME, INDEX_NAME, renderLayerIndex } from '../layer/layer-index.js';
import { hearLayer, KEEPS_GOING, layerCall, layerScript, withoutLeftOut } from '../plan/layer.js';
import type { BuildRequest } from '../plan/request.js';
import { attempt, canonicalPath, writeIfDifferent } from '../system/files.js';
import { runCargoCall } from './cargo-call.js';
import { cargoFailure } from './cargo-failure.js';
import type { EngineOptions } from './engine.js';
import type { RequestRef } from './events.js';
import { keepFiles, roomIn, type Kept } from './keep-files.js';
import { layerUnits, type LayerFound } from './layer-units.js';
import { clear, noticingOf, prepare, type Prepared } from './prepare.js';
import { makeProber } from './probe.js';
import { stdIdentity } from './std-identity.js';
import { makeTextTail } from './text-tail.js';
import { noteReads } from './touch-unnoticed.js';

export interface LayerMade extends Kept {
  readonly packages: number;
  readonly units: number;
}

/**
 * Fails as the build would: what does not compile for it is not compiled here.
 * @param folder where the layer goes, absolute
 */
export async function makeLayer(options: EngineOptions, request: BuildRequest, ref: RequestRef, folder: string): Promise<Result<LayerMade>> {
  const { emit } = options;
  const ready = await prepare(options, makeProber(options), request, ref);
  if (!ready.ok) return ready;
  const { release } = ready.value.probed.toolchain;
  if (!gte(release, KEEPS_GOING)) {
    emit({ type: 'preparing', what: `an empty layer: cargo ${release} has no --keep-going, ${KEEPS_GOING} and newer have`, ...ref });
    return writeLayer(options, ready.value, { units: [], packages: 0 }, folder);
  }
  const cleared = await clear(options, ready.value, new Map());
  if (!cleared.ok) return cleared;
  const found = await compile(options, ready.value);
  return found.ok ? writeLayer(options, ready.value, found.value, folder) : found;
}

async function compile(options: EngineOptions, prepared: Prepared): Promise<Result<LayerFound>> {
  const { system, emit, signal } = options;
  const { planned, ref, rustcWrapper } = prepared;
  const script = layerScript(planned);
  const written = await attempt(() => writeIfDifferent(script.path, script.text, script.executable));
  if (!written.ok) return failed({ code: 'stage-failed', directory: planned.targetDir, cause: written.cause, help: roomIn(planned.targetDir) });
  const messages: ArtifactMessage[] = [];
  const scripts: BuildScriptMessage[] = [];
  for (const own of planned.calls) {
    const call = layerCall(own, script.path);
    const words = hearLayer();
    const held = makeTextTail(HELD);
    const hear = {
      started: (command: string) => emit({ type: 'started', command, ...ref }),
      text(text: string) {
        words.hear(text);
        const lines = text.split(/(?<=\n)/);
        const status = lines.filter((line) => isStatusLine(line) && !isLocal(line)).join('');
        if (status !== '') emit({ type: 'output', text: status, ...ref });
        held.add(lines.filter((line) => !isStatusLine(line)).join(''));
      },
      waiting: (what: string) => emit({ type: 'preparing', what, ...ref }),
      progress: () => undefined,
    };
    const outcome = await runCargoCall({ system, directory: planned.directory, logs: [planned.log], rustcWrapper, task: ref.task, jobs: prepared.probed.probe.jobs, signal, hear }, call);
    await noteReads(noticingOf(options, prepared));
    if (outcome.exitCode !== 0 && (words.hasFailed() || words.leftOut() === 0)) {
      const said = withoutLeftOut(held.text()).trim();
      if (said !== '') emit({ type: 'output', text: `${said}\n`, ...ref });
      return failed(cargoFailure(planned, own, { ...outcome, tail: withoutLeftOut(outcome.tail) }));
    }
    messages.push(...outcome.messages);
    scripts.push(...outcome.scripts);
  }
  return success(layerUnits(planned.targetDir, noticingOf(options, prepared), await canonicalPath(planned.directory), messages, scripts));
}

/** Bytes of compilers' words that wait for the end of the call. */
const HELD = 1_000_000;

/** `   Compiling app v0.1.0 (/repo/app)`: it is left out. */
function isLocal(line: string): boolean {
  return / \((?:\/|[A-Za-z]:\\)[^)]*\)\s*$/.test(line.replace(/\u001b\[[0-9;]*[A-Za-z]/g, ''));
}

async function writeLayer({ system }: EngineOptions, { planned, probed: { toolchain } }: Prepared, { units, packages }: LayerFound, folder: string): Promise<Result<LayerMade>> {
  const files = units.flatMap((unit) => unit.files.map(({ path, size }) => ({ path: join(planned.targetDir, unit.profile, path), size })));
  const std = await stdIdentity(system, toolchain, planned.triple);
  const kept = await keepFiles(system, folder, files, ARCHIVE_NAME, (archive) => [INDEX_NAME, renderLayerIndex({ packages, ...archive, std, units })]);
  return kept.ok ? success({ packages, units: units.length, ...kept.value }) : kept;
}
