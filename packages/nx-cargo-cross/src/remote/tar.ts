/**
 * Reads a tar file as Nx's client writes it for its remote cache: ustar headers with GNU's long names (Nx 24.0.6, native/cache/http_remote_cache.rs, crate
 * `tar`), and pax headers, which other writers of the same protocol use. POSIX.1-1988 "ustar", GNU tar manual "Standard Format".
 */

import { decodeText } from '../artifact/text.js';

/** One member. Whatever is neither file nor folder (a link, a device) is `other`. */
export interface TarMember {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: Uint8Array;
}

export type TarParse = { readonly ok: true; readonly members: readonly TarMember[] } | { readonly ok: false; readonly message: string };

const BLOCK = 512;

/** The members in their order. Fails on a header whose sum is wrong, on a member that is cut off, and on a file without its end. */
export function readTar(bytes: Uint8Array): TarParse {
  const members: TarMember[] = [];
  let longName: string | undefined;
  for (let at = 0; ; ) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.length < BLOCK) return { ok: false, message: `the archive ends at byte ${bytes.length} without its end mark` };
    if (header.every((byte) => byte === 0)) return { ok: true, members };
    if (!hasItsSum(header)) return { ok: false, message: `the header at byte ${at} of the archive is damaged` };
    const size = octal(header, 124, 12);
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    if (content.length < size) return { ok: false, message: `the archive ends at byte ${bytes.length}, in the middle of a file` };
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'L') longName = text(content, 0, size);
    else if (type === 'x') longName = paxPath(text(content, 0, size));
    else if (type !== 'g') {
      members.push({ path: clean(longName ?? shortName(header)), kind: KINDS[type] ?? 'other', bytes: content });
      longName = undefined;
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

/** Of records as `27 path=a/long/name`, each in a line; decoded, the line's end is a replacement character. */
function paxPath(records: string): string | undefined {
  return /(?:^|\ufffd)\d+ path=([^\ufffd]*)/.exec(records)?.[1];
}

const KINDS: Readonly<Record<string, TarMember['kind']>> = { '0': 'file', '\0': 'file', '7': 'file', '5': 'folder' };

function shortName(header: Uint8Array): string {
  const prefix = text(header, 257, 6) === 'ustar' ? text(header, 345, 155) : '';
  return `${prefix === '' ? '' : `${prefix}/`}${text(header, 0, 100)}`;
}

function clean(path: string): string {
  return path.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
}

/** The sum of a header's bytes, its own eight taken as blanks. */
function hasItsSum(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return sum === octal(header, 148, 8);
}

/** A number in octal digits; GNU's binary form, for 8 GiB and more, gives NaN, which no entry fits. */
function octal(bytes: Uint8Array, from: number, length: number): number {
  return Number.parseInt(text(bytes, from, length).trim() || '0', 8);
}

/** Up to the first NUL. */
function text(bytes: Uint8Array, from: number, length: number): string {
  const field = bytes.subarray(from, from + length);
  const end = field.indexOf(0);
  return decodeText(end < 0 ? field : field.subarray(0, end));
}
