/** Options as a user wrote them, checked key by key against the table in `options.ts`. */
import type { WrittenMetadata } from '../cargo/model.js';
import { locateToml } from '../cargo/toml-locator.js';
import { isTable } from '../cargo/toml.js';
import type { Failure } from '../diagnostics/failure.js';
import type { Location } from '../diagnostics/location.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { parseLocatedJson } from './json-locator.js';
import { kebabCase, OPTIONS, type OptionLevel, type OptionRow, type WrittenOptions } from './options.js';

/**
 * Checks what was written at one level, and returns what is right.
 * Notes `unknown-word` for keys that the level doesn't have, and `option-invalid` for values of the wrong kind: all of them, not just the first.
 */
export function parseOptions(written: WrittenMetadata, level: OptionLevel, failures: Failure[]): WrittenOptions {
  return parseTable(written, written.value, level, [], failures) as WrittenOptions;
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

function parseTable(
  written: WrittenMetadata,
  value: unknown,
  level: OptionLevel,
  path: readonly string[],
  failures: Failure[],
): Readonly<Record<string, unknown>> {
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
      const problems = checkValue(written, row, entry, at);
      if (problems.length === 0) parsed[row.key] = entry;
      failures.push(...problems);
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
  return undefined;
}

function unknownKey(written: WrittenMetadata, word: string, level: OptionLevel, path: readonly string[]): Failure {
  const valid = OPTIONS.filter((row) => (row.levels as readonly OptionLevel[]).includes(level)).map((row) => spellKey(written, row.key));
  return { code: 'unknown-word', kind: 'option', word, location: locateOption(written, path), nearest: nearestWord(word, valid), valid };
}

/** What is wrong with a value. */
function checkValue(written: WrittenMetadata, row: OptionRow, value: unknown, path: readonly string[]): readonly Failure[] {
  const expected = checkType(row, value);
  if (expected !== undefined) return [optionInvalid(written, path, `must be ${expected}`)];
  if (typeof value === 'string') return checkText(written, row, value, path);
  return isTable(value) ? Object.entries(value).flatMap(([key, entry]) => checkText(written, row, String(entry), [...path, key])) : [];
}

/** What the value should have been; undefined where it is. */
function checkType(row: OptionRow, value: unknown): string | undefined {
  const isText = (entry: unknown): boolean => typeof entry === 'string';
  switch (row.type) {
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'texts':
      return Array.isArray(value) && value.every(isText) ? undefined : 'a list of strings';
    case 'text-map':
      return isTable(value) && Object.values(value).every(isText) ? undefined : 'a table of strings';
    default:
      return isText(value) ? undefined : (row.expects ?? 'a string');
  }
}

function checkText(written: WrittenMetadata, row: OptionRow, text: string, path: readonly string[]): readonly Failure[] {
  const { pattern, expects, words, kind } = row;
  if (pattern && !pattern.test(text)) return [optionInvalid(written, path, `"${text}" is not ${expects ?? 'valid'}`)];
  if (!words || !kind || words.includes(text)) return [];
  return [{ code: 'unknown-word', kind, word: text, location: locateOption(written, path), nearest: nearestWord(text, words), valid: words }];
}

function optionInvalid(written: WrittenMetadata, path: readonly string[], message: string): Failure {
  return { code: 'option-invalid', key: path.join('.'), location: locateOption(written, path), message };
}
