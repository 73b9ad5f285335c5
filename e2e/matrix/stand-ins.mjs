/**
 * What stands in for files that only their owner may hand out (Apple's SDK, the NDK, Microsoft's libraries): made on this machine by real tools, really
 * compiling and linking.
 */

/** @type {Readonly<Record<string, () => Promise<{env: Record<string, string>} | {why: string}>>>} */
const STAND_INS = {};

const made = new Map();

/**
 * Makes a stand-in, once per process.
 * @param {string} name
 * @returns {Promise<{env: Record<string, string>} | {why: string}>} the variables by which it is found, or why it cannot be made here
 */
export function standIn(name) {
  const known = made.get(name) ?? STAND_INS[name]();
  made.set(name, known);
  return known;
}
