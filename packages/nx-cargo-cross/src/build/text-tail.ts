/** The end of a long text, in memory of a fixed size: what a compiler prints may be any length, and nobody reads all of it here. */

export interface TextTail {
  add(text: string): void;
  /** The last part, from a whole character on. */
  text(): string;
}

const SMALLEST = 4096;

/** @param limit bytes, in UTF-8 */
export function makeTextTail(limit: number): TextTail {
  // Strings that are cut off and put together again would leave several times their length behind for each piece.
  let ring = Buffer.alloc(Math.min(SMALLEST, limit));
  let length = 0;
  let end = 0;
  const grow = (wanted: number): void => {
    const larger = Buffer.alloc(Math.min(limit, Math.max(wanted, 2 * ring.length)));
    // A ring that can still grow has not gone round.
    ring.copy(larger, 0, 0, length);
    ring = larger;
    end = length;
  };
  return {
    add(text) {
      const bytes = Buffer.from(text);
      const added = bytes.subarray(Math.max(0, bytes.length - limit));
      if (ring.length < limit && length + added.length > ring.length) grow(length + added.length);
      const first = Math.min(added.length, ring.length - end);
      added.copy(ring, end, 0, first);
      added.copy(ring, 0, first);
      end = (end + added.length) % ring.length;
      length = Math.min(ring.length, length + added.length);
    },
    text() {
      const whole = length < ring.length ? ring.subarray(0, length) : Buffer.concat([ring.subarray(end), ring.subarray(0, end)]);
      // Bytes that continue a character (RFC 3629) whose beginning is gone.
      let from = 0;
      while (from < whole.length && ((whole[from] ?? 0) & 0xc0) === 0x80) from++;
      return whole.toString('utf8', from);
    },
  };
}
