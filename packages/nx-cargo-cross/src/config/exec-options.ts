/** The options of a target with the executor `nx-cargo-cross:exec`, as project.json or package.json write them, checked. */
import type { Failure } from '../diagnostics/failure.js';
import type { Location } from '../diagnostics/location.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { splitCommand } from './split-command.js';

/** `file` is shipped as it is, and not proved: a header, a licence. */
export const EXEC_KINDS = ['bin', 'cdylib', 'staticlib', 'import-library', 'file'] as const;
export type ExecKind = (typeof EXEC_KINDS)[number];

export interface ExecArtifact {
  /** Relative to the working directory; may hold placeholders. */
  readonly path: string;
  readonly kind: ExecKind;
  /** Its name in the output; undefined for the last part of the path. */
  readonly name: string | undefined;
}

export interface ExecOptions {
  readonly platform: string;
  /** One argument vector per command, run one after another; may hold placeholders. */
  readonly commands: readonly (readonly string[])[];
  readonly artifacts: readonly ExecArtifact[];
  /** Relative to the Nx workspace root; undefined for the project's root. */
  readonly cwd: string | undefined;
  /** Run in a fresh copy of the project's folder. */
  readonly copy: boolean;
  readonly env: Readonly<Record<string, string>>;
  /** Globs of files that decide the output, relative to the project; undefined for all of its files and those of its dependencies. */
  readonly inputs: readonly string[] | undefined;
  readonly envInputs: readonly string[];
  /** Commands that tell the versions of tools. */
  readonly versions: readonly string[];
}

const KEYS = ['platform', 'command', 'commands', 'artifacts', 'cwd', 'copy', 'env', 'inputs', 'envInputs', 'versions', 'dryRun', 'json'];

/** Words that Nx and its command line add of their own. */
const NX_KEYS = ['__unparsed__', 'verbose'];

/**
 * Checks the options. Fails with `option-invalid` and `unknown-word`: everything found, not just the first.
 * @param location where the target stands.
 */
export function parseExecOptions(raw: Readonly<Record<string, unknown>>, location: Location): Result<ExecOptions> {
  const failures: Failure[] = [];
  const invalid = (key: string, message: string): void => void failures.push({ code: 'option-invalid', key, location, message });
  for (const key of Object.keys(raw)) {
    if (!KEYS.includes(key) && !NX_KEYS.includes(key)) failures.push({ code: 'unknown-word', kind: 'option', word: key, location, nearest: nearestWord(key, KEYS), valid: KEYS });
  }
  const texts = (key: string): readonly string[] | undefined => {
    const value = raw[key];
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value;
    invalid(key, 'must be a list of strings');
    return [];
  };
  const text = (key: string): string | undefined => {
    const value = raw[key];
    if (value === undefined || typeof value === 'string') return value;
    invalid(key, 'must be a string');
    return undefined;
  };
  const platform = text('platform');
  if (platform === undefined || platform === '') invalid('platform', 'must name a platform');
  const options: ExecOptions = {
    platform: platform ?? '',
    commands: parseCommands(raw, invalid),
    artifacts: parseArtifacts(raw['artifacts'], invalid),
    cwd: text('cwd'),
    copy: raw['copy'] === true,
    env: parseEnv(raw['env'], invalid),
    inputs: texts('inputs'),
    envInputs: texts('envInputs') ?? [],
    versions: texts('versions') ?? [],
  };
  if (raw['copy'] !== undefined && typeof raw['copy'] !== 'boolean') invalid('copy', 'must be true or false');
  const [first, ...rest] = failures;
  return first ? failed(first, ...rest) : success(options);
}

type Invalid = (key: string, message: string) => void;

function parseCommands({ command, commands }: Readonly<Record<string, unknown>>, invalid: Invalid): ExecOptions['commands'] {
  if ((command === undefined) === (commands === undefined)) {
    invalid('command', 'must be given, either as "command" or, for several, as "commands"');
    return [];
  }
  const key = command === undefined ? 'commands' : 'command';
  const written: unknown = command === undefined ? commands : [command];
  if (!Array.isArray(written) || written.length === 0) {
    invalid(key, 'must be a list of commands, each a string or a list of words');
    return [];
  }
  return written.flatMap((entry: unknown): readonly string[][] => {
    if (Array.isArray(entry) && entry.length > 0 && entry.every((word) => typeof word === 'string') && entry[0] !== '') return [entry as string[]];
    if (typeof entry !== 'string') {
      invalid(key, 'must be a string, or a list of words of which the first is the program');
      return [];
    }
    const split = splitCommand(entry);
    if (split.ok) return [[...split.words]];
    invalid(key, `${JSON.stringify(entry)}: ${split.problem}`);
    return [];
  });
}

function parseArtifacts(value: unknown, invalid: Invalid): readonly ExecArtifact[] {
  if (!Array.isArray(value) || value.length === 0) {
    invalid('artifacts', 'must list what the command makes: [{ "path": "...", "kind": "bin" }]');
    return [];
  }
  return value.flatMap((entry: unknown, index): ExecArtifact[] => {
    const at = `artifacts.${index}`;
    const { path, kind, name, ...rest } = Object(entry) as Readonly<Record<string, unknown>>;
    const known = EXEC_KINDS.find((word) => word === kind);
    const [other] = Object.keys(rest);
    if (typeof path !== 'string' || path === '') invalid(`${at}.path`, 'must say where the file will be');
    else if (!known) invalid(`${at}.kind`, `must be one of ${EXEC_KINDS.join(', ')}`);
    else if (name !== undefined && (typeof name !== 'string' || !/^[^/\\]+$/.test(name) || /^\.{1,2}$|^manifest\.json$/.test(name))) invalid(`${at}.name`, 'must be a file name without a folder');
    else if (other !== undefined) invalid(`${at}.${other}`, 'is not known; an artifact has a path, a kind, and perhaps a name');
    else return [{ path, kind: known, name }];
    return [];
  });
}

function parseEnv(value: unknown, invalid: Invalid): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value as Readonly<Record<string, unknown>>) : undefined;
  if (entries?.every((entry): entry is [string, string] => typeof entry[1] === 'string')) return Object.fromEntries(entries);
  invalid('env', 'must be a table of strings');
  return {};
}
