/** Versions as numbers between dots: `11.0`, `3.4.29`. */

/** Negative when `a` is older than `b`. Part by part as numbers (3.4.9 is older than 3.4.19); missing parts count as 0. */
export function compareDotted(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
