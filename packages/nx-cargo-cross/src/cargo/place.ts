/** From an offset in a text to the place that a person opens. */
import type { Location } from '../diagnostics/location.js';

/** The location of an offset in a file's text, with the source line as excerpt. */
export function placeAt(file: string, text: string, offset: number): Location {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(0, start).split('\n').length;
  return { file, line, column: offset - start + 1, excerpt: text.slice(start, end < 0 ? undefined : end).trimEnd() };
}
