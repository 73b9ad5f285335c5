/** Which of the units that cargo compiled may be handed to another machine: those of downloaded packages that depend on nothing else. */

/** A unit that cargo compiled, or a run of a build script. */
export interface CompiledUnit {
  /** Cargo's hash, by which its files are named. */
  readonly hash: string;
  /** Whether its package comes from a registry or a git repository. */
  readonly downloaded: boolean;
  /** Whether it was made from files of the repository: a key that does not hold sources says nothing of it. */
  readonly readsRepository: boolean;
  /** Its own fingerprint, and those of what it depends on; undefined where cargo's notes could not be read. */
  readonly fingerprint: { readonly own: string; readonly needs: readonly string[] } | undefined;
}

/** The ids of cargo's messages. Source: the Cargo book, "Package ID Specifications"; before cargo 1.77 `ring 0.17.14 (registry+...)`. */
export function isDownloaded(packageId: string): boolean {
  return /^(?:\S+ \S+ \()?(?:registry|sparse|git)\+/.test(packageId);
}

/** In their order. A unit is handed on with all that it depends on, or not at all. */
export function selectUnits<T extends CompiledUnit>(units: readonly T[]): readonly T[] {
  let kept = units.filter(({ downloaded, readsRepository, fingerprint }) => downloaded && !readsRepository && fingerprint !== undefined);
  for (;;) {
    const there = new Set(kept.map(({ fingerprint }) => fingerprint?.own));
    const whole = kept.filter(({ fingerprint }) => fingerprint?.needs.every((need) => there.has(need)));
    if (whole.length === kept.length) return kept;
    kept = whole;
  }
}
