/** Lists in messages: enough to act on, not the whole of it. */

const MOST = 4;

/** The first four of a list, and how many more there are. */
export function shortened(names: readonly string[], separator = ', '): string {
  const rest = names.length - MOST;
  return names.slice(0, MOST).join(separator) + (rest > 0 ? ` and ${rest} more` : '');
}
