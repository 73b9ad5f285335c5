/**
 * What a specialist writes by hand so that plain cargo builds for every platform: rust-lld with what Rust's own std has for static musl, gcc for Windows, zig for the rest,
 * and zig for all C but that of Windows.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screaming } from './spelling.mjs';

/** @param {import('./platforms.mjs').Platform} platform @returns {string | undefined} zig's own name for it */
function zigTarget({ triple, zigbuild }) {
  if (triple.includes('windows')) return undefined;
  if (triple.includes('apple')) return 'aarch64-macos';
  const [arch, , , libc] = zigbuild.split('-');
  const glibc = /gnu\.(.+)$/.exec(zigbuild)?.[1];
  return `${arch === 'i686' ? 'x86' : arch}-linux-${glibc ? `gnu.${glibc}` : libc}`;
}

/**
 * Writes the compiler scripts, and says which variables make cargo and cc-rs use them.
 * @param {string} folder @param {readonly import('./platforms.mjs').Platform[]} platforms
 * @returns {Record<string, string>}
 */
export function byHand(folder, platforms) {
  mkdirSync(folder, { recursive: true });
  return Object.assign({}, ...platforms.map((platform) => {
    const { triple } = platform;
    const target = zigTarget(platform);
    if (target === undefined) return {};
    const script = (tool) => {
      const path = join(folder, `${tool}-${triple}`);
      // cargo-zigbuild's own compiler takes out the words that zig does not know, which a specialist would borrow too.
      writeFileSync(path, `#!/bin/sh\nexec cargo-zigbuild zig ${tool} -- -g -target ${target} "$@"\n`);
      chmodSync(path, 0o755);
      return path;
    };
    const cc = script('cc');
    const musl = triple.endsWith('musl');
    return {
      [`CC_${triple}`]: cc,
      [`CXX_${triple}`]: script('c++'),
      [`CARGO_TARGET_${screaming(triple)}_LINKER`]: musl ? 'rust-lld' : cc,
    };
  }));
}
