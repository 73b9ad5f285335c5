/** Linkages that no flag can give, whatever the backend: said before anything is compiled, since rustc only ignores them. */
import type { PlatformBuild } from '../config/resolved.js';
import type { Failure } from '../diagnostics/failure.js';
import type { Os } from '../platform/known.js';

/**
 * Why a platform has no static programs, by its system. Sources: rustc 1.95's targets (`rustc --print cfg -Ctarget-feature=+crt-static` says `crt-static`
 * only where it has an effect), zig's libc for FreeBSD.
 */
const NEVER_STATIC: Partial<Record<Os, string>> = {
  macos: 'macOS has its system library only as a dynamic one, and rustc ignores +crt-static there.',
  freebsd: "FreeBSD's C library is there only to be linked dynamically.",
};

/** The failure with which a build that asks for `linkage = "static"` ends where there is no such thing. */
export function impossibleLinkage({ platform, backend, linkage, places }: Pick<PlatformBuild, 'platform' | 'backend' | 'linkage' | 'places'>): Failure | undefined {
  const why = NEVER_STATIC[platform.triple.facts.os];
  if (linkage !== 'static' || why === undefined) return undefined;
  return {
    code: 'linkage-impossible',
    triple: platform.triple.name,
    backend: backend.id,
    asked: 'linkage = "static"',
    why,
    help: `Take "linkage" out of platform ${platform.name}: Rust's own libraries are linked statically in any case. For programs that need no library of the system, build for musl: "platforms": ["${platform.triple.facts.arch === 'aarch64' ? 'aarch64' : 'x86_64'}-linux-musl"].`,
    option: 'linkage',
    ...(places.linkage ? { location: places.linkage } : {}),
  };
}
