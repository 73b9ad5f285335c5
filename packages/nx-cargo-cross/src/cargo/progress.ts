/**
 * Takes cargo's progress bar out of what cargo prints, and says what the bar said.
 *
 * With CARGO_TERM_PROGRESS_WHEN=always cargo draws `Building [==>  ] 3/88: ring, zstd-sys` followed by a carriage return, between whole lines of
 * ordinary output. That bar is the only place where cargo says how many units there are.
 */

export interface CargoProgress {
  readonly done: number;
  readonly total: number;
  /** What is being compiled now, as cargo lists it; empty where it lists nothing. */
  readonly current: string;
}

export interface CargoOutput {
  /** Whole lines of ordinary output, colours included, the bar taken out. */
  readonly text: string;
  /** The newest state of the bar within this chunk. */
  readonly latest: CargoProgress | undefined;
  /** The lock that cargo says it waits for, when it says so within this chunk. */
  readonly blockedOn: string | undefined;
}

export interface CargoProgressReader {
  push(chunk: string): CargoOutput;
  /** What is left when the stream has ended. */
  end(): CargoOutput;
}

/**
 * Whether nothing is left but what was asked for: no build script, no macro and no dependency.
 * @param asked how many crates were, over all platforms, at most
 * @param packageName of the crate; names of its programs are told by cargo as such (cargo 1.95, `job_queue/mod.rs`, `name_for_progress`)
 */
export function onlyAskedLeft({ done, total, current }: CargoProgress, asked: number, packageName: string): boolean {
  return total - done <= asked && current.split(', ').every((name) => name === packageName || name.endsWith('(bin)'));
}

const ESCAPES = /\u001b\[[0-9;]*[A-Za-z]/g;
const BAR = /^\s*Building \[[=> ]*\]\s+(\d+)\/(\d+)(?::\s*(.*?))?\s*$/;
/** The places behind a line break, and behind a carriage return that no line break follows: Windows' tools write both. */
const ENDS = /(?<=\n|\r(?!\n))/;
const BLOCKED = /^\s*Blocking waiting for (.+?)\s*$/;

/** Makes a reader for one stream of cargo's standard error. */
export function makeCargoProgress(): CargoProgressReader {
  let rest = '';
  return {
    push(chunk) {
      const pieces = (rest + chunk).split(ENDS);
      const last = pieces.at(-1) ?? '';
      // A line break may still follow a carriage return, but never behind the bar.
      rest = last.endsWith('\n') || (last.endsWith('\r') && barOf(last)) ? '' : (pieces.pop() ?? '');
      return take(pieces);
    },
    end() {
      const pieces = rest === '' ? [] : [rest];
      rest = '';
      return take(pieces);
    },
  };
}

function take(pieces: readonly string[]): CargoOutput {
  let text = '';
  let latest: CargoProgress | undefined;
  let blockedOn: string | undefined;
  for (const piece of pieces) {
    const bar = barOf(piece);
    if (bar) {
      latest = { done: Number(bar[1]), total: Number(bar[2]), current: bar[3] ?? '' };
      continue;
    }
    const blocked = BLOCKED.exec(plainText(piece));
    if (blocked) blockedOn = blocked[1];
    // What ends in a carriage return will be drawn over: other bars (`Downloading 3 crates`), and what clears them.
    if (piece.endsWith('\r')) continue;
    text += piece.replace(/^\u001b\[K/, '');
  }
  return { text, latest, blockedOn };
}

function barOf(piece: string): RegExpExecArray | null {
  return BAR.exec(plainText(piece));
}

function plainText(piece: string): string {
  return piece.replace(ESCAPES, '').replace(/[\r\n]+$/, '');
}
