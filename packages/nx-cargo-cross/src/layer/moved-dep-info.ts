/**
 * rustc's notes of what it read (`deps/<crate>-<hash>.d`), led from the target folder in which they were written to another. They have absolute paths: of what was made, and of sources that a build script wrote (`serde`, `thiserror`).
 * Cargo has those in notes of its own, relative to its target folder; who reads rustc's would take the sources for files of nobody. Source: rust-lang/rust `rustc_interface/src/passes.rs` (`write_out_deps`).
 */

/**
 * @param text the notes
 * @param place where they lie, relative to the target folder, with `/`
 * @param root the target folder that they are led to, absolute
 * @returns the notes as they were where they do not name themselves among what was made
 */
export function movedDepInfo(text: string, place: string, root: string): string {
  const own = `/${escape(place)}: `;
  const line = text.split('\n').find((one) => one.includes(own));
  const from = line?.slice(0, line.indexOf(own));
  return from === undefined || from === '' ? text : text.split(`${from}/`).join(`${escape(root)}/`);
}

/** As rustc does: blanks, and nothing else. */
function escape(path: string): string {
  return path.replaceAll(' ', '\\ ');
}
