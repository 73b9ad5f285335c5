/**
 * What a build script told cargo that it reads: the file `output` beside its OUT_DIR. Source: the Cargo book, "Build scripts", "Change detection"; cargo 1.95.
 * A script that says nothing is run again when any file of its package changes.
 */

export interface ScriptReads {
  /** Files and folders, as written: absolute, or relative to the package's folder. */
  readonly paths: readonly string[];
  readonly variables: readonly string[];
  /** Variables that it sets for the compiler of its package. */
  readonly sets: readonly string[];
}

/** What a line begins with that is said to cargo: all others are the script's own, and may be any number. */
export const SCRIPT_WORD = 'cargo:';

/** Reads the lines, in the spelling with one colon and in that with two. Each word once. */
export function parseScriptOutput(text: string): ScriptReads {
  const paths = new Set<string>();
  const variables = new Set<string>();
  for (const [, what, value = ''] of text.matchAll(/^cargo::?rerun-if-(changed|env-changed)=(.*?)\r?$/gm)) (what === 'changed' ? paths : variables).add(value);
  const sets = new Set([...text.matchAll(/^cargo::?rustc-env=([^=\n]+)=/gm)].map(([, name = '']) => name));
  return { paths: [...paths], variables: [...variables], sets: [...sets] };
}
