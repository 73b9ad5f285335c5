/**
 * What cargo notes of a unit in `.fingerprint/<package>-<hash>`: a file `<what>` with the unit's own fingerprint, and `<what>.json` with what that is made of, among it the
 * fingerprints of the units that it depends on. By these numbers units are told apart, whatever folder they lie in.
 * Source: cargo 1.95, `core/compiler/fingerprint/mod.rs` (`write_fingerprint`, `DepFingerprint`), `util/hex.rs`.
 */

export interface UnitFingerprint {
  /** As a decimal number. */
  readonly own: string;
  /** Those of its dependencies. */
  readonly needs: readonly string[];
}

/**
 * Undefined where the notes are of a form that is not known.
 * @param own `<what>`: the bytes of the number, lowest first, in hexadecimal
 * @param parts `<what>.json`
 */
export function parseFingerprint(own: string, parts: string): UnitFingerprint | undefined {
  const bytes = own.trim();
  // Numbers of 64 bits are more than JSON's have room for, so they are read as the digits that they are.
  const deps = /[{,]"deps":\[((?:\[\d+,"[^"\\]*",(?:true|false),\d+\],?)*)\]/.exec(parts)?.[1];
  if (!/^[0-9a-f]{16}$/.test(bytes) || deps === undefined) return undefined;
  const highestFirst = (bytes.match(/../g) ?? []).reverse().join('');
  return { own: BigInt(`0x${highestFirst}`).toString(), needs: [...deps.matchAll(/,(\d+)\]/g)].map(([, number = '']) => number) };
}
