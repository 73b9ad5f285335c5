/** What a check observes, before the policy judges it. */
import type { FieldRead, Finding, FindingCode } from '../../diagnostics/finding.js';
import type { Libc } from '../../platform/known.js';
import { matchesPattern } from '../pattern.js';
import type { Place } from '../places.js';
import { POLICY, severityOf } from '../policy.js';

/** A finding without a verdict. */
export interface Observation {
  readonly code: FindingCode;
  /** Which of several of its kind: a library, a folder, a symbol. */
  readonly subject?: string;
  readonly promised: string;
  readonly found: string;
  readonly read?: FieldRead | undefined;
  readonly help: string;
}

/** What was read at a place; undefined where there is none. */
export function readAt(place: Place | undefined, value: string | number): FieldRead | undefined {
  return place && { field: place.field, offset: place.offset, value: String(value) };
}

/** The observations that the user does not accept, each with its verdict. */
export function judge(observations: readonly Observation[], libc: Libc, allow: readonly string[]): readonly Finding[] {
  return observations
    .filter((one) => !isAllowed(one, allow))
    .map(({ code, subject, promised, found, read, help }) => ({ code, severity: severityOf(code, libc), promised, found, read, help, allow: allowWord(code, subject) }));
}

/** The word that accepts an observation: `rpath:/opt/lib`. */
function allowWord(code: FindingCode, subject: string | undefined): string | undefined {
  if (!POLICY[code].allowable) return undefined;
  return POLICY[code].names && subject !== undefined ? `${code}:${subject}` : code;
}

/** A code alone accepts all of its kind; behind a colon `*` stands for any text. */
function isAllowed({ code, subject }: Observation, allow: readonly string[]): boolean {
  return (
    POLICY[code].allowable &&
    allow.some((word) => {
      const colon = word.indexOf(':');
      if (colon < 0) return word === code;
      return word.slice(0, colon) === code && subject !== undefined && matchesPattern(word.slice(colon + 1), subject);
    })
  );
}
