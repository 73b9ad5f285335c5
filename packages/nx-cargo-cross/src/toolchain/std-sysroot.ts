/** The sysroot in the plugin's cache folder: one per toolchain, holding every standard library built for it. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { canonicalPath, exists, listDirectory, replaceSymlink } from '../system/files.js';
import type { Toolchain } from './identity.js';

export interface CachedSysroot {
  readonly root: string;
  /** The wrapper that names this sysroot to rustc. */
  readonly rustc: string;
  libOf(triple: string): string;
}

/** Bumped when std is built in another way, so that what was built before is not taken for it. */
const RECIPE = 1;

/** The folder's name says which rustc: release and host for people, and a digest of commit and location, since distributions rebuild one release. */
export function cachedSysroot(cacheFolder: string, toolchain: Toolchain): CachedSysroot {
  const identity = createHash('sha256').update(`${RECIPE}\n${toolchain.label}\n${toolchain.commit}\n${toolchain.sysroot}`).digest('hex').slice(0, 12);
  return sysrootAt(join(cacheFolder, 'std', `${toolchain.release}-${toolchain.host}-${identity}`));
}

/**
 * As the file system calls it. The wrapper names its folder, and all who share the folder share the wrapper: written with a name that only one of them has, it would lead the others nowhere.
 * @param sysroot whose folder is there
 */
export async function canonicalSysroot({ root }: CachedSysroot): Promise<CachedSysroot> {
  return sysrootAt(await canonicalPath(root));
}

function sysrootAt(root: string): CachedSysroot {
  return {
    root,
    rustc: join(root, 'rustc'),
    libOf: (triple) => join(root, 'lib', 'rustlib', triple, 'lib'),
  };
}

/**
 * Links the toolchain's own standard libraries, and its tools (`rust-lld`, `rust-objcopy` lie in the host's folder), into the cached sysroot.
 * std's source stays outside: where rustc finds it, it writes its local path into panic messages instead of `/rustc/<commit>`.
 */
export async function linkInstalledStd(toolchain: Toolchain, sysroot: CachedSysroot): Promise<void> {
  const installed = join(toolchain.sysroot, 'lib', 'rustlib');
  for (const triple of await listDirectory(installed)) {
    if (triple === 'src' || !(await exists(join(installed, triple, 'lib')))) continue;
    const link = join(sysroot.root, 'lib', 'rustlib', triple);
    if (!(await exists(link))) await replaceSymlink(join(installed, triple), link);
  }
}

/** Whether a folder of rlibs holds a standard library. */
export async function hasStd(libFolder: string): Promise<boolean> {
  return (await listDirectory(libFolder)).some((name) => name.startsWith('libstd-') && name.endsWith('.rlib'));
}

/** Where builds find std for a triple: as installed, or as it was built. */
export async function stdFolder(cacheFolder: string, toolchain: Toolchain, triple: string): Promise<string> {
  const installed = installedStd(toolchain, triple);
  return (await hasStd(installed)) ? installed : cachedSysroot(cacheFolder, toolchain).libOf(triple);
}

/** Where a toolchain has its own standard library for a triple, if it has one. */
export function installedStd(toolchain: Pick<Toolchain, 'sysroot'>, triple: string): string {
  return join(toolchain.sysroot, 'lib', 'rustlib', triple, 'lib');
}

/** Where a toolchain has std's source, if it has it. */
export function stdSource(toolchain: Pick<Toolchain, 'sysroot'>): string {
  return join(toolchain.sysroot, 'lib', 'rustlib', 'src', 'rust', 'library');
}

/** How a build would come by the standard library: it is installed; was built; can be built from source; or rustup would have to fetch it. */
export type StdState = 'installed' | 'built' | 'buildable' | 'missing';

/** Looks, and changes nothing. */
export async function findStd(cacheFolder: string, toolchain: Toolchain, triple: string): Promise<StdState> {
  if (await hasStd(installedStd(toolchain, triple))) return 'installed';
  if (await hasStd(cachedSysroot(cacheFolder, toolchain).libOf(triple))) return 'built';
  return (await exists(join(stdSource(toolchain), 'std', 'Cargo.toml'))) ? 'buildable' : 'missing';
}
