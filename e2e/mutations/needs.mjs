/** Short forms for the table of crates. */

/** A dependency. @returns {import('./crates.mjs').Need} */
export const on = (name, more = {}) => ({ name, kind: 'normal', ...more });

/** A library without anything of its own. @returns {import('./crates.mjs').Crate} */
export const lib = (at, needs = []) => ({ at, kind: 'lib', needs });
