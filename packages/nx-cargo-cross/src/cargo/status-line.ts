/** What cargo says of its own progress, told from what compilers print. */

const ESCAPES = /\u001b\[[0-9;]*[A-Za-z]/g;

/** `   Compiling app v0.1.0`: a word that ends at the twelfth column. Source: cargo 1.95, `src/cargo/core/shell.rs`, `status_header`. */
export function isStatusLine(line: string): boolean {
  const plain = line.replace(ESCAPES, '');
  return plain[12] === ' ' && /^ *[A-Z][a-z]+$/.test(plain.slice(0, 12));
}
