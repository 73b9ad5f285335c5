/** The places that may give an option, nearest first: the rule "the nearer one wins, key by key", in one file. */
import type { WrittenMetadata } from '../cargo/model.js';
import type { Failure } from '../diagnostics/failure.js';
import type { Location } from '../diagnostics/location.js';
import type { OptionKey, WrittenOptions } from './options.js';
import { locateOption, parseOptions, spellKey } from './parse-options.js';

/** One table of options: a whole level, or a level's `platform.<name>`. */
export interface Scope {
  readonly options: WrittenOptions;
  readonly source: WrittenMetadata;
  /** The way from the level's own table to this one. */
  readonly path: readonly string[];
}

/** A value, and the scope that gave it. */
export interface Picked<T> {
  readonly value: T;
  readonly scope: Scope;
}

/** What a package, its Cargo workspace and nx.json say, nearest first. Notes all that is wrong in any of them. */
export function makeScopes(
  ofPackage: WrittenMetadata | undefined,
  ofWorkspace: WrittenMetadata | undefined,
  ofNx: WrittenMetadata | undefined,
  failures: Failure[],
): readonly Scope[] {
  const levels = [
    { source: ofPackage, level: 'package' },
    { source: ofWorkspace, level: 'workspace' },
    { source: ofNx, level: 'workspace' },
  ] as const;
  return levels.flatMap(({ source, level }): Scope[] => (source ? [{ options: parseOptions(source, level, failures), source, path: [] }] : []));
}

/** The nearest value of a key. */
export function pickOption<Key extends OptionKey>(scopes: readonly Scope[], key: Key): Picked<NonNullable<WrittenOptions[Key]>> | undefined {
  for (const scope of scopes) {
    const value = scope.options[key];
    if (value !== undefined) return { value: value as NonNullable<WrittenOptions[Key]>, scope };
  }
  return undefined;
}

/** Every value of a key, nearest first. */
export function everyOption<Key extends OptionKey>(scopes: readonly Scope[], key: Key): readonly Picked<NonNullable<WrittenOptions[Key]>>[] {
  return scopes.flatMap((scope) => pickOption([scope], key) ?? []);
}

/** The place of a scope's key, or of what lies below it. */
export function locateIn(scope: Scope, key: OptionKey, ...below: readonly string[]): Location {
  return locateOption(scope.source, [...scope.path, spellKey(scope.source, key), ...below]);
}
