/**
 * A command line as words, by the quoting rules of POSIX (XCU 2.2) and nothing else of a shell: no variables, no globs, no pipes. What a shell would do
 * something with is refused rather than passed on as text.
 */

export type SplitCommand = { readonly ok: true; readonly words: readonly string[] } | { readonly ok: false; readonly problem: string };

/** Characters that mean something to a shell outside of quotes. */
const SHELL = /[|&;<>()$`*?#~!]/;

/** Splits a command line. */
export function splitCommand(line: string): SplitCommand {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const letter = line[at] ?? '';
    if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (letter === "'" || letter === '"') {
      const end = closingQuote(line, at);
      if (end < 0) return { ok: false, problem: `the quote ${letter} is not closed` };
      word = (word ?? '') + unquoted(line.slice(at + 1, end), letter);
      at = end;
    } else if (letter === '\\') {
      at++;
      word = (word ?? '') + (line[at] ?? '\\');
    } else if (SHELL.test(letter)) {
      return { ok: false, problem: `"${letter}" would need a shell, and there is none; quote it if it is meant as it stands, or name the shell: ["sh", "-c", "..."]` };
    } else word = (word ?? '') + letter;
  }
  if (word !== undefined) words.push(word);
  return words.length > 0 ? { ok: true, words } : { ok: false, problem: 'it is empty' };
}

function closingQuote(line: string, open: number): number {
  const quote = line[open];
  for (let at = open + 1; at < line.length; at++) {
    if (line[at] === quote) return at;
    if (quote === '"' && line[at] === '\\') at++;
  }
  return -1;
}

/** Between double quotes a backslash takes the meaning of a quote and of itself alone. */
function unquoted(text: string, quote: string): string {
  return quote === '"' ? text.replace(/\\(["\\])/g, '$1') : text;
}
