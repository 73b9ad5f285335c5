/** "Did you mean". */
import leven from 'leven';

/** The valid word nearest to `word` by edit distance, or undefined when none is alike enough to be meant. */
export function nearestWord(word: string, valid: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of valid) {
    const distance = leven(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}
