/** The packages that are not of the repository: what the lock files hold of them. Names as they are needed, versions and sources as locked. */

const REGISTRY = 'registry+https://github.com/rust-lang/crates.io-index';

/** @typedef {{name: string, version: string, source: string, checksum?: string, needs?: readonly string[]}} Package */

/** @type {Record<string, Package>} */
export const PACKAGES = {
  serde: { name: 'serde', version: '1.0.228', needs: ['serde_core'] },
  serde_core: { name: 'serde_core', version: '1.0.228' },
  'itoa@0.4.8': { name: 'itoa', version: '0.4.8' },
  'itoa@1.0.15': { name: 'itoa', version: '1.0.15' },
  libc: { name: 'libc', version: '0.2.177' },
  log: { name: 'log', version: '0.4.28' },
  rand: { name: 'rand', version: '0.9.2' },
  'unicode-ident': { name: 'unicode-ident', version: '1.0.22' },
  'windows-link': { name: 'windows-link', version: '0.2.1' },
  cc: { name: 'cc', version: '1.2.60', needs: ['shlex'] },
  shlex: { name: 'shlex', version: '1.3.0' },
  fnv: { name: 'fnv', version: '1.0.7' },
  smallvec: { name: 'smallvec', version: '1.15.1' },
  'openssl-sys': { name: 'openssl-sys', version: '0.9.117', needs: ['libc', 'pkg-config'] },
  'pkg-config': { name: 'pkg-config', version: '0.3.34' },
  gitdep: { name: 'gitdep', version: '0.3.0', source: 'git+https://example.com/gitdep?branch=main#1111111111111111111111111111111111111111' },
};

for (const [index, found] of Object.values(PACKAGES).entries()) {
  found.source ??= REGISTRY;
  if (found.source === REGISTRY) found.checksum = String(index + 1).padStart(2, '0').repeat(32);
}
