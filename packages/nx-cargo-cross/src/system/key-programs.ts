/** Programs of this package that Nx starts for keys, as commands for a shell in the Nx workspace root. They are named relative to the root, and so alike in every checkout; what they print names no folder. */
import { relative, sep } from 'node:path';
import { OWN_PROGRAMS, ownFolder } from './own-package.js';

/** What the Rust compiler says of itself. */
export function rustcAsker(workspaceRoot: string): (...words: readonly string[]) => string {
  const program = programFrom(workspaceRoot, 'rustcSaid');
  return (...words) => [`node "${program}"`, ...words].join(' ');
}

function programFrom(workspaceRoot: string, program: keyof typeof OWN_PROGRAMS): string {
  return `${relative(workspaceRoot, ownFolder())}/${OWN_PROGRAMS[program]}`.split(sep).join('/');
}

/** What cargo's configuration outside the repository says. Node is started only where there is such a file: in cargo's home, or above the root. */
export function outsideConfigAsker(workspaceRoot: string): (triple: string) => string {
  const program = programFrom(workspaceRoot, 'outsideConfig');
  return (triple) =>
    'd=$PWD; while :; do for f in "${CARGO_HOME:-$HOME/.cargo}" "${d%/*}/.cargo"; ' +
    `do if [ -f "$f/config" ] || [ -f "$f/config.toml" ]; then node "${program}" ${triple}; exit; fi; done; ` +
    '[ "$d" ] || exit 0; d=${d%/*}; done';
}
