/** Order of plain text by code units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sorted, each once. */
export function sortedSet(words: Iterable<string>): readonly string[] {
  return [...new Set(words)].sort(compareText);
}
