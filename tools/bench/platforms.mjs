/** The platforms of the measurements: every libc and object format for which the rivals have a way, too. */

/**
 * @typedef {object} Platform
 * @property {string} name      as the plugin calls it
 * @property {string} triple
 * @property {string} zigbuild  as cargo-zigbuild wants it
 * @property {object} [options] of the plugin
 */

/** The oldest glibc that programs start on: what all rivals that can say it are told. */
const GLIBC = '2.17';

/** @type {readonly Platform[]} */
export const PLATFORMS = [
  { name: 'x86_64-linux-musl', triple: 'x86_64-unknown-linux-musl', zigbuild: 'x86_64-unknown-linux-musl' },
  { name: 'aarch64-linux-musl', triple: 'aarch64-unknown-linux-musl', zigbuild: 'aarch64-unknown-linux-musl' },
  { name: 'x86_64-linux', triple: 'x86_64-unknown-linux-gnu', zigbuild: `x86_64-unknown-linux-gnu.${GLIBC}`, options: { glibc: GLIBC } },
  { name: 'aarch64-linux', triple: 'aarch64-unknown-linux-gnu', zigbuild: `aarch64-unknown-linux-gnu.${GLIBC}`, options: { glibc: GLIBC } },
  { name: 'x86_64-windows', triple: 'x86_64-pc-windows-gnu', zigbuild: 'x86_64-pc-windows-gnu' },
  { name: 'aarch64-macos', triple: 'aarch64-apple-darwin', zigbuild: 'aarch64-apple-darwin' },
];

/** The one that is added later. @type {Platform} */
export const ADDED = { name: 'i686-linux-musl', triple: 'i686-unknown-linux-musl', zigbuild: 'i686-unknown-linux-musl' };

export const TRIPLES = [...PLATFORMS, ADDED].map(({ triple }) => triple);
