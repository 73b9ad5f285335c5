/** What a proof needs of this machine: hashes, and the folders that no artifact should name. */
import { createHash } from 'node:crypto';
import type { HostPath, ProofMeans } from '../artifact/proof.js';
import type { System } from '../system/system.js';

/** The means, for artifacts that were built in a workspace; without one, for files of any origin. */
export function proofMeans(system: System, workspaceRoot: string | undefined): ProofMeans {
  const { env, cargoHome, cacheFolder } = system;
  const folders: readonly (readonly [what: string, path: string | undefined])[] = [
    ['the workspace', workspaceRoot],
    ["cargo's home", cargoHome],
    ["rustup's home", env['RUSTUP_HOME']],
    ["this plugin's cache", cacheFolder],
    ["zig's cache", env['ZIG_GLOBAL_CACHE_DIR']],
    ['the home folder', env['HOME'] ?? env['USERPROFILE']],
  ];
  return {
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
    hostPaths: folders.flatMap(([what, path]): HostPath[] => (path === undefined ? [] : [{ what, path: path.replace(/[/\\]+$/, '') }])),
  };
}
