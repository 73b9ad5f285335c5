/** Asks the machine, once, which backends could build for which triples. */
import { backendOf } from '../../backend/registry.js';
import type { Host } from '../../backend/contract.js';
import { BACKEND_IDS, type BackendId } from '../../config/backend-id.js';
import type { Triple } from '../../platform/triple.js';
import type { System } from '../../system/system.js';

/** Answers for every backend and triple whether the tools are there. */
export async function probeBackends(
  system: System,
  workspaceRoot: string,
  host: Host,
  triples: readonly Triple[],
): Promise<(id: BackendId, triple: Triple) => boolean> {
  const found = new Set<string>();
  const key = (id: BackendId, triple: Triple): string => `${id} ${triple.name}`;
  for (const triple of triples) {
    for (const id of BACKEND_IDS) {
      const backend = backendOf(id);
      if (backend.refuses(triple, host) !== undefined) continue;
      const needs = backend.needs(triple, host).filter(({ optional }) => optional !== true);
      const probes = await Promise.all(needs.map((need) => system.probeTool(need, workspaceRoot, system.env)));
      if (probes.every((probe) => probe.found === true)) found.add(key(id, triple));
    }
  }
  return (id, triple) => found.has(key(id, triple));
}
