/** The loader that programs name, where it was asked for: by the linker's own word, so that nothing is changed in a program afterwards. */
import type { Linkage } from '../config/resolved.js';
import type { Triple } from '../platform/triple.js';

/** Flags for a C driver. None where nothing was asked for, and none for static programs, which name no loader. Shared libraries pass it over. */
export function interpreterFlags({ facts }: Triple, linkage: Linkage | undefined, interpreter: string | undefined): readonly string[] {
  if (interpreter === undefined || linkage === 'static' || facts.format !== 'elf') return [];
  return [`-Clink-arg=-Wl,--dynamic-linker=${interpreter}`];
}
