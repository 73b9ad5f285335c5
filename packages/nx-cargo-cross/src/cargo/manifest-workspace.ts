/** `[workspace]` as written. */
import { takeString, takeStrings, takeTable, type Shape } from './shape.js';
import { entryOf, type TomlValue } from './toml.js';

/** `[workspace]`. */
export interface ManifestWorkspace {
  /** Paths or globs, relative to the file; undefined where the key is absent. */
  readonly members: readonly string[] | undefined;
  readonly exclude: readonly string[];
  readonly defaultMembers: readonly string[] | undefined;
  readonly resolver: string | undefined;
  /** `[workspace.metadata]`. */
  readonly metadata: TomlValue | undefined;
}

/** `[workspace]`, if there is one: the mark of a workspace's root. */
export function takeWorkspace(shape: Shape): ManifestWorkspace | undefined {
  const table = takeTable(shape, ['workspace']);
  if (!table) return undefined;
  return {
    members: takeStrings(shape, ['workspace', 'members']),
    exclude: takeStrings(shape, ['workspace', 'exclude']) ?? [],
    defaultMembers: takeStrings(shape, ['workspace', 'default-members']),
    resolver: takeString(shape, ['workspace', 'resolver']),
    metadata: entryOf(table, 'metadata'),
  };
}
