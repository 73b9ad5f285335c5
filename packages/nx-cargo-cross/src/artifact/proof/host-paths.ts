/** Paths of the build machine inside a file: they tell strangers who built it where, and make two machines build different bytes. */
import { hex } from '../bytes.js';
import type { FileRange } from '../places.js';
import type { Binary } from '../summary.js';
import type { Observation } from './observation.js';

/** A folder of the build machine. */
export interface HostPath {
  /** Absolute, without a slash at its end. */
  readonly path: string;
  /** What it is: `the workspace`, `the home folder`. */
  readonly what: string;
  /** Occurs in what is built there by the way things are made: not told. */
  readonly expected?: boolean;
}

interface Hits {
  readonly first: number;
  readonly count: number;
  readonly example: string;
}

const LONGEST_EXAMPLE = 120;
/** `/`, `/usr`: nothing that a program could not mean itself. */
const SHORTEST = 5;

/** One observation per folder that occurs in what is loaded of a file. A path within two of the folders counts for the longer. */
export function proveHostPaths(bytes: Uint8Array, binary: Binary, hostPaths: readonly HostPath[]): readonly Observation[] {
  const folders = [...hostPaths].filter(({ path }) => path.length >= SHORTEST).sort((a, b) => b.path.length - a.path.length);
  const needles = folders.map(({ path }) => encode(`${path}/`));
  const hits = new Map<string, Hits>();
  for (const range of disjoint(binary.loaded)) search(bytes, range, folders, needles, hits);
  return folders.flatMap(({ path, what, expected }): readonly Observation[] => {
    const hit = hits.get(path);
    if (!hit || expected) return [];
    return [
      {
        code: 'host-path',
        subject: path,
        promised: 'no path of the machine that built it',
        found: `${path} (${what}), ${hit.count === 1 ? 'once' : `${hit.count} times`}`,
        read: { field: 'data', offset: hit.first, value: hit.example },
        help: `Whoever has the file can read it, and another machine builds other bytes. Where the text comes from a crate's env!("CARGO_MANIFEST_DIR"), env!("OUT_DIR") or its build script, the crate has to change; paths of sources go away with "--remap-path-prefix=${path}=/build" in the rustflags, or "-ffile-prefix-map=${path}=/build" in CFLAGS.`,
      },
    ];
  });
}

/** The same bytes, each once: segments may overlap, and hostile ones do so by the thousand. */
function disjoint(ranges: readonly FileRange[]): readonly FileRange[] {
  const merged: FileRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.offset - b.offset)) {
    const last = merged.at(-1);
    if (last && range.offset <= last.offset + last.size) merged[merged.length - 1] = { offset: last.offset, size: Math.max(last.size, range.offset + range.size - last.offset) };
    else merged.push(range);
  }
  return merged;
}

function search(bytes: Uint8Array, { offset, size }: FileRange, folders: readonly HostPath[], needles: readonly Uint8Array[], hits: Map<string, Hits>): void {
  const end = Math.min(bytes.length, offset + size);
  for (const first of new Set(needles.map((needle) => needle[0] ?? 0))) {
    for (let at = bytes.indexOf(first, offset); at >= 0 && at < end; at = bytes.indexOf(first, at + 1)) {
      const index = needles.findIndex((needle) => startsAt(bytes, at, end, needle));
      const folder = folders[index];
      if (!folder) continue;
      const known = hits.get(folder.path);
      hits.set(folder.path, known ? { ...known, count: known.count + 1 } : { first: at, count: 1, example: exampleAt(bytes, at, end) });
    }
  }
}

function startsAt(bytes: Uint8Array, at: number, end: number, needle: Uint8Array): boolean {
  if (at + needle.length > end) return false;
  for (let index = 1; index < needle.length; index++) if (bytes[at + index] !== needle[index]) return false;
  return true;
}

/** The text from there on, as far as it is plain. */
function exampleAt(bytes: Uint8Array, at: number, end: number): string {
  let text = '';
  for (let index = at; index < end && text.length < LONGEST_EXAMPLE; index++) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x21 || byte > 0x7e) break;
    text += String.fromCharCode(byte);
  }
  return text || hex(at);
}

/** UTF-8 (RFC 3629): pure code has no encoder of the platform's. */
function encode(text: string): Uint8Array {
  const out: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
  return new Uint8Array(out);
}
