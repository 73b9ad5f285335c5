/**
 * Finds where a key stands in TOML text. smol-toml gives positions for syntax errors only, so this walks the keys of a text that is known to parse:
 * tables, arrays of tables, dotted keys, inline tables, elements of lists. On text that doesn't parse it ends all the same and finds less.
 */
import type { Location } from '../diagnostics/location.js';
import { placeAt } from './place.js';

/**
 * The place of a key, by its path. Elements of lists are named by number (`['bin', '0', 'name']`).
 * Where the path goes on beyond what is written, the place of its longest written part; the file alone where not even its first key is.
 */
export function locateToml(file: string, text: string, path: readonly string[]): Location {
  const offsets = scanToml(text);
  for (let length = path.length; length > 0; length--) {
    const offset = offsets.get(keyOf(path.slice(0, length)));
    if (offset !== undefined) return placeAt(file, text, offset);
  }
  return { file };
}

interface Scan {
  readonly text: string;
  at: number;
  readonly offsets: Map<string, number>;
  /** The number of the last element of each array of tables. */
  readonly lastElement: Map<string, number>;
}

interface WrittenKey {
  readonly name: string;
  readonly offset: number;
}

function keyOf(path: readonly string[]): string {
  return path.join('\0');
}

function scanToml(text: string): ReadonlyMap<string, number> {
  const scan: Scan = { text, at: 0, offsets: new Map(), lastElement: new Map() };
  let prefix: readonly string[] = [];
  for (skipBlank(scan); scan.at < text.length; skipBlank(scan)) {
    const before = scan.at;
    if (text[scan.at] === '[') prefix = scanHeader(scan);
    else scanPair(scan, prefix);
    if (scan.at === before) scan.at++;
  }
  return scan.offsets;
}

function scanHeader(scan: Scan): readonly string[] {
  const array = scan.text[scan.at + 1] === '[';
  scan.at += array ? 2 : 1;
  const keys = scanKeys(scan);
  const path: string[] = [];
  keys.forEach(({ name, offset }, index) => {
    path.push(name);
    const key = keyOf(path);
    const last = scan.lastElement.get(key);
    record(scan, path, offset);
    if (array && index === keys.length - 1) {
      scan.lastElement.set(key, (last ?? -1) + 1);
      path.push(String((last ?? -1) + 1));
      record(scan, path, offset);
    } else if (last !== undefined) path.push(String(last));
  });
  while (scan.text[scan.at] === ']') scan.at++;
  return path;
}

function scanPair(scan: Scan, prefix: readonly string[]): void {
  const path = [...prefix];
  for (const { name, offset } of scanKeys(scan)) {
    path.push(name);
    record(scan, path, offset);
  }
  if (scan.text[scan.at] !== '=') return;
  scan.at++;
  skipSpace(scan);
  scanValue(scan, path);
}

function scanValue(scan: Scan, path: readonly string[]): void {
  const first = scan.text[scan.at];
  if (first === '"' || first === "'") skipString(scan, first);
  else if (first === '[') scanList(scan, path);
  else if (first === '{') scanInlineTable(scan, path);
  else while (scan.at < scan.text.length && !',]}\n#'.includes(scan.text[scan.at] ?? '')) scan.at++;
}

function scanList(scan: Scan, path: readonly string[]): void {
  scan.at++;
  for (let index = 0; scan.at < scan.text.length; index++) {
    skipBlank(scan);
    if (scan.text[scan.at] === ']') break;
    const before = scan.at;
    const element = [...path, String(index)];
    record(scan, element, scan.at);
    scanValue(scan, element);
    skipBlank(scan);
    if (scan.text[scan.at] === ',' || scan.at === before) scan.at++;
  }
  scan.at++;
}

function scanInlineTable(scan: Scan, path: readonly string[]): void {
  scan.at++;
  while (scan.at < scan.text.length) {
    skipBlank(scan);
    if (scan.text[scan.at] === '}') break;
    const before = scan.at;
    scanPair(scan, path);
    skipBlank(scan);
    if (scan.text[scan.at] === ',' || scan.at === before) scan.at++;
  }
  scan.at++;
}

/** `a."b c".'d'`, up to what follows it. */
function scanKeys(scan: Scan): readonly WrittenKey[] {
  const keys: WrittenKey[] = [];
  for (;;) {
    skipSpace(scan);
    const offset = scan.at;
    const first = scan.text[offset];
    if (first === '"' || first === "'") {
      skipString(scan, first);
      keys.push({ name: unquote(scan.text.slice(offset, scan.at)), offset });
    } else {
      while (/[\p{L}\p{N}_-]/u.test(scan.text[scan.at] ?? '')) scan.at++;
      if (scan.at === offset) return keys;
      keys.push({ name: scan.text.slice(offset, scan.at), offset });
    }
    skipSpace(scan);
    if (scan.text[scan.at] !== '.') return keys;
    scan.at++;
  }
}

function unquote(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith("'")) return inner;
  try {
    return String(JSON.parse(quoted));
  } catch {
    return inner;
  }
}

function skipString(scan: Scan, quote: string): void {
  const fence = scan.text.startsWith(quote.repeat(3), scan.at) ? quote.repeat(3) : quote;
  scan.at += fence.length;
  while (scan.at < scan.text.length && !scan.text.startsWith(fence, scan.at)) scan.at += quote === '"' && scan.text[scan.at] === '\\' ? 2 : 1;
  scan.at += fence.length;
  while (fence.length === 3 && scan.text[scan.at] === quote) scan.at++;
}

function skipSpace(scan: Scan): void {
  while (' \t\r'.includes(scan.text[scan.at] ?? '\0')) scan.at++;
}

function skipBlank(scan: Scan): void {
  for (;;) {
    while (' \t\r\n\uFEFF'.includes(scan.text[scan.at] ?? '\0')) scan.at++;
    if (scan.text[scan.at] !== '#') return;
    while (scan.at < scan.text.length && scan.text[scan.at] !== '\n') scan.at++;
  }
}

function record(scan: Scan, path: readonly string[], offset: number): void {
  const key = keyOf(path);
  if (!scan.offsets.has(key)) scan.offsets.set(key, offset);
}
