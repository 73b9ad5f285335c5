/** TOML text to plain values, with syntax errors as failures. Everything else here reads TOML through this file. */
import { parse, TomlDate, TomlError, type TomlTable, type TomlValue } from 'smol-toml';
import { failed, success, type Result } from '../diagnostics/result.js';

export type { TomlTable, TomlValue };

/**
 * Parses TOML.
 * Fails with `manifest-syntax`, which names line and column in the parser's own words.
 */
export function parseToml(file: string, text: string): Result<TomlTable> {
  try {
    return success(parse(text, { integersAsBigInt: 'asNeeded' }));
  } catch (error) {
    if (!(error instanceof TomlError)) return failed({ code: 'manifest-syntax', location: { file }, message: String(error) });
    const { line, column } = error;
    const excerpt = text.split('\n')[line - 1]?.trimEnd() ?? '';
    const location = { file, line, column, ...(excerpt === '' ? {} : { excerpt }) };
    return failed({ code: 'manifest-syntax', location, message: parserWords(error, column > excerpt.length) });
  }
}

/** What the parser said, without the excerpt that it adds. It says nothing of strings that the line ends before their quote does. */
function parserWords(error: TomlError, atLineEnd: boolean): string {
  const words = (error.message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '');
  return atLineEnd && words.startsWith('control characters') ? 'a string is not closed on its line' : words;
}

/** Whether a value is a table: no list, no date. */
export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isTomlDate(value);
}

/** Whether a value is a date or time, of whatever kind TOML has. */
export function isTomlDate(value: unknown): value is TomlDate {
  return value instanceof TomlDate;
}

/** A table's own entry; never one that it inherits from `Object` (`constructor` is a legal TOML key). */
export function entryOf(table: unknown, key: string): TomlValue | undefined {
  return isTable(table) && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The value at a path of keys (numbers for elements of lists), or undefined where a step leads nowhere. */
export function valueAt(table: TomlTable, path: readonly string[]): TomlValue | undefined {
  let value: TomlValue | undefined = table;
  for (const key of path) value = Array.isArray(value) ? value[Number(key)] : entryOf(value, key);
  return value;
}

/** The table at a path, or an empty one. */
export function tableAt(table: TomlTable, path: readonly string[]): TomlTable {
  const value = valueAt(table, path);
  return isTable(value) ? value : {};
}
