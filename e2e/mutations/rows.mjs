/** All changes of the mutation matrix. */
import { CONFIG } from './rows/config.mjs';
import { ENVIRONMENT } from './rows/environment.mjs';
import { LOCK } from './rows/lock.mjs';
import { MANIFESTS } from './rows/manifests.mjs';
import { SOURCES } from './rows/sources.mjs';

/** @type {Readonly<Record<string, readonly import('./matrix.mjs').Row[]>>} */
export const GROUPS = { sources: SOURCES, 'Cargo.toml': MANIFESTS, 'Cargo.lock': LOCK, configuration: CONFIG, 'environment and tools': ENVIRONMENT };
