/**
 * What stands in for files that only their owner may hand out (Apple's SDK, the NDK, Microsoft's libraries): made on this machine by real tools, really
 * compiling and linking.
 */

import { which } from '../../tools/lib/run.mjs';
import { MICROSOFT_PROGRAMS, standInMicrosoft } from '../rig/microsoft.mjs';
import { NDK_PROGRAMS, standInNdk } from '../rig/ndk.mjs';
import { OSXCROSS_PROGRAMS, standInOsxcross } from '../rig/osxcross.mjs';

/** @type {Readonly<Record<string, () => Promise<{env: Record<string, string>} | {why: string}>>>} */
const STAND_INS = {
  ndk: async () => whyNot(NDK_PROGRAMS) ?? { env: { ANDROID_NDK_HOME: standInNdk() } },
  osxcross: async () => whyNot(OSXCROSS_PROGRAMS) ?? { env: { OSXCROSS_ROOT: standInOsxcross() } },
  microsoft: async () => whyNot(MICROSOFT_PROGRAMS) ?? { env: { XWIN_ROOT: standInMicrosoft() } },
};

/** Why it cannot be made here; undefined where all programs are on the machine. */
function whyNot(programs) {
  const missing = programs.filter((program) => which(program) === undefined);
  return missing.length > 0 ? { why: `${missing.join(' and ')} not on this machine` } : undefined;
}

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
