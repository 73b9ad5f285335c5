/** From the words of a command line to a command and its flags; what is no word of ours is answered with the nearest one. Pure. */
import { parseArgs } from 'node:util';
import type { Failure } from '../diagnostics/failure.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { misused, type Command, type Flag, type Words } from './command.js';

/** What every command takes. */
export const COMMON_FLAGS: readonly Flag[] = [
  { name: 'json', doc: 'Print the result as JSON.' },
  { name: 'help', doc: 'Print this.' },
];

/** The place of a word, for failures. */
const COMMAND_LINE = { file: 'command line' } as const;

/** What is asked for: a command with its words, or the help of one or of all. */
export type Call = { readonly kind: 'run'; readonly command: Command; readonly words: Words } | { readonly kind: 'help'; readonly command: Command | undefined };

/** Reads a command line (without node and script). Fails with `unknown-word` and `usage`. */
export function parseCommandLine(argv: readonly string[], commands: readonly Command[]): Result<Call> {
  const [first, ...rest] = argv;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const asked = first === 'help' ? rest[0] : undefined;
    const command = commands.find(({ name }) => name === asked);
    return asked === undefined || command ? success({ kind: 'help', command }) : failed(unknownCommand(asked, commands));
  }
  const command = commands.find(({ name }) => name === first);
  return command ? parseWords(rest, command) : failed(unknownCommand(first, commands));
}

function parseWords(argv: readonly string[], command: Command): Result<Call> {
  const flags = [...command.flags, ...COMMON_FLAGS];
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(flags.map(({ name, value }) => [name, { type: value === undefined ? 'boolean' : 'string', multiple: true } as const])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const failures: Failure[] = [];
  const operands: string[] = [];
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const name = token.rawName === '-h' ? 'help' : token.name;
    const flag = token.rawName.startsWith('--') || name === 'help' ? flags.find((one) => one.name === name) : undefined;
    if (!flag) failures.push(unknownFlag(token.rawName, flags));
    else if (flag.value !== undefined && lacksValue(token)) failures.push(misused(command, `--${name} needs a ${flag.value} behind it`));
    else if (flag.value === undefined && token.value !== undefined) failures.push(misused(command, `--${name} takes no value`));
    else given.set(name, [...(given.get(name) ?? []), token.value ?? '']);
  }
  if (given.has('help')) return success({ kind: 'help', command });
  for (const { name, repeated } of flags) {
    const values = given.get(name) ?? [];
    if (!repeated && values.length > 1 && new Set(values).size > 1) failures.push(misused(command, `--${name} stands there ${values.length} times`));
  }
  const [first, ...rest] = failures;
  if (first) return failed(first, ...rest);
  const words: Words = {
    operands,
    has: (flag) => given.has(flag),
    text: (flag) => given.get(flag)?.at(-1),
    texts: (flag) => given.get(flag) ?? [],
  };
  return success({ kind: 'run', command, words });
}

/** A flag in the place of a value is a value forgotten; one that begins so is written behind `=`. */
function lacksValue({ value, inlineValue }: { readonly value?: string | undefined; readonly inlineValue?: boolean | undefined }): boolean {
  return value === undefined || value === '' || (!inlineValue && value.startsWith('--'));
}

function unknownCommand(word: string, commands: readonly Command[]): Failure {
  const valid = commands.map(({ name }) => name);
  return { code: 'unknown-word', kind: 'command', word, location: COMMAND_LINE, nearest: nearestWord(word, valid), valid };
}

function unknownFlag(word: string, flags: readonly Flag[]): Failure {
  const valid = flags.map(({ name }) => `--${name}`);
  return { code: 'unknown-word', kind: 'flag', word, location: COMMAND_LINE, nearest: nearestWord(word, valid), valid };
}
