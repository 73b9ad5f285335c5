/** The platform of both Macs at once: a file in which either finds its own. It has no triple; it is joined of two that have. */

/** Its name, for folders and targets. */
export const UNIVERSAL_MACOS = 'universal-macos';

/** Its name where a triple stands: what cargo-zigbuild and others call it. */
export const UNIVERSAL_TRIPLE = 'universal2-apple-darwin';

/** The triples that it is joined of, in the order of the slices. */
export const UNIVERSAL_PARTS = ['x86_64-apple-darwin', 'aarch64-apple-darwin'] as const;

const WORDS: ReadonlySet<string> = new Set([UNIVERSAL_MACOS, UNIVERSAL_TRIPLE, 'universal-apple-darwin']);

/** Whether a user's word means it. */
export function isUniversal(word: string): boolean {
  return WORDS.has(word);
}

/** The triples that a word stands for, if it means such a platform. */
export function universalTriples(word: string): readonly [string, ...string[]] | undefined {
  return isUniversal(word) ? UNIVERSAL_PARTS : undefined;
}
