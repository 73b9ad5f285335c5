/**
 * A cargo call beside another one in the same target folder. Cargo locks the part of the machine that builds for as long as a call lasts, and while a call compiles its last crate or links, it has use for one core. So a call whose
 * build scripts and macros are compiled already may get a target folder of its own, in which those are copies, and the part of its platform is a link to the one that all have: what cargo judges there, and leaves there, is the same.
 * What it nevertheless compiles for the machine that builds is lost.
 */
import { join } from 'node:path';
import { BESIDE } from '../plan/beside.js';
import { coresGiven } from '../system/core-count.js';
import { attempt, makeWritable, replaceSymlink, writeIfDifferent } from '../system/files.js';
import { readTextNow } from '../system/files-now.js';
import { matchTwin } from '../system/twin-folder.js';

/** Names of the folders for calls beside the first, below the target folder: no more than there are cores for. */
export function besideFolders(): readonly string[] {
  return BESIDE.slice(0, coresGiven() - 1);
}

/** What cargo keeps of the machine that builds. Source: cargo 1.95, `core/compiler/layout.rs`. */
const PARTS = ['.fingerprint', 'build', 'deps'];
/** Written to a file of another name first: rustc 1.95, `rustc_metadata/src/fs.rs` and `rustc_codegen_ssa/src/back/archive.rs`. Linkers write into what is there. */
const REPLACED = /\.(rlib|rmeta)$/;
/** What cargo remembers of rustc. */
const RUSTC_INFO = '.rustc_info.json';

/** Makes the folder ready. False where it cannot be: then the call has to wait for the first. */
export async function readyBeside(targetDir: string, { name, profileFolder, triples }: { readonly name: string; readonly profileFolder: string; readonly triples: readonly string[] }): Promise<boolean> {
  const folder = join(targetDir, name);
  const made = await attempt(async () => {
    for (const triple of triples) {
      await makeWritable(join(targetDir, triple));
      await replaceSymlink(`../${triple}`, join(folder, triple));
    }
    for (const part of PARTS) if (!(await matchTwin(join(targetDir, profileFolder, part), join(folder, profileFolder, part), (file) => REPLACED.test(file)))) return false;
    const info = readTextNow(join(targetDir, RUSTC_INFO));
    if (info !== undefined) await writeIfDifferent(join(folder, RUSTC_INFO), info, false);
    return true;
  });
  return made.ok && made.value;
}
