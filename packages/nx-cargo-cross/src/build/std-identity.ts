/** The standard libraries of a build, by their bytes. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { attempt, listDirectory, readFile } from '../system/files.js';
import type { System } from '../system/system.js';
import type { Toolchain } from '../toolchain/identity.js';
import { stdFolder } from '../toolchain/std-sysroot.js';

/** Those for a triple and for the machine that builds. All that std is made of is in what rustc writes into `std` itself. */
export async function stdIdentity({ cacheFolder }: Pick<System, 'cacheFolder'>, toolchain: Toolchain, triple: string): Promise<string> {
  const hash = createHash('sha256');
  for (const one of [triple, toolchain.host]) {
    const folder = await stdFolder(cacheFolder, toolchain, one);
    for (const name of (await listDirectory(folder)).filter((file) => /^libstd-.*\.rlib$/.test(file))) {
      const bytes = await attempt(() => readFile(join(folder, name)));
      hash.update(`${one} ${name}\n`).update(bytes.ok ? bytes.value : bytes.cause);
    }
  }
  return hash.digest('hex');
}
