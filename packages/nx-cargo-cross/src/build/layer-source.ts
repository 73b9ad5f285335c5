/** Brings the layers of builds whose target folder has nothing yet, all in one go, before any of them is built. */
import gte from 'semver/functions/gte.js';
import { KEEPS_GOING } from '../plan/layer.js';
import type { BuildRequest } from '../plan/request.js';
import type { EngineOptions } from './engine.js';
import type { Prepared } from './prepare.js';
import { wantsLayer } from './restore-layer.js';

/** Where layers come from. */
export interface LayerSource {
  /** Where a request's layer lies once it is there, absolute; undefined where its options want none. */
  folderOf(request: BuildRequest): string | undefined;
  /**
   * Brings layers, from a cache or newly made.
   * @param hear gets what is said of it for the request whose turn it is, in whole lines
   * @returns the tasks of the requests whose layers are there now, or why there are none
   */
  bring(requests: readonly BuildRequest[], hear: (request: BuildRequest, text: string) => void, signal: AbortSignal | undefined): Promise<{ readonly brought: ReadonlySet<string>; readonly why?: string }>;
}

/** Whether a build waits for a layer before anything else. */
export function asksForLayer({ layers }: Pick<EngineOptions, 'layers'>, { request, planned }: Pick<Prepared, 'request' | 'planned'>): boolean {
  return layers?.folderOf(request) !== undefined && wantsLayer(planned);
}

/** The same builds, in their order; those that get a layer know where it lies. */
export async function withLayers(options: EngineOptions, builds: readonly Prepared[]): Promise<readonly Prepared[]> {
  const { layers, emit, signal } = options;
  if (!layers) return builds;
  const wanting = builds.filter((build) => asksForLayer(options, build) && gte(build.probed.toolchain.release, KEEPS_GOING));
  if (wanting.length === 0) return builds;
  for (const { ref } of wanting) emit({ type: 'preparing', what: 'asking for the layer of its third-party crates', ...ref });
  const refOf = new Map(wanting.map(({ request, ref }) => [request, ref]));
  const { brought, why } = await layers.bring(
    wanting.map(({ request }) => request),
    (request, text) => {
      const ref = refOf.get(request);
      if (ref) emit({ type: 'output', text, ...ref });
    },
    signal,
  );
  for (const { request, ref } of wanting) if (!brought.has(request.task) && !signal?.aborted) emit({ type: 'unlayered', why: why ?? 'there is none', ...ref });
  return builds.map((build) => (brought.has(build.request.task) ? { ...build, layer: layers.folderOf(build.request) } : build));
}
