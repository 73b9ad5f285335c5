/** Keeps a folder out of git. Pure. */

/** The text of .gitignore with the folder in it; the very same text where a line covers the folder already. */
export function withIgnored(text: string, folder: string): string {
  if (covers(text, folder)) return text;
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${before}/${folder}/\n`;
}

/** Whether a plain line names the folder or one above it. Patterns with wildcards are not weighed: a needless line does no harm. */
function covers(text: string, folder: string): boolean {
  const parts = folder.split('/');
  const above = new Set(parts.map((_, index) => parts.slice(0, index + 1).join('/')));
  return text.split(/\r?\n/).some((line) => above.has(line.trim().replace(/^\//, '').replace(/\/$/, '')));
}
