/** The backends of this version, by id. */
import type { BackendId } from '../config/backend-id.js';
import { BACKEND_IDS } from '../config/backend-id.js';
import type { Triple } from '../platform/triple.js';
import type { Backend, Host } from './contract.js';
import { gcc } from './gcc.js';
import { native } from './native.js';
import { zig } from './zig.js';

const BACKENDS: Readonly<Record<BackendId, Backend>> = { native, zig, gcc };

export function backendOf(id: BackendId): Backend {
  return BACKENDS[id];
}

/** The backends that would serve a triple on a host, in the order of their ids. */
export function backendsFor(triple: Triple, host: Host): readonly BackendId[] {
  return BACKEND_IDS.filter((id) => BACKENDS[id].refuses(triple, host) === undefined);
}
