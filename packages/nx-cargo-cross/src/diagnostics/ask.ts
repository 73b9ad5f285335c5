/** Commands that ask for a tool's identity, for a shell. */

/**
 * What the first of the commands that works prints, whatever the user's language: gcc's and ld's `--version` speak it. What the others print to the error stream is
 * not heard: Nx hashes it too (24.0.6), and each shell says "not found" in its own words.
 */
export function askFirst(...commands: readonly string[]): string {
  return `(export LC_ALL=C; ${commands.join(' || ')} || echo none) 2>/dev/null`;
}
