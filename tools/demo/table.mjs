/** Text in columns. */

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 * @param {ReadonlySet<string>} [right]  heads of columns whose text stands on the right
 * @returns {string}
 */
export function table(head, rows, right = new Set()) {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (cells) =>
    cells
      .map((cell, column) => (right.has(head[column]) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** `3.1 MB` */
export function size(bytes) {
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
