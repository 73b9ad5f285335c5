/** What differs between two answers of a command whose output is in a key. */
import { ASK_LIBRARY_VARIABLES } from '../cargo/library-variables.js';
import { parseLocatedJson } from '../config/json-locator.js';
import { bothListed } from './decision-changes.js';
import { differences, makeChange, showValue, type Change } from './change.js';
import { DIGEST } from './part-words.js';

/** @param from what it said, undefined where that is not known */
export function answerChanges(command: string, from: string | undefined, to: string | undefined): readonly Change[] {
  const outside = isOutsideConfig(command);
  const name = toolOf(command);
  if (from === undefined || to === undefined) return [{ kind: outside ? 'cargo config' : 'tool', name, note: 'changed; what it said before is not known' }];
  if (outside) return outsideChanges(from, to);
  if (command === ASK_LIBRARY_VARIABLES) return libraryChanges(from, to);
  if (name === USERS_TOOLS) return usersToolChanges(from, to);
  const [before, after] = [linesOf(from), linesOf(to)];
  const [gone, come] = [before.filter((line) => !after.includes(line)), after.filter((line) => !before.includes(line))];
  const more = Math.max(gone.length, come.length) - 1;
  const note = more > 0 ? `and ${more} more ${more === 1 ? 'line' : 'lines'}` : undefined;
  if (gone.length === 0 && come.length === 0) return [{ kind: 'tool', name, note: 'the order of its lines changed' }];
  return [{ kind: 'tool', name, from: gone[0] ?? 'nothing', to: come[0] ?? 'nothing', ...(note === undefined ? {} : { note }) }];
}

function isOutsideConfig(command: string): boolean {
  return command.includes('outside-config-main.js');
}

/** What a command asks, as a person would say it. */
export function toolOf(command: string): string {
  if (isOutsideConfig(command)) return 'outside the repository';
  if (command === ASK_LIBRARY_VARIABLES) return 'variables of libraries';
  const asked = command.replace(/^\(*(?:export LC_ALL=C; )?/, '');
  const known = KNOWN_QUESTIONS.find(([form]) => form.test(asked))?.[1];
  const compiler = /\$\((\S+) -print-file-name/.exec(asked)?.[1];
  if (compiler !== undefined) return `libraries of ${compiler}`;
  const variable = /^\[ -z "\$(\w+)" \]/.exec(asked)?.[1];
  if (known ?? variable) return known ?? `that ${variable ?? ''} names`;
  const program = /(?:^|\s|\/|")(rustc|zig|cargo)(?=["\s]|$)/.exec(asked)?.[1] ?? /^[\s([]*([\w./+-]+)/.exec(asked)?.[1];
  return program ?? asked.slice(0, 40);
}

/** What stands in the place of the backend's own tools. */
const USERS_TOOLS = 'that a variable names';

/** Questions that begin with no tool's name. */
const KNOWN_QUESTIONS: readonly (readonly [RegExp, string])[] = [
  [/rustc-said-main\.js/, 'rustc'],
  [/^env \| sed/, USERS_TOOLS],
  [/^uname -sm/, 'the machine that builds'],
  [/^git describe/, 'the commit'],
  [/^git rev-parse/, 'the branch'],
  [/^cksum \S*libc\.so/, 'the C library'],
  [/osxcross-conf/, 'osxcross'],
  [/XWIN_ROOT/, "Microsoft's files"],
  [/ANDROID_NDK/, 'the NDK'],
  [/rust-lld|wasm-ld|ld\.lld/, 'lld'],
];

/** Each variable in a line of its own, what its tool says below it. */
function usersToolChanges(from: string, to: string): readonly Change[] {
  const saidOf = (text: string): Readonly<Record<string, string>> => Object.fromEntries([...text.matchAll(/^([A-Za-z_][\w-]*)$\n?((?:(?![A-Za-z_][\w-]*$).*\n?)*)/gm)].map(([, variable = '', said = '']) => [variable, said.trim().split('\n')[0] ?? '']));
  const [before, after] = [saidOf(from), saidOf(to)];
  const found = differences(before, after).map(({ path: [variable = ''] }): Change => ({ kind: 'tool', name: `that ${variable} names`, from: before[variable] ?? 'none', to: after[variable] ?? 'none' }));
  return found.length > 0 ? found : [{ kind: 'tool', name: USERS_TOOLS, note: 'changed' }];
}

/** Variables of libraries are asked for all at once. */
function libraryChanges(from: string, to: string): readonly Change[] {
  const valuesOf = (text: string): Readonly<Record<string, string>> => Object.fromEntries(text.split('\n').filter((line) => line.includes('=')).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  return differences(valuesOf(from), valuesOf(to)).map(({ path: [name = ''], ...values }) =>
    [values.from, values.to].some((value) => DIGEST.test(String(value)))
      ? { kind: 'variable', name, note: 'changed (its values are not kept)' }
      : { kind: 'variable', name, from: values.from === undefined ? 'not set' : showValue(values.from), to: values.to === undefined ? 'not set' : showValue(values.to) },
  );
}

function outsideChanges(from: string, to: string): readonly Change[] {
  const [before, after] = [from, to].map((text) => parseLocatedJson(text)?.value);
  const found = differences(...bothListed(before, after));
  if (found.length === 0) return [{ kind: 'cargo config', name: 'outside the repository', note: 'changed' }];
  return found.flatMap(({ path, ...values }): Change[] => {
    const name = ['outside the repository', path.slice(1).join('.')].join(' ').trim();
    const isSecret = [values.from, values.to].some((value) => typeof value === 'string' && DIGEST.test(value));
    return [isSecret ? { kind: 'cargo config', name, note: 'changed' } : makeChange('cargo config', name, values.from, values.to)];
  });
}

function linesOf(text: string): readonly string[] {
  // A package.json is asked for its version by its line.
  return text.split('\n').map((line) => line.trim().replace(/^"version":\s*"([^"]+)".*$/, '$1')).filter((line) => line !== '');
}
