/** Platforms that are no triple, but the files of several joined into one. */

/** The triples of each, in the order of the slices. */
export const UNIVERSAL_PLATFORMS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'universal-macos': ['x86_64-apple-darwin', 'aarch64-apple-darwin'],
};

/** The triples that a word stands for, if it is the name of such a platform. */
export function universalTriples(word: string): readonly [string, ...string[]] | undefined {
  return Object.hasOwn(UNIVERSAL_PLATFORMS, word) ? UNIVERSAL_PLATFORMS[word] : undefined;
}
