/** Folders of the user's: where the plugin keeps what outlives a workspace (standard libraries that it built), and cargo's home. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * `NX_CARGO_CROSS_CACHE`, else `nx-cargo-cross` in the user's cache folder: `XDG_CACHE_HOME` (XDG Base Directory Specification 0.8, which has relative
 * values ignored), `~/Library/Caches` on macOS, `LOCALAPPDATA` on Windows, else `~/.cache`.
 */
export function cacheFolder(env: Readonly<Record<string, string>>): string {
  const own = env['NX_CARGO_CROSS_CACHE'];
  if (own !== undefined && isAbsolute(own)) return own;
  return join(userCacheFolder(env), 'nx-cargo-cross');
}

function userCacheFolder(env: Readonly<Record<string, string>>): string {
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}

/** `CARGO_HOME`, else `~/.cargo`. Source: the Cargo book, "Cargo Home". */
export function cargoHome(env: Readonly<Record<string, string>>): string {
  const own = env['CARGO_HOME'];
  return own !== undefined && isAbsolute(own) ? own : join(homedir(), '.cargo');
}

/** zig's global cache: `ZIG_GLOBAL_CACHE_DIR`, else `zig` in `XDG_CACHE_HOME`, else `~/.cache/zig`. Source: zig 0.16, `src/introspect.zig`, `resolveGlobalCacheDir`. */
export function zigCacheFolder(env: Readonly<Record<string, string>>): string {
  const own = env['ZIG_GLOBAL_CACHE_DIR'];
  if (own !== undefined && own !== '') return own;
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'zig');
  const xdg = env['XDG_CACHE_HOME'];
  return xdg !== undefined && xdg !== '' ? join(xdg, 'zig') : join(env['HOME'] ?? homedir(), '.cache', 'zig');
}
