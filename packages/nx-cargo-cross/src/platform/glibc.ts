/** glibc versions: `2.17`. Compared by number, never as text (2.4 is older than 2.17). */
export interface GlibcVersion {
  readonly major: number;
  readonly minor: number;
}

/** Reads `2.17` (or `2.17.1`, whose last part glibc's symbol versions rarely use and a floor ignores). Anything else gives undefined. */
export function parseGlibc(text: string): GlibcVersion | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})(?:\.\d{1,3})?$/.exec(text);
  if (!match) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]) };
}

/** Negative when `a` is older than `b`, zero when equal, positive when newer. */
export function compareGlibc(a: GlibcVersion, b: GlibcVersion): number {
  return a.major - b.major || a.minor - b.minor;
}

/** `2.17`. */
export function formatGlibc(version: GlibcVersion): string {
  return `${version.major}.${version.minor}`;
}
