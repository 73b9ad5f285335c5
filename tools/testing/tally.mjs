/** How tests ended, from whichever runner. */

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {{name: string, reason: string}[]} skipped
 * @property {string[]} failures  names of what failed
 */

/** @returns {Tally} */
export function emptyTally() {
  return { passed: 0, failed: 0, skipped: [], failures: [] };
}

/** @param {readonly Tally[]} tallies @returns {Tally} */
export function sum(tallies) {
  return {
    passed: tallies.reduce((total, tally) => total + tally.passed, 0),
    failed: tallies.reduce((total, tally) => total + tally.failed, 0),
    skipped: tallies.flatMap((tally) => tally.skipped),
    failures: tallies.flatMap((tally) => tally.failures),
  };
}

/**
 * The end of a run as lines: what was skipped and why, what failed, and the counts.
 * @param {Tally} tally
 */
export function report(tally) {
  return [
    ...tally.skipped.map(({ name, reason }) => `skipped: ${name}${reason ? ` (${reason})` : ''}`),
    ...tally.failures.map((name) => `failed: ${name}`),
    `${tally.passed} passed, ${tally.failed} failed`,
  ];
}
