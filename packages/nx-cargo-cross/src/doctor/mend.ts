/** The commands that mend what is missing: read from what needs and failures say, joined, and written as one could paste them. Pure. */
import { quoteWords } from '../diagnostics/quote.js';

/** One way to mend something. */
export type Mend =
  /** Packages of Debian and its relatives. */
  | { readonly kind: 'apt'; readonly packages: readonly string[] }
  /** Standard libraries for a toolchain of rustup's. */
  | { readonly kind: 'target'; readonly toolchain: string | undefined; readonly triples: readonly string[] }
  /** Any other command, or several of which each needs the one before. */
  | { readonly kind: 'commands'; readonly commands: readonly Words[] }
  /** Something that only a person can do: a line of a configuration file, a download behind a licence. */
  | { readonly kind: 'advice'; readonly text: string };

/** A command line. */
export type Words = readonly [string, ...string[]];

/** What of the machine decides how commands are written. */
export interface MendHost {
  /** Whether commands need nothing before them to change the system. */
  readonly isRoot: boolean;
  readonly hasApt: boolean;
  /** By the lock file of the workspace. */
  readonly packageManager: PackageManager;
  /** Packages that the workspace's package.json names already: these are only not installed. */
  readonly declared: readonly string[];
}

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** Programs that a person may be told to call, and `--fix` calls. */
const PROGRAMS: ReadonlySet<string> = new Set(['npm', 'pip', 'pip3', 'python3', 'rustup', 'cargo', 'dpkg', 'brew', 'xcode-select', 'cargo-xwin', 'apt-get', 'softwareupdate']);
/** Of them, those that change the system. */
const PRIVILEGED: ReadonlySet<string> = new Set(['apt-get', 'dpkg']);

/** The ways in a text of `install`: one per line, a later one behind `or:`. */
export function readMends(install: string, host: MendHost): readonly Mend[] {
  return install
    .split('\n')
    .map((line) => line.trim().replace(/^or(?:,[^:]*)?:\s*/, ''))
    .filter((line) => line !== '')
    .map((line) => readMend(line, host));
}

/** One line: a command, or advice where it is none that can be run as it stands. */
export function readMend(line: string, host: MendHost): Mend {
  const commands = line.split(' && ').map(readWords);
  if (!commands.every((words): words is Words => words !== undefined)) return { kind: 'advice', text: line };
  const [only] = commands;
  if (commands.length === 1 && only) {
    const packages = aptPackages(only);
    if (packages) return host.hasApt ? { kind: 'apt', packages } : { kind: 'advice', text: `Install with your system's package manager (Debian's names): ${packages.join(' ')}` };
    const target = rustupTarget(only);
    if (target) return target;
  }
  if (!host.hasApt && commands.some(([program]) => PRIVILEGED.has(program))) return { kind: 'advice', text: line };
  return { kind: 'commands', commands: commands.map((words) => forPackageManager(words, host)) };
}

/** Joins what one command can do: all packages into one line, all standard libraries of a toolchain into one. The order is of the first of each. */
export function joinMends(mends: readonly Mend[]): readonly Mend[] {
  const joined: Mend[] = [];
  for (const mend of mends) {
    const index = joined.findIndex((other) => canJoin(other, mend));
    const other = joined[index];
    if (other === undefined) joined.push(mend);
    else joined[index] = join(other, mend);
  }
  return joined;
}

/** The command lines of one way, in order; none for advice. */
export function commandsOf(mend: Mend, host: MendHost): readonly Words[] {
  switch (mend.kind) {
    case 'apt':
      return [
        ['apt-get', 'update', '-qq'] as const,
        unasked(['apt-get', 'install', ...mend.packages]),
      ].map((words) => withRights(words, host));
    case 'target':
      return [['rustup', 'target', 'add', ...(mend.toolchain === undefined ? [] : ['--toolchain', mend.toolchain]), ...mend.triples]];
    case 'commands':
      return mend.commands.map((words) => withRights(unasked(words), host));
    case 'advice':
      return [];
  }
}

/** One way as text: what one can paste, or the advice. */
export function renderMend(mend: Mend, host: MendHost): string {
  return mend.kind === 'advice' ? mend.text : commandsOf(mend, host).map(quoteWords).join(' && ');
}

function canJoin(a: Mend, b: Mend): boolean {
  if (a.kind === 'apt') return b.kind === 'apt';
  if (a.kind === 'target') return b.kind === 'target' && a.toolchain === b.toolchain;
  return JSON.stringify(a) === JSON.stringify(b);
}

function join(a: Mend, b: Mend): Mend {
  if (a.kind === 'apt' && b.kind === 'apt') return { ...a, packages: [...new Set([...a.packages, ...b.packages])] };
  if (a.kind === 'target' && b.kind === 'target') return { ...a, triples: [...new Set([...a.triples, ...b.triples])] };
  return a;
}

/** apt-get asks before it installs, and takes whatever else it deems useful. */
function unasked(words: Words): Words {
  const [program, verb, ...rest] = words;
  return program === 'apt-get' && verb === 'install' && !rest.includes('-y') ? [program, verb, '-y', '--no-install-recommends', ...rest] : words;
}

function withRights(words: Words, { isRoot }: MendHost): Words {
  return isRoot || !PRIVILEGED.has(words[0]) ? words : ['sudo', ...words];
}

/** The words of a plain command of a program that may be called; undefined for anything that a shell would have to read. */
function readWords(text: string): Words | undefined {
  if (/["'`$|;<>*?()\\~#&]/.test(text)) return undefined;
  const [program = '', ...rest] = text.replace(/^sudo /, '').trim().split(/\s+/);
  return PROGRAMS.has(program) ? [program, ...rest] : undefined;
}

function aptPackages([program, verb, ...rest]: Words): readonly string[] | undefined {
  return program === 'apt-get' && verb === 'install' ? rest.filter((word) => !word.startsWith('-')) : undefined;
}

function rustupTarget([program, noun, verb, ...rest]: Words): Mend | undefined {
  if (program !== 'rustup' || noun !== 'target' || verb !== 'add') return undefined;
  const at = rest.indexOf('--toolchain');
  return { kind: 'target', toolchain: at === -1 ? undefined : rest[at + 1], triples: rest.filter((_, index) => at === -1 || (index !== at && index !== at + 1)) };
}

/**
 * npm's words in the words of the workspace's own package manager; what package.json names already is installed as it says, in the version that it says.
 * Sources: the help of `pnpm add`, `yarn add` and `bun add`.
 */
function forPackageManager(words: Words, { packageManager, declared }: MendHost): Words {
  const [program, verb, ...rest] = words;
  if (program !== 'npm' || verb !== 'install') return words;
  const packages = rest.filter((word) => !word.startsWith('-')).map((word) => word.replace(/(?<=.)@.*$/, ''));
  if (packages.length > 0 && packages.every((name) => declared.includes(name))) return [packageManager, 'install'];
  if (packageManager === 'npm') return words;
  const short = packageManager === 'yarn' || packageManager === 'bun';
  return [packageManager, 'add', ...rest.map((word) => (short && word === '--save-dev' ? '--dev' : short && word === '--save-exact' ? '--exact' : word))];
}
