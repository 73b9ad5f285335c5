/** Turns what was thrown, which only a bug does, into a failure that can be shown like any other. */
import type { InternalFailure } from './failure.js';

export function internalFailure(thrown: unknown): InternalFailure {
  if (thrown instanceof Error) return { code: 'internal', message: thrown.message, stack: thrown.stack };
  return { code: 'internal', message: String(thrown), stack: undefined };
}
