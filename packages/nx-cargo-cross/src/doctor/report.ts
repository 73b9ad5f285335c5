/** What the doctor found, as plain data. */
import type { Failure } from '../diagnostics/failure.js';
import type { Mend } from './mend.js';

export interface Report {
  /** What every build on this machine needs. */
  readonly machine: readonly Check[];
  readonly platforms: readonly PlatformReport[];
  /** What is wrong in the workspace itself: manifests and options. */
  readonly failures: readonly Failure[];
}

/** One platform as one backend builds it. */
export interface PlatformReport {
  readonly name: string;
  readonly triple: string;
  readonly backend: string;
  /** Who chose the backend. */
  readonly reason: string;
  /** The crates that are built so; empty outside a workspace. */
  readonly crates: readonly string[];
  readonly checks: readonly Check[];
}

/** One thing that was looked for. */
export interface Check {
  /** `ok`, or the code of the failure with which a build would end. */
  readonly code: 'ok' | 'absent' | Failure['code'];
  /** As said to people: `zig`, `std`, `aarch64-linux-gnu-gcc`. */
  readonly what: string;
  /** Without it nothing is built. What is not required is code `absent` where it is not there. */
  readonly required: boolean;
  readonly path?: string;
  readonly version?: string;
  readonly minimum?: string;
  /** How it stands, where a path and a version do not say it: `installed`, `built at the first build`, `for running tests`. */
  readonly note?: string;
  readonly failure?: Failure;
  /** Ways to mend it, the best first. */
  readonly mends: readonly Mend[];
}

/** Whether builds can start. With `optional`, whether nothing at all is lacking. */
export function isWell(report: Report, optional = false): boolean {
  return report.failures.length === 0 && everyCheck(report).every((check) => !isIll(check, optional));
}

/** Whether a check asks for mending. */
export function isIll({ code }: Check, optional: boolean): boolean {
  return code !== 'ok' && (optional || code !== 'absent');
}

/** All checks, the machine's first. */
export function everyCheck({ machine, platforms }: Report): readonly Check[] {
  return [...machine, ...platforms.flatMap(({ checks }) => checks)];
}
