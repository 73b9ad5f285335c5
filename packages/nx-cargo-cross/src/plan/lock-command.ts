/** The command that makes a Cargo workspace's lock file. */
import type { CargoWorkspace } from '../cargo/model.js';
import { fileIn } from '../cargo/paths.js';
import { quoteWord } from '../diagnostics/quote.js';

/** To be run in the Nx workspace root. One that lies elsewhere cargo finds by its configuration, and that by where it runs. */
export function lockCommand({ root, manifest, lockFile }: Pick<CargoWorkspace, 'root' | 'manifest' | 'lockFile'>): string {
  if (lockFile === fileIn(root, 'Cargo.lock')) return `cargo generate-lockfile --manifest-path ${quoteWord(manifest)}`;
  return root === '' ? 'cargo generate-lockfile' : `(cd ${quoteWord(root)} && cargo generate-lockfile)`;
}
