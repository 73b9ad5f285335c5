/** Which names a C++ library offers: 64-bit platforms spell sizes alike, so Debian's stand in for those of Android and macOS. */
import { existsSync } from 'node:fs';
import { capture } from '../../tools/lib/run.mjs';

/** The names of C++ and of its runtime; none where the library is not there. */
export function exportedNames(library) {
  if (!existsSync(library)) return [];
  const { stdout } = capture('llvm-nm-19', ['-D', '--defined-only', '--format=just-symbols', library]);
  return stdout.split('\n').map((name) => name.replace(/@.*/, '')).filter((name) => /^_Z|^__cxa|^__gxx/.test(name));
}
