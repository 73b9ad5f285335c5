/** The backends of this version, by id. */
import type { BackendId } from '../config/backend-id.js';
import { BACKEND_IDS } from '../config/backend-id.js';
import type { Triple } from '../platform/triple.js';
import type { Backend, Host } from './contract.js';
import { gcc } from './gcc.js';
import { cargoConfig } from './cargo-config.js';
import { lld } from './lld.js';
import { native } from './native.js';
import { ndk } from './ndk.js';
import { osxcross } from './osxcross.js';
import { xwin } from './xwin.js';
import { zig } from './zig.js';

const BACKENDS: Readonly<Record<BackendId, Backend>> = { native, zig, gcc, lld, osxcross, ndk, xwin, 'cargo-config': cargoConfig };

export function backendOf(id: BackendId): Backend {
  return BACKENDS[id];
}

/** The backends that would serve a triple on a host, in the order of their ids; a linker of the user's own is nothing to recommend. */
export function backendsFor(triple: Triple, host: Host): readonly BackendId[] {
  return BACKEND_IDS.filter((id) => id !== 'cargo-config' && BACKENDS[id].refuses(triple, host) === undefined);
}
