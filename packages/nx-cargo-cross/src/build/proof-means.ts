/** What a proof needs of this machine: hashes, and the folders that no artifact should name. */
import { createHash } from 'node:crypto';
import type { HostPath, ProofMeans } from '../artifact/proof.js';
import type { System } from '../system/system.js';

/** Whose files are proved. */
export interface Origin {
  /** Undefined outside of any. */
  readonly workspaceRoot: string | undefined;
  /**
   * They may come from cargo as it is by itself, which writes the source path of every dependency that can panic, below its own home, into every program: told
   * at each build, nobody would read it.
   */
  readonly keepsPaths: boolean;
}

/** The means for files of an origin. */
export function proofMeans({ env, cargoHome, cacheFolder }: Pick<System, 'env' | 'cargoHome' | 'cacheFolder'>, { workspaceRoot, keepsPaths }: Origin): ProofMeans {
  const folders: readonly (readonly [what: string, path: string | undefined, expected?: boolean])[] = [
    ['the workspace', workspaceRoot],
    ["cargo's home", cargoHome, keepsPaths],
    ["rustup's home", env['RUSTUP_HOME']],
    ["this plugin's cache", cacheFolder],
    ["zig's cache", env['ZIG_GLOBAL_CACHE_DIR']],
    ['the home folder', env['HOME'] ?? env['USERPROFILE']],
  ];
  return {
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
    hostPaths: folders.flatMap(([what, path, expected = false]): HostPath[] => (path === undefined ? [] : [{ what, path: path.replace(/[/\\]+$/, ''), expected }])),
  };
}
