/** ARM architecture versions as build attributes number them, and which of them a platform's processors run. */

/** Tag_CPU_arch (addenda32, section 3.3.5.2). The numbers are those of history, not of ability: v6KZ (7) is more than v6K (9). */
const NAMES: Readonly<Record<number, string>> = {
  0: 'before ARMv4',
  1: 'ARMv4',
  2: 'ARMv4T',
  3: 'ARMv5T',
  4: 'ARMv5TE',
  5: 'ARMv5TEJ',
  6: 'ARMv6',
  7: 'ARMv6KZ',
  8: 'ARMv6T2',
  9: 'ARMv6K',
  10: 'ARMv7',
  11: 'ARMv6-M',
  12: 'ARMv6S-M',
  13: 'ARMv7E-M',
  14: 'ARMv8-A',
  15: 'ARMv8-R',
  16: 'ARMv8-M baseline',
  17: 'ARMv8-M mainline',
  21: 'ARMv8.1-M mainline',
  22: 'ARMv9-A',
};

const UP_TO_V5TE = [0, 1, 2, 3, 4, 5] as const;
/** With K and Z: every ARMv6 that Linux runs on has them (ARM1136 r1, ARM1176: Raspberry Pi 1 and Zero). */
const UP_TO_V6 = [...UP_TO_V5TE, 6, 7, 9] as const;
const UP_TO_V7 = [...UP_TO_V6, 8, 10] as const;

/** `ARMv7`, or `Tag_CPU_arch 99`. */
export function armArchName(tag: number): string {
  return NAMES[tag] ?? `Tag_CPU_arch ${tag}`;
}

/** The values of Tag_CPU_arch that run on every processor of a triple's architecture; undefined for architectures that aren't 32-bit ARM. */
export function armArchsOf(tripleArch: string): readonly number[] | undefined {
  if (tripleArch === 'armv5te') return UP_TO_V5TE;
  if (tripleArch === 'arm') return UP_TO_V6;
  return tripleArch === 'armv7' || tripleArch === 'thumbv7neon' ? UP_TO_V7 : undefined;
}
