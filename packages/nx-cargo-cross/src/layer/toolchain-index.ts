/**
 * What is in a toolchain that is kept: `toolchain.json`, beside the archive with the bytes of all files one after another, in this order. Whatever it says was written elsewhere and is checked before anything is made of it: every
 * path lies in one of the places that a toolchain has, and nowhere else.
 */
import { isCount, objectIn } from './read-index.js';

export const INDEX_NAME = 'toolchain.json';
export const ARCHIVE_NAME = 'toolchain.br';

/** Another number where the form is another. */
const FORM = 1;

export interface ToolchainIndex {
  /** Bytes of the archive, and their digest (SHA-256). */
  readonly size: number;
  readonly sha256: string;
  /** Where zig's own files lay: its entries are named after that. Undefined where zig has no part in it. */
  readonly zigLib: string | undefined;
  /** The sysroot in the plugin's cache folder that std was built into, by its name, which says which rustc. Undefined where std was not built. */
  readonly sysroot: string | undefined;
  readonly files: readonly ToolchainFile[];
}

export interface ToolchainFile {
  /** With `/`: `zig/h/<name>.txt` and `zig/o/<name>/..` are of zig's global cache, `std/..` of the folder of std's libraries. */
  readonly path: string;
  readonly size: number;
}

export function renderToolchainIndex(index: ToolchainIndex): string {
  return `${JSON.stringify({ form: FORM, ...index })}\n`;
}

export type ToolchainParse = { readonly ok: true; readonly index: ToolchainIndex } | { readonly ok: false; readonly why: string };

/** Reads the text of an index. */
export function parseToolchainIndex(text: string): ToolchainParse {
  const bad = (why: string): ToolchainParse => ({ ok: false, why: `${INDEX_NAME} ${why}` });
  const { form, size, sha256, zigLib, sysroot, files } = objectIn(text);
  if (form !== FORM) return bad('is none of this version of nx-cargo-cross');
  if (!isCount(size) || typeof sha256 !== 'string' || !isTextOrNothing(zigLib) || !isTextOrNothing(sysroot) || !Array.isArray(files)) return bad('is damaged');
  const paths = new Set<string>();
  for (const file of files as readonly unknown[]) {
    const { path, size: bytes } = Object(file) as Readonly<Record<string, unknown>>;
    if (!isCount(bytes)) return bad('is damaged');
    if (typeof path !== 'string' || !isOfToolchain(path)) return bad(`has ${JSON.stringify(path)}, which is no file of a toolchain`);
    if (paths.has(path)) return bad(`has ${JSON.stringify(path)} twice`);
    paths.add(path);
  }
  return { ok: true, index: { size, sha256, zigLib, sysroot, files: files as readonly ToolchainFile[] } };
}

/** Whether a path is one that a toolchain may have. Source of zig's names: zig 0.16, `lib/std/Build/Cache.zig`. */
export function isOfToolchain(path: string): boolean {
  const names = path.split('/');
  if (names.some((name) => name === '' || name === '.' || name === '..' || /[\\\0]/.test(name))) return false;
  return /^zig\/h\/[0-9a-f]{32}\.txt$/.test(path) || /^zig\/o\/[0-9a-f]{32}\/./.test(path) || /^std\/./.test(path);
}

/**
 * The parts that are put into their places one by one, in their order. zig looks into `h` for what lies in `o`, so that comes first; std is there or not as a whole.
 */
export function partsOf(files: readonly Pick<ToolchainFile, 'path'>[]): readonly string[] {
  const parts = files.map(({ path }) => (path.startsWith('std/') ? 'std' : path.split('/').slice(0, 3).join('/')));
  const isLast = (part: string): number => (part.startsWith('zig/h/') ? 1 : 0);
  return [...new Set(parts)].sort((a, b) => isLast(a) - isLast(b) || (a < b ? -1 : 1));
}

function isTextOrNothing(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
