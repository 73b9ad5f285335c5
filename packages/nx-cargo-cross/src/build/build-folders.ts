/** Where a build's sources lie on this machine, in all spellings that rustc and C compilers may come to see. */
import { basename, dirname, join } from 'node:path';
import type { BuildFolders } from '../plan/request.js';
import type { System } from '../system/system.js';

type Looking = Pick<System, 'canonicalPath' | 'cargoHome'>;

/** @param directory the Cargo workspace's. */
export async function buildFolders(system: Looking, workspaceRoot: string, directory: string, target: string): Promise<BuildFolders> {
  const spellings = async (path: string): Promise<readonly string[]> => [...new Set([path, await realPath(system, path)])];
  const [repository, workspace, targets, registries, checkouts] = await Promise.all([
    spellings(workspaceRoot),
    spellings(directory.replace(/(?<=.)[\\/]+$/, '')),
    spellings(target),
    spellings(join(system.cargoHome, 'registry', 'src')),
    spellings(join(system.cargoHome, 'git', 'checkouts')),
  ]);
  return { repository, workspace, target: targets, registries, checkouts };
}

/** What is not there yet will lie in the folder that is: the answer must not change when cargo has made it. */
async function realPath(system: Looking, path: string): Promise<string> {
  const real = await system.canonicalPath(path);
  const parent = dirname(path);
  return real === path && parent !== path ? join(await realPath(system, parent), basename(path)) : real;
}
