/**
 * JSON with comments and trailing commas, as Nx reads nx.json, with the place of every key and element. Text that is no such JSON gives undefined: Nx
 * itself has refused it by then.
 */
import type { Location } from '../diagnostics/location.js';
import { placeAt } from '../cargo/place.js';

/** A value, and the places of its parts. */
export interface LocatedJson {
  readonly value: unknown;
  /** The place of the value at a path of keys and element numbers; of its longest written part where the path goes on beyond. */
  locate(file: string, path: readonly string[]): Location;
}

/** Parses the text. Undefined where it is no JSON. */
export function parseLocatedJson(text: string): LocatedJson | undefined {
  const scan: Scan = { text, at: 0, failed: false, offsets: new Map() };
  skipBlank(scan);
  const value = scanValue(scan, []);
  skipBlank(scan);
  if (scan.failed || scan.at < text.length) return undefined;
  return {
    value,
    locate(file, path) {
      for (let length = path.length; length > 0; length--) {
        const offset = scan.offsets.get(path.slice(0, length).join('\0'));
        if (offset !== undefined) return placeAt(file, text, offset);
      }
      return { file };
    },
  };
}

interface Scan {
  readonly text: string;
  at: number;
  failed: boolean;
  readonly offsets: Map<string, number>;
}

function scanValue(scan: Scan, path: readonly string[]): unknown {
  const first = scan.text[scan.at];
  if (first === '{') return scanObject(scan, path);
  if (first === '[') return scanArray(scan, path);
  const literal = /"(?:[^"\\]|\\.)*"|[-+.\w]+/y;
  literal.lastIndex = scan.at;
  const word = literal.exec(scan.text)?.[0];
  if (word === undefined) return fail(scan);
  scan.at += word.length;
  return parseLiteral(scan, word);
}

function scanObject(scan: Scan, path: readonly string[]): unknown {
  const entries: (readonly [string, unknown])[] = [];
  scanList(scan, '}', () => {
    const offset = scan.at;
    const key = scan.text[scan.at] === '"' ? scanValue(scan, path) : fail(scan);
    skipBlank(scan);
    if (typeof key !== 'string' || scan.text[scan.at] !== ':') return fail(scan);
    scan.at++;
    skipBlank(scan);
    scan.offsets.set([...path, key].join('\0'), offset);
    entries.push([key, scanValue(scan, [...path, key])]);
    return undefined;
  });
  return Object.fromEntries(entries);
}

function scanArray(scan: Scan, path: readonly string[]): unknown {
  const elements: unknown[] = [];
  scanList(scan, ']', () => {
    const element = [...path, String(elements.length)];
    scan.offsets.set(element.join('\0'), scan.at);
    elements.push(scanValue(scan, element));
  });
  return elements;
}

function scanList(scan: Scan, end: string, scanOne: () => void): void {
  scan.at++;
  for (;;) {
    skipBlank(scan);
    if (scan.failed || scan.at >= scan.text.length) return void fail(scan);
    if (scan.text[scan.at] === end) break;
    scanOne();
    skipBlank(scan);
    if (scan.text[scan.at] === ',') scan.at++;
    else if (scan.text[scan.at] !== end) fail(scan);
  }
  scan.at++;
}

function parseLiteral(scan: Scan, word: string): unknown {
  try {
    return JSON.parse(word);
  } catch {
    return fail(scan);
  }
}

function fail(scan: Scan): undefined {
  scan.failed = true;
  return undefined;
}

function skipBlank(scan: Scan): void {
  const blank = /(?:\s|\uFEFF|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  blank.lastIndex = scan.at;
  scan.at += blank.exec(scan.text)?.[0].length ?? 0;
}
