/** Where in a file a fact was read: for findings that somebody wants to look up, or to mend with a hex editor. */

/** A field by its format's own name, and where it lies in the whole file, in bytes. */
export interface Place {
  /** `PT_INTERP`, `LC_RPATH`, `DllCharacteristics` ... */
  readonly field: string;
  readonly offset: number;
}

/** Places by fact: `interpreter`, `needed:libc.so.6`. A fact that stands there twice has the place of the first. */
export type Places = ReadonlyMap<string, Place>;

/** A part of a file that is there when the program runs: code and data, but no debug information. */
export interface FileRange {
  readonly offset: number;
  /** In bytes. */
  readonly size: number;
}

/** Notes a place, unless the fact has one already. */
export function notePlace(places: Map<string, Place>, fact: string, field: string, offset: number): void {
  if (!places.has(fact)) places.set(fact, { field, offset });
}
