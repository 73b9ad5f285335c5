/** Which optional dependencies of a package its features switch on. Source: cargo's reference, "Features". */
import { entryOf, tableAt, type TomlTable } from '../cargo/toml.js';

/** What is asked for. */
export interface FeatureWish {
  readonly features: readonly string[];
  readonly defaultFeatures: boolean;
}

/** The names under which the manifest knows the optional dependencies that are on. `x?/feature` switches nothing on by itself. */
export function switchedOn(manifest: TomlTable, { features, defaultFeatures }: FeatureWish): ReadonlySet<string> {
  const table = tableAt(manifest, ['features']);
  const words = new Set([...features, ...(defaultFeatures ? ['default'] : [])]);
  const on = new Set<string>();
  for (const word of words) {
    const [name = '', below] = word.replace(/^dep:/, '').split('/');
    const listed = word.startsWith('dep:') ? undefined : entryOf(table, name);
    // A feature of a dependency switches the dependency on, and the feature of that name where there is one; a word that no list explains is a dependency.
    if (!name.endsWith('?') && (below !== undefined || !Array.isArray(listed))) on.add(name);
    if (Array.isArray(listed)) for (const next of listed) if (typeof next === 'string') words.add(next);
  }
  return on;
}
