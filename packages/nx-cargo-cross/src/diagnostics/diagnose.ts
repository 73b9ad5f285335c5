/** What a failed build's output means: the raw errors of cargo, linkers and C compilers, recognised by the table in `raw-errors.ts`. */
import { MISSING_LIBRARY, RAW_ERRORS, type RawError } from './raw-errors.js';

/** What is known of a build whose output is read. Plain words, so that this stays below everything else. */
export interface BuildFacts {
  readonly crate: string;
  /** The platform's name, as the doctor takes it. */
  readonly platform: string;
  readonly triple: string;
  readonly backend: string;
  /** `linux`, `macos`, `windows`, `android` ... */
  readonly os: string;
  /** `glibc`, `musl`, `mingw` ... */
  readonly libc: string;
  /** The first line of `rustc -vV`. */
  readonly toolchain: string;
  /** The workspace's Cargo.toml, relative to where the user stands. */
  readonly manifest: string;
  /** The crates that ask for the library which `missingLibrary` reads out of the output: `pnet_datalink 0.34.0`. Empty where nobody is known to. */
  readonly linkedBy: readonly string[];
}

/** One raw error, understood. */
export interface Diagnosis {
  /** A stable word: the row of the table. */
  readonly id: string;
  /** The line that was recognised, as it was printed. */
  readonly line: string;
  /** The package whose build script said it, `bsd-kvm-sys v0.2.0`; undefined of what somebody else said. */
  readonly script: string | undefined;
  /** Why it happens, as a sentence. */
  readonly cause: string;
  /** What mends it, likeliest first: sentences, commands, configuration lines. Never empty. */
  readonly help: readonly string[];
}

/** More than this many causes at once explain nothing. */
const MOST = 3;
/** Longest line shown. Characters. */
const WIDTH = 240;

/**
 * Reads the output of a failed build. `text` is without colours. Pure.
 * Returns the causes in the table's order, at most three; none where nothing is recognised.
 */
export function diagnose(text: string, facts: BuildFacts): readonly Diagnosis[] {
  const hits: { readonly error: RawError; readonly match: RegExpExecArray }[] = [];
  for (const error of RAW_ERRORS) {
    const match = error.pattern.exec(text);
    if (match && (error.also?.test(text) ?? true) && (error.when?.(facts) ?? true)) hits.push({ error, match });
  }
  const hidden = new Set(hits.flatMap(({ error }) => error.hides ?? []));
  const known = hits.some(({ error }) => error.fallback !== true);
  return hits
    .filter(({ error }) => !hidden.has(error.id) && (known ? error.fallback !== true : true))
    .slice(0, MOST)
    .map(({ error, match }) => ({ id: error.id, line: lineAt(text, match.index, match[0]), script: scriptAt(text, match.index), cause: error.cause(match, facts), help: error.help(match, facts) }));
}

/** The library that a link ended for want of, without `-l` and `lib`; undefined where it ended for another reason. */
export function missingLibrary(text: string): string | undefined {
  return MISSING_LIBRARY.exec(text)?.slice(1).find((group) => group !== undefined);
}

const SCRIPT = /^error: failed to run custom build command for `(\S+ v[^\s`]+)/;

/** Whose build script printed what stands at a place: cargo prints all of it below one line, and the next error begins a line again. */
function scriptAt(text: string, index: number): string | undefined {
  const errors = [...text.slice(0, index).matchAll(/^error(?:\[E\d+\])?: .*$/gm)];
  return SCRIPT.exec(errors.at(-1)?.[0] ?? '')?.[1];
}

/** The whole line in which a match begins; of a match that begins with a line break, the line behind it. */
function lineAt(text: string, index: number, match: string): string {
  const at = index + (match.length - match.trimStart().length);
  const begin = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  const line = text.slice(begin, end === -1 ? undefined : end).trim();
  return line.length <= WIDTH ? line : `${line.slice(0, WIDTH)} ...`;
}
