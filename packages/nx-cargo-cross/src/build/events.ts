/**
 * What happens during a build, as data. The engine emits these; reporters in `executors/` and `tools/` turn them into lines, JSON or nothing.
 * One JSON object per line goes to the file that `NX_CARGO_CROSS_EVENTS` names, if it names one.
 */
import type { Failure } from '../diagnostics/failure.js';
import type { Finding } from '../diagnostics/finding.js';
import type { InputsUncovered } from '../diagnostics/uncovered.js';

/** Which request an event belongs to. */
export interface RequestRef {
  /** The Nx task id: `vault:cross-aarch64-linux`. */
  readonly task: string;
  readonly project: string;
  readonly platform: string;
}

export type BuildEvent =
  | ({ readonly type: 'planned'; readonly triple: string; readonly backend: string; readonly backendReason: string } & RequestRef)
  /** Something all of a request's builds need is being made ready: std, a lock somebody else holds. */
  | ({ readonly type: 'preparing'; readonly what: string; readonly done?: number; readonly total?: number } & RequestRef)
  | ({ readonly type: 'started'; readonly command: string } & RequestRef)
  /** Units done of units in all, as cargo counts them. */
  | ({ readonly type: 'progress'; readonly done: number; readonly total: number; readonly current: string } & RequestRef)
  /** A piece of what cargo and the compilers print, as they print it, colours included. */
  | ({ readonly type: 'output'; readonly text: string; /** It belongs to this request too, and was shown for another of the same cargo call. */ readonly shownBefore?: boolean } & RequestRef)
  /** An artifact keeps its promises, and somebody should know something of it all the same. */
  | ({ readonly type: 'warned'; readonly file: string; readonly findings: readonly Finding[] } & RequestRef)
  /** The layer of third-party crates is of no use, so that cargo compiles them. */
  | ({ readonly type: 'unlayered'; readonly why: string } & RequestRef)
  /** The toolchain that was made elsewhere is of no use, so that what is missing is built here. */
  | ({ readonly type: 'toolchain-unusable'; readonly why: string } & RequestRef)
  /** The build read what its key does not hold; `wrote`: what was put into manifests, `kept`: what becomes of the result, in sentences. */
  | ({ readonly type: 'uncovered'; readonly failure: InputsUncovered; readonly wrote: readonly string[]; readonly kept: readonly string[] } & RequestRef)
  | ({
      readonly type: 'finished';
      readonly success: boolean;
      readonly durationMs: number;
      readonly directory?: string;
      readonly failures: readonly Failure[];
    } & RequestRef);

export type Emit = (event: BuildEvent) => void;
