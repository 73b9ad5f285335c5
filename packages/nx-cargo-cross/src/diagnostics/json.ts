/** Failures for programs: the same words as for people, field by field. */
import { describe } from './describe.js';
import type { Failure, FailureCode } from './failure.js';

/** One failure. */
export interface FailureJson {
  readonly code: FailureCode;
  readonly title: string;
  /** `file:line:column`, with what is known of it. */
  readonly location?: { readonly file: string; readonly line?: number; readonly column?: number };
  readonly details: readonly string[];
  readonly help: readonly string[];
}

/** Failures as plain data for JSON. */
export function failuresAsJson(failures: readonly Failure[]): readonly FailureJson[] {
  return failures.map((failure) => {
    const { title, location, details, help } = describe(failure);
    return { code: failure.code, title, ...(location ? { location: place(location) } : {}), details, help };
  });
}

function place({ file, line, column }: NonNullable<FailureJson['location']>): NonNullable<FailureJson['location']> {
  return { file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
}
