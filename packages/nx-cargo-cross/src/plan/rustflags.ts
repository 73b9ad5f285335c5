/**
 * Adds our rustc flags to the user's without hiding any of them.
 *
 * Cargo takes flags from the first source that exists, and ignores the rest: CARGO_ENCODED_RUSTFLAGS, RUSTFLAGS, all `target.*` tables joined,
 * `build.rustflags`. Source: the Cargo book, "Configuration", `build.rustflags`.
 */
import type { EnvEdit, Environment } from '../backend/env-edit.js';
import type { UserRustflags } from './request.js';

export interface MergedRustflags {
  /** For `--config target.<triple>.rustflags`. */
  readonly config: readonly string[];
  readonly env: readonly EnvEdit[];
}

const SEPARATOR = '\u001f';

/** Puts `own` behind the user's flags, at the level where the user's are. */
export function mergeRustflags(own: readonly string[], environment: Environment, user: UserRustflags): MergedRustflags {
  const encoded = environment['CARGO_ENCODED_RUSTFLAGS'];
  if (encoded !== undefined) return inEnvironment([...(encoded === '' ? [] : encoded.split(SEPARATOR)), ...own]);
  const plain = environment['RUSTFLAGS'];
  if (plain !== undefined) return inEnvironment([...words(plain), ...own]);
  if (user.targetTable) return { config: [...own], env: [] };
  const build = [...user.build, ...words(environment['CARGO_BUILD_RUSTFLAGS'] ?? '')];
  return { config: [...build, ...own], env: [] };
}

function inEnvironment(flags: readonly string[]): MergedRustflags {
  return {
    config: [],
    env: [
      { kind: 'set', name: 'CARGO_ENCODED_RUSTFLAGS', value: flags.join(SEPARATOR) },
      { kind: 'unset', name: 'RUSTFLAGS' },
    ],
  };
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
