/** `+crt-static` and `-crt-static`: rustc's name for linking the C library statically or dynamically. */
import type { Linkage } from '../config/resolved.js';
import type { Triple } from '../platform/triple.js';

/** The flag is always said for musl, whose default differs from triple to triple; elsewhere only where it was asked for. */
export function crtStatic(triple: Triple, linkage: Linkage | undefined): readonly string[] {
  if (linkage === undefined) return [];
  if (triple.facts.libc === 'glibc' && linkage === 'dynamic') return [];
  return [`-Ctarget-feature=${linkage === 'static' ? '+' : '-'}crt-static`];
}
