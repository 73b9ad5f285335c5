/** The oldest glibc that artifacts must start on: asked for, or what the backend makes of nothing. */
import { parseGlibc, type GlibcVersion } from '../platform/glibc.js';
import type { Platform } from '../platform/platform.js';
import type { BackendChoice } from './backend-choice.js';
import { pickOption, type Scope } from './scopes.js';

/**
 * The floor behind the triple, else `glibc`. gcc and native link against a glibc of their own, whatever is asked; zig can take any, so it takes the oldest.
 * @param own the scopes of the platform.
 */
export function glibcOf(own: readonly Scope[], platform: Platform, backend: BackendChoice | undefined): GlibcVersion | undefined {
  const { glibc, facts } = platform.triple;
  const oldest = backend?.id === 'zig' && facts.glibcMin !== undefined ? parseGlibc(facts.glibcMin) : undefined;
  return glibc ?? parseGlibc(pickOption(own, 'glibc')?.value ?? '') ?? oldest;
}
