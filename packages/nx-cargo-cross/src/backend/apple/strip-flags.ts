/** How a Mach-O file is stripped: by its linker, wherever the build runs. */
import type { StripLevel } from '../../config/resolved.js';

/**
 * rustc would gather debug information with dsymutil and strip with rust-objcopy, and fails without them; whether they are there must not decide the
 * bytes. So debug information stays in the object files, and the linker strips: `-S` takes the debug map, `-x` the local symbols too.
 */
export function stripFlags(strip: StripLevel | undefined): readonly string[] {
  return ['-Csplit-debuginfo=off', '-Cstrip=none', '-Clink-arg=-Wl,-S', ...(strip === 'symbols' ? ['-Clink-arg=-Wl,-x'] : [])];
}
