/** TypeScript source as far as the boundary check reads it: code without comments and texts, and the modules it imports. */

/** Puts spaces in place of comments and of the inside of strings, templates and regular expressions. Line numbers and lengths stay. */
export function blank(source) {
  let out = '';
  let index = 0;
  /** Depths of `{` at which a template literal goes on. */
  const templates = [];
  let depth = 0;
  const keep = (text) => {
    out += text;
    index += text.length;
  };
  const hide = (end) => {
    out += source.slice(index, end).replace(/[^\n]/g, ' ');
    index = end;
  };
  while (index < source.length) {
    const char = source[index];
    const two = source.slice(index, index + 2);
    if (two === '//') hide(endOf(source, index, '\n'));
    else if (two === '/*') hide(endOf(source, index, '*/') + 2);
    else if (char === "'" || char === '"') {
      keep(char);
      hide(endOfQuoted(source, index, char));
      keep(source[index] ?? '');
    } else if (char === '`') {
      keep(char);
      template();
    } else if (char === '/' && startsRegex(out)) hide(endOfRegex(source, index));
    else if (char === '{') {
      depth++;
      keep(char);
    } else if (char === '}') {
      keep(char);
      if (templates.at(-1) === depth) {
        templates.pop();
        template();
      } else depth--;
    } else keep(char);
  }
  return out;

  /** Hides a template's text up to its end or its next `${`. */
  function template() {
    let end = index;
    while (end < source.length && source[end] !== '`' && source.slice(end, end + 2) !== '${') end += source[end] === '\\' ? 2 : 1;
    hide(Math.min(end, source.length));
    if (source[index] === '`') keep('`');
    else if (index < source.length) {
      keep('${');
      templates.push(depth);
    }
  }
}

/**
 * The imports and re-exports of a source file.
 * @returns {{from: string, line: number, typeOnly: boolean}[]}
 */
export function importsOf(source) {
  const code = blank(source);
  const found = [];
  for (const match of code.matchAll(/^[ \t]*(?:import|export)\b(?!\s*:)(\s+type\b)?[^;'"`()]*?(?:\bfrom\s*)?(['"])|\bimport\s*\(\s*(['"`])/gm)) {
    const start = match.index + match[0].length;
    const quote = source[start - 1];
    const text = source.slice(start, source.indexOf(quote, start));
    const statement = match[0];
    if (/^export\b/.test(statement) && !/\bfrom\s*['"]$/.test(statement)) continue;
    found.push({ from: text, line: lineOf(source, start), typeOnly: match[1] !== undefined });
  }
  return found;
}

/** 1-based. */
export function lineOf(source, offset) {
  return source.slice(0, offset).split('\n').length;
}

function endOf(source, from, mark) {
  const end = source.indexOf(mark, from + 2);
  return end < 0 ? source.length : end;
}

function endOfQuoted(source, from, quote) {
  let end = from;
  while (end < source.length && source[end] !== quote && source[end] !== '\n') end += source[end] === '\\' ? 2 : 1;
  return Math.min(end, source.length);
}

function startsRegex(before) {
  const code = before.trimEnd();
  return code === '' || /[(,=:[!&|?{};+\-*%~^<>]$/.test(code) || /\b(return|typeof|case|of|in|do|else)$/.test(code);
}

function endOfRegex(source, from) {
  let inClass = false;
  let end = from + 1;
  while (end < source.length && source[end] !== '\n' && (source[end] !== '/' || inClass)) {
    if (source[end] === '[') inClass = true;
    if (source[end] === ']') inClass = false;
    end += source[end] === '\\' ? 2 : 1;
  }
  return Math.min(end + 1, source.length);
}
