/** Takes typed values out of a parsed file, and notes what has the wrong shape as `manifest-invalid`, with its line. */
import type { Failure } from '../diagnostics/failure.js';
import { locateToml } from './toml-locator.js';
import { isTable, valueAt, type TomlTable } from './toml.js';

/** A parsed file, and what was found wrong in it so far. */
export interface Shape {
  readonly file: string;
  readonly text: string;
  readonly table: TomlTable;
  readonly failures: Failure[];
}

/** The text at a path; undefined where there is none or where it is something else, which is noted. */
export function takeString(shape: Shape, path: readonly string[]): string | undefined {
  return take(shape, path, (value) => typeof value === 'string', 'a string', '"..."');
}

/** The truth value at a path. */
export function takeBoolean(shape: Shape, path: readonly string[]): boolean | undefined {
  return take(shape, path, (value) => typeof value === 'boolean', 'true or false', 'true');
}

/** The list of texts at a path. */
export function takeStrings(shape: Shape, path: readonly string[]): readonly string[] | undefined {
  const isList = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((entry) => typeof entry === 'string');
  return take(shape, path, isList, 'a list of strings', '["..."]');
}

/** The table at a path. */
export function takeTable(shape: Shape, path: readonly string[]): TomlTable | undefined {
  return take(shape, path, isTable, 'a table', '{ ... }');
}

/** The array of tables at a path. */
export function takeTables(shape: Shape, path: readonly string[]): readonly TomlTable[] | undefined {
  const isList = (value: unknown): value is readonly TomlTable[] => Array.isArray(value) && value.every(isTable);
  return take(shape, path, isList, 'an array of tables', '[{ ... }]');
}

/** Notes something that cargo would refuse too. */
export function refuse(shape: Shape, path: readonly string[], message: string, help: string): void {
  shape.failures.push({ code: 'manifest-invalid', location: locateToml(shape.file, shape.text, path), message, help });
}

function take<T>(shape: Shape, path: readonly string[], is: (value: unknown) => value is T, what: string, example: string): T | undefined {
  const value: unknown = valueAt(shape.table, path);
  if (value === undefined) return undefined;
  if (is(value)) return value;
  refuse(shape, path, `"${path.join('.')}" must be ${what}`, `Write it as ${what}: ${path.at(-1) ?? ''} = ${example}`);
  return undefined;
}
