/** What the doctor looks at: each platform as one backend builds it, once for all crates that are built so. Pure. */
import type { NeedsWish } from '../backend/contract.js';
import { chooseBackend } from '../config/backend-choice.js';
import type { BackendId } from '../config/backend-id.js';
import type { PlatformBuild } from '../config/resolved.js';
import { sdkFolder } from '../plan/plan.js';
import type { BuildRequest } from '../plan/request.js';
import type { Platform } from '../platform/platform.js';

/** One platform as one backend builds it. */
export interface Subject {
  readonly build: Pick<PlatformBuild, 'platform' | 'backend'>;
  /** What decides which tools are needed; one for each different wish. */
  readonly wishes: readonly NeedsWish[];
  /** The builds behind it; none outside a workspace. */
  readonly requests: readonly BuildRequest[];
}

/** The subjects of requests, in the order in which their platforms come first. */
export function subjectsOf(requests: readonly BuildRequest[], workspaceRoot: string): readonly Subject[] {
  const groups = new Map<string, BuildRequest[]>();
  for (const request of requests) {
    const { platform, backend } = request.build;
    const key = `${platform.name}\n${platform.triple.name}\n${backend.id}`;
    groups.set(key, [...(groups.get(key) ?? []), request]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ build: first.build, wishes: group.map((request) => wishOf(request, workspaceRoot)), requests: group }] : [];
  });
}

/** A platform that nothing is configured to be built for, by the backend asked for or else the table's. */
export function looseSubject(platform: Platform, backend: BackendId | undefined): Subject {
  const choice = backend === undefined ? chooseBackend(platform, { own: undefined, globs: [], linker: undefined }) : { id: backend, reason: '--backend' };
  return { build: { platform, backend: choice }, wishes: [{}], requests: [] };
}

/** The same platforms by another backend. */
export function byBackend(subjects: readonly Subject[], backend: BackendId): readonly Subject[] {
  return subjects.map(({ build, wishes }) => ({ build: { ...build, backend: { id: backend, reason: '--backend' } }, wishes, requests: [] }));
}

function wishOf(request: BuildRequest, workspaceRoot: string): NeedsWish {
  return { sdk: sdkFolder(request, workspaceRoot), driver: request.build.driver, closure: request.closure };
}
