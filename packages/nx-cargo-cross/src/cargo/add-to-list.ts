/**
 * Adds texts to a list in a table of a TOML file and leaves every other byte as it is. What comes out is parsed again: it says exactly what it should, or nothing
 * is changed.
 */
import { canonicalJson } from './canonical.js';
import { locateToml } from './toml-locator.js';
import { parseToml, valueAt, type TomlTable, type TomlValue } from './toml.js';

/**
 * The file's new text; the old one where the list has all of them; undefined where the place is written in a way that this does not know.
 * @param path the table, by its keys
 */
export function addToList(text: string, path: readonly string[], key: string, entries: readonly string[]): string | undefined {
  const before = parseToml('', text);
  if (!before.ok) return undefined;
  const listed = valueAt(before.value, [...path, key]);
  const missing = [...new Set(entries)].filter((entry) => !(Array.isArray(listed) && listed.includes(entry)));
  if (missing.length === 0) return text;
  const places = listed === undefined ? [belowHeader, intoInlineTable, beforeSubTable, atTheEnd] : [intoList];
  const wanted = canonicalJson(setAt(before.value, [...path, key], [...(Array.isArray(listed) ? listed : []), ...missing]));
  for (const place of places) {
    const changed = place(text, path, key, missing.map((entry) => JSON.stringify(entry)));
    const after = changed === undefined ? undefined : parseToml('', changed);
    if (changed !== undefined && after?.ok && canonicalJson(after.value) === wanted) return changed;
  }
  return undefined;
}

type Place = (text: string, path: readonly string[], key: string, words: readonly string[]) => string | undefined;

const intoList: Place = (text, path, key, words) => {
  const open = text.indexOf('[', text.indexOf('=', offsetOf(text, [...path, key]) ?? text.length));
  const close = open < 0 ? undefined : endOfList(text, open);
  if (close === undefined) return undefined;
  const inner = text.slice(open + 1, close.at);
  if (close.last === undefined) return splice(text, open + 1, close.at, /\n/.test(inner) ? `${inner.trimEnd()}${newline(text)}  ${words.join(', ')}${newline(text)}` : words.join(', '));
  // On lines of their own where the last one has its own.
  const line = /(?:^|\n)([ \t]*)$/.exec(text.slice(open, close.last.begin));
  const separator = line ? `,${newline(text)}${line[1] ?? ''}` : ', ';
  return splice(text, close.last.end, close.last.end, words.map((word) => separator + word).join(''));
};

const belowHeader: Place = (text, path, key, words) => {
  const header = headerOf(text, path, '[ \\t]*\\]');
  if (!header) return undefined;
  const end = text.indexOf('\n', header.index + header[0].length);
  const at = end < 0 ? text.length : end + 1;
  return splice(text, at, at, `${end < 0 ? newline(text) : ''}${key} = [${words.join(', ')}]${newline(text)}`);
};

const intoInlineTable: Place = (text, path, key, words) => {
  const at = offsetOf(text, path);
  const brace = at === undefined ? null : /^[^\n={]*=[ \t]*\{/.exec(text.slice(at));
  if (at === undefined || !brace) return undefined;
  const inside = at + brace[0].length;
  const empty = /^[ \t]*\}/.test(text.slice(inside));
  return splice(text, inside, inside, ` ${key} = [${words.join(', ')}]${empty ? ' ' : ','}`);
};

const beforeSubTable: Place = (text, path, key, words) => {
  const header = headerOf(text, path, '[ \\t]*\\.');
  if (!header) return undefined;
  const nl = newline(text);
  return splice(text, header.index, header.index, `[${path.join('.')}]${nl}${key} = [${words.join(', ')}]${nl}${nl}`);
};

const atTheEnd: Place = (text, path, key, words) => {
  const nl = newline(text);
  const gap = text === '' || text.endsWith(`${nl}${nl}`) ? '' : text.endsWith('\n') ? nl : nl + nl;
  return `${text}${gap}[${path.join('.')}]${nl}${key} = [${words.join(', ')}]${nl}`;
};

function headerOf(text: string, path: readonly string[], behind: string): RegExpExecArray | null {
  const keys = path.map((key) => `(?:${key}|"${key}"|'${key}')`).join('[ \\t]*\\.[ \\t]*');
  return new RegExp(`^[ \\t]*\\[[ \\t]*${keys}${behind}`, 'm').exec(text);
}

function offsetOf(text: string, path: readonly string[]): number | undefined {
  const { line, column } = locateToml('', text, path);
  if (line === undefined || column === undefined) return undefined;
  const lines = text.split('\n');
  return lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
}

interface ListEnd {
  /** Of the closing bracket. */
  readonly at: number;
  /** The last element. */
  readonly last: { readonly begin: number; readonly end: number } | undefined;
}

/** One token after the other: comments, texts of all four kinds, brackets, anything else. */
const TOKEN = /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[[\]{}]|[^\s,[\]{}"'#]+/g;

function endOfList(text: string, open: number): ListEnd | undefined {
  let depth = 0;
  let last: ListEnd['last'];
  TOKEN.lastIndex = open;
  for (let token = TOKEN.exec(text); token; token = TOKEN.exec(text)) {
    const [word] = token;
    if (word.startsWith('#')) continue;
    if (word === '[' || word === '{') depth++;
    else if (word === ']' || word === '}') depth--;
    if (depth === 0) return { at: token.index, last };
    if (token.index > open) last = { begin: token.index, end: token.index + word.length };
  }
  return undefined;
}

function newline(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function splice(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

function setAt(table: TomlTable, [key = '', ...rest]: readonly string[], value: readonly TomlValue[]): TomlTable {
  const below = Object(table[key]) as TomlTable;
  return { ...table, [key]: rest.length === 0 ? [...value] : setAt(below, rest, value) } as TomlTable;
}
