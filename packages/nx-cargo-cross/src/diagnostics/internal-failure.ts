/** Turns what was thrown, which only a bug does, into a failure that can be shown like any other. */
import type { InternalFailure } from './failure.js';

export function internalFailure(thrown: unknown): InternalFailure {
  // Errors of Node itself may come from another realm, where they are no `instanceof Error`.
  const { message, stack } = Object(thrown) as { readonly message?: unknown; readonly stack?: unknown };
  if (typeof message !== 'string') return { code: 'internal', message: String(thrown), stack: undefined };
  return { code: 'internal', message, stack: typeof stack === 'string' ? stack : undefined };
}
