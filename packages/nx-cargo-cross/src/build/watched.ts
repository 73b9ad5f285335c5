/**
 * What decides bytes, and cargo does not watch: which compiler a name leads to, what it links by itself, variables that only rustc, compilers and linkers read. The key
 * tells a change of it from the next, and cargo, with a warm target folder, would find all as it was: old bytes under a new key.
 */

/** By name: the digest of a command's answer, or of a variable's value. */
export type Watched = Readonly<Record<string, string>>;

/**
 * What is known together of outputs that were made at different times, by builds that watch different things; undefined where one of them has changed, so that
 * what was made under the one is none of the other's.
 */
export function together(noted: Watched, now: Watched): Watched | undefined {
  if (Object.entries(now).some(([name, digest]) => noted[name] !== undefined && noted[name] !== digest)) return undefined;
  return { ...noted, ...now };
}

/** Reads a note. One that is damaged knows nothing. */
export function parseWatched(text: string): Watched {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null) return {};
    return Object.fromEntries(Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}
