/** The commands that tell what cargo's configuration outside the repository says. Its output goes into keys, so it names no folder. */
import { relative, sep } from 'node:path';
import { OWN_PROGRAMS, ownFolder } from './own-package.js';

/**
 * For a shell in the Nx workspace root. Node is started only where there is such a file: in cargo's home, or above the root. The program is named relative to the
 * root, and so alike in every checkout.
 */
export function outsideConfigAsker(workspaceRoot: string): (triple: string) => string {
  const program = `${relative(workspaceRoot, ownFolder())}/${OWN_PROGRAMS.outsideConfig}`.split(sep).join('/');
  return (triple) =>
    'd=$PWD; while :; do for f in "${CARGO_HOME:-$HOME/.cargo}" "${d%/*}/.cargo"; ' +
    `do if [ -f "$f/config" ] || [ -f "$f/config.toml" ]; then node "${program}" ${triple}; exit; fi; done; ` +
    '[ "$d" ] || exit 0; d=${d%/*}; done';
}
