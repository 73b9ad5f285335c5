/** Options as a user wrote them, checked key by key against the table in `options.ts`. */
import type { WrittenMetadata } from '../cargo/model.js';
import { locateToml } from '../cargo/toml-locator.js';
import { isTable } from '../cargo/toml.js';
import type { Failure } from '../diagnostics/failure.js';
import type { Location } from '../diagnostics/location.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { parseLocatedJson } from './json-locator.js';
import { kebabCase, OPTIONS, type OptionLevel, type OptionRow, type WrittenOptions } from './options.js';

/**
 * Checks what was written at one level.
 * Fails with `unknown-word` for keys that the level doesn't have, and with `option-invalid` for values of the wrong kind: all of them, not just the first.
 */
export function parseOptions(written: WrittenMetadata, level: OptionLevel): Result<WrittenOptions> {
  const failures: Failure[] = [];
  const options = parseTable(written, written.value, level, [], failures);
  const [first, ...rest] = failures;
  return first ? failed(first, ...rest) : success(options as WrittenOptions);
}

/** The place of a key (its path inside the options) in the file that the options stand in. */
export function locateOption(written: WrittenMetadata, path: readonly string[]): Location {
  const whole = [...written.path, ...path];
  if (!written.file.endsWith('.json')) return locateToml(written.file, written.text, whole);
  return parseLocatedJson(written.text)?.locate(written.file, whole) ?? { file: written.file };
}

/** A key as the file of the options spells it. */
export function spellKey(written: WrittenMetadata, key: string): string {
  return written.file.endsWith('.json') ? key : kebabCase(key);
}

function parseTable(written: WrittenMetadata, value: unknown, level: OptionLevel, path: readonly string[], failures: Failure[]): Readonly<Record<string, unknown>> {
  if (!isTable(value)) {
    const key = path.at(-1) ?? 'options';
    failures.push({ code: 'option-invalid', key, location: locateOption(written, path), message: 'must be a table' });
    return {};
  }
  const parsed: Record<string, unknown> = {};
  for (const [spelled, entry] of Object.entries(value)) {
    const row = OPTIONS.find((candidate) => spellKey(written, candidate.key) === spelled);
    const at = [...path, spelled];
    const refusal = row ? refuseKey(written, row, level, at) : unknownKey(written, spelled, level, at);
    if (refusal) failures.push(refusal);
    else if (row?.type === 'platform-map') parsed[row.key] = parsePlatformMap(written, entry, at, failures);
    else if (row) {
      const problem = checkValue(row, entry);
      if (problem === undefined) parsed[row.key] = entry;
      else failures.push(typeof problem === 'string' ? optionInvalid(written, at, problem) : { ...problem, location: locateOption(written, at) });
    }
  }
  return parsed;
}

function parsePlatformMap(written: WrittenMetadata, value: unknown, path: readonly string[], failures: Failure[]): unknown {
  if (!isTable(value)) {
    failures.push(optionInvalid(written, path, 'must be a table with one table per platform'));
    return {};
  }
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, parseTable(written, entry, 'platform', [...path, name], failures)]));
}

function refuseKey(written: WrittenMetadata, row: OptionRow, level: OptionLevel, path: readonly string[]): Failure | undefined {
  if (!row.levels.includes(level)) {
    const places: Readonly<Record<OptionLevel, string>> = {
      workspace: 'nx.json or [workspace.metadata.nx-cargo-cross]',
      package: '[package.metadata.nx-cargo-cross]',
      platform: 'a "platform.<name>" table',
    };
    return optionInvalid(written, path, `has no meaning here; it belongs into ${row.levels.map((place) => places[place]).join(', or ')}`);
  }
  return row.refused === undefined ? undefined : optionInvalid(written, path, row.refused);
}

function unknownKey(written: WrittenMetadata, word: string, level: OptionLevel, path: readonly string[]): Failure {
  const valid = OPTIONS.filter((row) => (row.levels as readonly OptionLevel[]).includes(level) && !('refused' in row)).map((row) => spellKey(written, row.key));
  return { code: 'unknown-word', kind: 'option', word, location: locateOption(written, path), nearest: nearestWord(word, valid), valid };
}

type WordProblem = Omit<Extract<Failure, { code: 'unknown-word' }>, 'location'>;

/** What is wrong with a value; undefined where nothing is. */
function checkValue(row: OptionRow, value: unknown): string | WordProblem | undefined {
  const isText = typeof value === 'string';
  if (row.type === 'flag') return typeof value === 'boolean' ? undefined : 'must be true or false';
  if (row.type === 'texts') return Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? undefined : 'must be a list of strings';
  if (row.type === 'text-map') return isTable(value) && Object.values(value).every((entry) => typeof entry === 'string') ? undefined : 'must be a table of strings';
  if (!isText) return `must be a string${row.expects === undefined ? '' : `: ${row.expects}`}`;
  if (row.pattern && !row.pattern.test(value)) return `"${value}" is not ${row.expects ?? 'valid'}`;
  if (!row.words || row.words.includes(value)) return undefined;
  return { code: 'unknown-word', kind: 'linkage', word: value, nearest: nearestWord(value, row.words), valid: row.words };
}

function optionInvalid(written: WrittenMetadata, path: readonly string[], message: string): Failure {
  return { code: 'option-invalid', key: path.join('.'), location: locateOption(written, path), message };
}
