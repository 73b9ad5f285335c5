/** What a build read and no cache key holds: as data, and in words. */
import { quoteWord } from './quote.js';

/** One thing that was read. */
export interface Uncovered {
  /**
   * `file`, `folder`: of the repository; `ignored`: of the repository, and ignored by git, so that Nx does not see it; `outside`: where Nx sees nothing; `commit`: a file
   * of git's own; `variable`: of the environment; `option`: `profile = "dist"`, where the key was made for another.
   */
  readonly kind: 'file' | 'folder' | 'variable' | 'commit' | 'ignored' | 'outside' | 'option';
  /** The path, relative to the Nx workspace root where it lies below it, or the variable's name. */
  readonly what: string;
  /** Who reads it: `crates/lib/src/lib.rs:3`, `the build script of lib 0.1.0`. */
  readonly reader: string;
  /** What to write, and where; undefined where no line helps. */
  readonly line: InputLine | undefined;
}

/** An entry of a list in the options of a package. */
export interface InputLine {
  /** The Cargo.toml, relative to the Nx workspace root. */
  readonly manifest: string;
  readonly key: 'inputs' | 'env-inputs';
  readonly entry: string;
}

/** A build read what its key does not hold. */
export interface InputsUncovered {
  readonly code: 'inputs-uncovered';
  readonly crate: string;
  readonly platform: string;
  /** `project:target`, as Nx runs it. */
  readonly task: string;
  readonly uncovered: readonly Uncovered[];
}

/** How many are said one by one. */
const SAID = 12;

/** What is noted of a result that no cache keeps. */
export interface UncoveredNote {
  /** With all that was read, also what is written into manifests now. */
  readonly failure: InputsUncovered;
  /** What was written into manifests, in words. */
  readonly wrote: readonly string[];
}

/** From JSON, which may be of another version of this package. */
export function parseUncovered(value: unknown): UncoveredNote | undefined {
  const { failure, wrote } = Object(value) as Partial<UncoveredNote>;
  const { code, task, uncovered } = Object(failure) as Partial<InputsUncovered>;
  const isWhole = code === 'inputs-uncovered' && typeof task === 'string' && Array.isArray(uncovered) && uncovered.every((one) => typeof one?.what === 'string' && typeof one.reader === 'string');
  return isWhole && Array.isArray(wrote) ? (value as UncoveredNote) : undefined;
}

/** Title, details and help, for an error and for a warning. */
export function describeUncovered({ crate, platform, task, uncovered }: InputsUncovered): { readonly title: string; readonly details: readonly string[]; readonly help: readonly [string, ...string[]] } {
  return {
    title: `${crate} for ${platform} was built from what no cache key holds: a change of it would not be noticed`,
    details: sayAll(uncovered),
    help: helpFor(uncovered, `npx nx run ${quoteWord(task)} --fix-inputs`, task.slice(task.indexOf(':') + 1)),
  };
}

/** The same of all tasks of a run, each thing once. */
export function describeUncoveredRun(all: readonly [InputsUncovered, ...InputsUncovered[]]): ReturnType<typeof describeUncovered> {
  const known = new Map(all.flatMap(({ uncovered }) => uncovered.map((one): [string, Uncovered] => [sayUncovered(one), one])));
  const uncovered = [...known.values()];
  return {
    title: `${all.length === 1 ? `${all[0].task} was` : `${all.length} tasks were`} built from what no cache key holds: a change of it would not be noticed`,
    details: sayAll(uncovered),
    help: helpFor(uncovered, 'the same command with --fix-inputs', all[0].task.slice(all[0].task.indexOf(':') + 1)),
  };
}

function sayAll(uncovered: readonly Uncovered[]): readonly string[] {
  return [...uncovered.slice(0, SAID).map(sayUncovered), ...(uncovered.length > SAID ? [`and ${uncovered.length - SAID} more`] : [])];
}

function helpFor(uncovered: readonly Uncovered[], fix: string, target: string): readonly [string, ...string[]] {
  const has = (kind: Uncovered['kind']): boolean => uncovered.some((one) => one.kind === kind);
  const lines = uncovered.flatMap(({ line }) => line ?? []);
  const help = [
    ...renderLines(lines),
    ...(lines.length > 0 ? [`Or have it written: ${fix}`] : []),
    ...(has('option') ? [`A key is made for the options of nx.json and of the manifests. What is to be kept, write there: ${uncovered.flatMap(({ kind, what }) => (kind === 'option' ? [what] : [])).join(', ')}`] : []),
    ...(has('commit') ? COMMIT_HELP : []),
    ...(has('ignored') ? IGNORED_HELP : []),
    ...(has('outside') ? ['Nx sees no file outside its workspace: copy it into the repository.'] : []),
    ...(has('ignored') || has('outside') ? [`What cannot be changed is built each time, and rightly: "targets": { "${target}": { "cache": false } } in the project's project.json.`] : []),
  ];
  const [first = 'Nothing is to be done.', ...rest] = help;
  return [first, ...rest];
}

/** What a key with the commit in it means. */
export const COMMIT_HELP: readonly string[] = [
  'What reads the commit is other bytes with every commit, so with that line each commit builds it anew, for every platform. To keep the cache, leave the commit out of',
  'ordinary builds: hand it in by a variable that only releases set, and name that in env-inputs.',
];

const IGNORED_HELP = [
  'Nx hashes no file that git ignores: commit it. If another task makes it, have this target depend on that one, and on what it makes ("dependsOn", and',
  '"inputs": ["...", { "dependentTasksOutputFiles": "**/*" }] in project.json, Nx 24). If the build itself makes it from its other inputs: inputs = ["!<the file>"].',
];

/** `schemas/a.json, read by crates/lib/src/lib.rs:3`. */
export function sayUncovered({ kind, what, reader }: Uncovered): string {
  const note = { file: '', folder: ' with all below it', variable: '', commit: ' (the commit)', ignored: ' (git ignores it)', outside: ' (outside the repository)', option: '' }[kind];
  if (kind === 'option') return `${what}, said by ${reader}`;
  return `${kind === 'variable' ? `the variable ${what}` : what}${note}, read by ${reader}`;
}

/** Per Cargo.toml, what is to be in it, line by line. */
export function renderLines(lines: readonly InputLine[]): readonly string[] {
  const manifests = [...new Set(lines.map(({ manifest }) => manifest))];
  return manifests.flatMap((manifest) => {
    const keys = (['inputs', 'env-inputs'] as const).flatMap((key) => {
      const entries = [...new Set(lines.filter((line) => line.manifest === manifest && line.key === key).map(({ entry }) => JSON.stringify(entry)))];
      return entries.length > 0 ? [`  ${key} = [${entries.join(', ')}]`] : [];
    });
    return [`Add to ${manifest}, below [package.metadata.nx-cargo-cross]:`, ...keys];
  });
}
