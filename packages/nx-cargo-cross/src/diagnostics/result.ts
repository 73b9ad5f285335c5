/** Expected outcomes as values. `throw` is left for bugs in this plugin. */
import type { Failure } from './failure.js';

export type Result<T> = Success<T> | Failed;

export interface Success<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Failed {
  readonly ok: false;
  /** At least one; all that the phase found, not just the first. */
  readonly failures: readonly [Failure, ...Failure[]];
}

export function success<T>(value: T): Success<T> {
  return { ok: true, value };
}

export function failed(first: Failure, ...rest: readonly Failure[]): Failed {
  return { ok: false, failures: [first, ...rest] };
}

/** A success holding every value, or a failure holding every failure. */
export function all<T>(results: readonly Result<T>[]): Result<readonly T[]> {
  const values: T[] = [];
  const failures: Failure[] = [];
  for (const result of results) {
    if (result.ok) values.push(result.value);
    else failures.push(...result.failures);
  }
  const [first, ...rest] = failures;
  return first ? failed(first, ...rest) : success(values);
}
