/**
 * Rust source as far as its declarations of foreign libraries go: comments and literals told from code, no more. Blocks inside macros and functions are
 * found like any other, for bindings write them there.
 */

export interface Token {
  /** A word, one character of punctuation, or a string literal's content. */
  readonly text: string;
  readonly kind: 'word' | 'string' | 'punctuation';
}

const WORD = /[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*/uy;
const RAW_STRING = /(?:br|cr|r)(#*)"/y;
const STRING = /[bc]?"/y;
const CHARACTER = /b?'(?:\\(?:[^u]|u\{[^}]*\})[^']*|[^'\\\n])'/y;
const LIFETIME = /'[A-Za-z_]\w*/y;
const NUMBER = /\d[\w.]*/y;

/** Cuts a source into tokens. A text that is not valid Rust gives some tokens, too. */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  while (at < source.length) {
    const char = source[at] ?? '';
    if (/\s/.test(char)) at++;
    else if (source.startsWith('//', at)) at = endOf(source, '\n', at);
    else if (source.startsWith('/*', at)) at = endOfComment(source, at);
    else {
      const raw = take(RAW_STRING);
      if (raw) {
        const start = at + raw[0].length;
        const close = source.indexOf(`"${raw[1] ?? ''}`, start);
        const end = close < 0 ? source.length : close;
        tokens.push({ text: source.slice(start, end), kind: 'string' });
        at = end + 1 + (raw[1]?.length ?? 0);
        continue;
      }
      const string = take(STRING);
      if (string) {
        const start = at + string[0].length;
        const end = endOfString(source, start);
        tokens.push({ text: source.slice(start, end), kind: 'string' });
        at = end + 1;
        continue;
      }
      const skipped = take(CHARACTER) ?? take(LIFETIME) ?? take(NUMBER);
      const word = skipped ? null : take(WORD);
      if (word) tokens.push({ text: word[0], kind: 'word' });
      else if (!skipped) tokens.push({ text: char, kind: 'punctuation' });
      at += (skipped ?? word)?.[0].length ?? 1;
    }
  }
  return tokens;
}

function endOf(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from);
  return end < 0 ? source.length : end + mark.length;
}

/** Comments nest. */
function endOfComment(source: string, from: number): number {
  let depth = 0;
  for (let at = from; at < source.length; at++) {
    if (source.startsWith('/*', at)) {
      depth++;
      at++;
    } else if (source.startsWith('*/', at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  return source.length;
}

function endOfString(source: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '"') return at;
  }
  return source.length;
}
