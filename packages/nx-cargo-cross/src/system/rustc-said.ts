/**
 * What the Rust compiler of a folder says of itself, for keys. A run in which nothing is to be done starts no compiler for it, nor rustup: which one it would be is read where rustup reads it, and what that one
 * said is kept for as long as its file is the same (`kept-answers.ts`).
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, readFileSync, realpathSync, renameSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { rustupChoice } from '../cargo/rustup-choice.js';
import { listNow, readTextNow, writeNow } from './files-now.js';
import { answerFile } from './kept-answers.js';
import { cacheFolder } from './user-folders.js';

type Environment = Readonly<Record<string, string>>;

/** What rustc is asked. */
export const QUESTIONS = { version: ['-vV'], sysroot: ['--print', 'sysroot'] } as const;

interface Question {
  readonly words: readonly string[];
  readonly directory: string;
  readonly environment: Environment;
}

/**
 * rustc's own words. Throws where it cannot be started, or fails: with its words on the error stream.
 * @param question `directory`: where it would be started
 * @param channel the toolchain that a file elsewhere says; the environment counts before it
 */
export function rustcSaid(question: Question, channel: string | undefined): string {
  return find(question, channel, start);
}

/** The words of this package's own program: `[--host | --sysroot] [channel]`. Without the machine that builds, unless that is asked for; or the folder in which the compiler lies. */
type ProgramWords = readonly string[];

/** What the program prints. Throws as `rustcSaid` does. */
export function sayRustc(words: ProgramWords, directory: string, environment: Environment): string {
  return say(words, directory, environment, start) ?? '';
}

/** The same, where nothing has to be started for it; else undefined. */
export function knownOfRustc(words: ProgramWords, directory: string, environment: Environment): string | undefined {
  try {
    return say(words, directory, environment, () => undefined);
  } catch {
    return undefined;
  }
}

function say<T extends string | undefined>(words: ProgramWords, directory: string, environment: Environment, ask: Ask<T>): string | T {
  const question = { directory, environment, words: words.includes('--sysroot') ? QUESTIONS.sysroot : QUESTIONS.version };
  const said = find(question, words.find((word) => !word.startsWith('--')), ask);
  return said === undefined || words.includes('--host') ? said : said.replace(/^host: .*\n?/m, '');
}

/** Starts a compiler, or what chooses one; undefined where it may not be started. */
type Ask<T extends string | undefined> = (command: string, args: readonly string[], question: Question) => T;

function find<T extends string | undefined>(question: Question, channel: string | undefined, ask: Ask<T>): string | T {
  const { directory, environment, words } = question;
  const named = environment['RUSTC'] || environment['CARGO_BUILD_RUSTC'];
  if (named) return answer(onPath(named, directory, environment) ?? named, question, ask);
  const found = onPath('rustc', directory, environment);
  const proxy = found !== undefined && isRustup(found);
  const toolchain = proxy ? behind(directory, environment, channel) : undefined;
  if (toolchain !== undefined) return answer(toolchain, question, ask);
  if (channel !== undefined && !environment['RUSTUP_TOOLCHAIN']) return ask('rustup', ['run', channel, 'rustc', ...words], question);
  return found !== undefined && !proxy ? answer(found, question, ask) : ask('rustc', words, question);
}

/** The compiler that rustup's proxy would start. */
function behind(directory: string, environment: Environment, channel: string | undefined): string | undefined {
  const own = environment['RUSTUP_HOME'];
  const home = own !== undefined && own !== '' ? resolve(directory, own) : join(homedir(), '.rustup');
  const choice = rustupChoice({
    settings: readTextNow(join(home, 'settings.toml')),
    installed: listNow(join(home, 'toolchains')),
    said: environment['RUSTUP_TOOLCHAIN'] || channel,
    folders: upwardsOf(realpathSync(directory)),
    readText: (folder, name) => readTextNow(join(folder, name)),
  });
  const rustc = choice === undefined ? undefined : join(home, 'toolchains', choice, 'bin', 'rustc');
  return rustc !== undefined && isProgram(rustc) ? rustc : undefined;
}

/** Only of a compiler's own file: a script that speaks for one may say something else each time. */
function answer<T extends string | undefined>(rustc: string, question: Question, ask: Ask<T>): string | T {
  const { words, environment } = question;
  const path = realpathSync(rustc);
  const library = driver(path);
  if (library === undefined) return ask(rustc, words, question);
  const { size, mtimeNs, ctimeNs } = statSync(library, { bigint: true });
  const file = answerFile(cacheFolder(environment), path, [...words, library, ...[size, mtimeNs, ctimeNs].map(String)], statSync(path, { bigint: true }));
  const kept = readTextNow(file);
  if (kept !== undefined) return kept;
  const said = ask(rustc, words, question);
  if (said !== undefined) keep(file, said);
  return said;
}

/** Under another name first: nobody may read half of it. Where it cannot be kept it is asked again. */
function keep(file: string, text: string): void {
  try {
    const draft = `${file}.${process.pid}`;
    writeNow(draft, text);
    renameSync(draft, file);
  } catch {}
}

/** rustc is a small program, and what it is lies in a library: in the folder beside its own, or in that for this machine's libraries. Undefined for a script, or what else is called rustc. */
function driver(path: string): string | undefined {
  if (readFileSync(path).subarray(0, 2).toString('latin1') === '#!') return undefined;
  const lib = join(dirname(dirname(path)), 'lib');
  const folders = [lib, dirname(path), ...listNow(lib).filter((name) => name.includes('-linux-gnu')).map((name) => join(lib, name))];
  return folders.flatMap((folder) => listNow(folder).filter((name) => /rustc_driver/.test(name)).sort().map((name) => join(folder, name)))[0];
}

function isRustup(path: string): boolean {
  return /^rustup(\.exe)?$/.test(basename(realpathSync(path)));
}

function onPath(name: string, directory: string, environment: Environment): string | undefined {
  if (/[\\/]/.test(name)) return isAbsolute(name) ? name : resolve(directory, name);
  return (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '').map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function start(command: string, args: readonly string[], { directory, environment }: Question): string {
  return execFileSync(command, args, { cwd: directory, env: { ...environment }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function upwardsOf(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upwardsOf(parent)];
}
