/** Everything that a build's backend needs, where no crate adds needs of its own. */
import type { FoundTool, FoundTools, Host } from '../backend/contract.js';
import { backendOf, backendsFor } from '../backend/registry.js';
import type { PlatformBuild } from '../config/resolved.js';
import type { Failure } from '../diagnostics/failure.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { System } from '../system/system.js';
import { checkToolPin, type LockedPackages } from './pins.js';
import { judgeTool } from './probe.js';

/**
 * The tools by key.
 * Fails with `triple-unserved`, or with what is missing, broken or too old: all of it, not just the first.
 */
export async function findTools(system: System, workspaceRoot: string, build: PlatformBuild, host: Host, sdk: string | undefined, locked: LockedPackages): Promise<Result<FoundTools>> {
  const { triple } = build.platform;
  const backend = backendOf(build.backend.id);
  const why = backend.refuses(triple, host);
  if (why !== undefined) {
    return failed({ code: 'triple-unserved', triple: triple.name, backend: backend.id, why, alternatives: backendsFor(triple, host).filter((id) => id !== backend.id) });
  }
  const found: Record<string, FoundTool | undefined> = {};
  const failures: Failure[] = [];
  for (const need of backend.needs(triple, host, { sdk, driver: build.driver, closure: [] })) {
    const tool = judgeTool(need, await system.probeTool(need, workspaceRoot, system.env), build, host);
    const pin = tool.ok && tool.value ? checkToolPin(need, tool.value, backend.identity(triple).pins, locked) : success(undefined);
    if (!pin.ok) failures.push(...pin.failures);
    if (tool.ok) found[need.key] = tool.value;
    else failures.push(...tool.failures);
  }
  const [first, ...rest] = failures;
  return first ? failed(first, ...rest) : success(found);
}
