/**
 * What is in a layer: `layer.json`, beside the archive with the bytes of all files one after another, in this order. Whatever it says was written elsewhere and is checked before anything is made of it: every path lies in a place
 * where cargo itself would have written the unit, and nowhere else.
 */
import { isCount, objectIn } from './read-index.js';

export const INDEX_NAME = 'layer.json';
export const ARCHIVE_NAME = 'layer.br';

/** Another number where the form is another. */
const FORM = 1;

export interface LayerIndex {
  /** How many packages the units are of. */
  readonly packages: number;
  /** Bytes of the archive, and their digest (SHA-256). */
  readonly size: number;
  readonly sha256: string;
  /** The standard libraries that the units were compiled with. One rustc may have several, of rustup and built here, of which cargo knows nothing: what was compiled with the one is an error with the other (E0460). */
  readonly std: string;
  readonly units: readonly LayerUnit[];
}

/** Its files lie in `deps`, `.fingerprint/<package>-<hash>` and `build/<package>-<hash>` below the folder of its profile. */
export interface LayerUnit {
  /** Relative to the target folder of cross-builds, with `/`: `x86_64-unknown-linux-musl/release`. */
  readonly profile: string;
  readonly hash: string;
  readonly files: readonly LayerFile[];
  /** Folders that may be empty: OUT_DIR is one of most scripts. */
  readonly folders: readonly string[];
}

export interface LayerFile {
  /** Relative to the profile's folder, with `/`. */
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
}

export function renderLayerIndex(index: LayerIndex): string {
  return `${JSON.stringify({ form: FORM, ...index })}\n`;
}

export type LayerParse = { readonly ok: true; readonly index: LayerIndex } | { readonly ok: false; readonly why: string };

/**
 * Reads the text of an index.
 * @param trees where units may lie: the folders that have cargo's folders of profiles in them, relative as in {@link LayerUnit}; empty for the target folder itself
 */
export function parseLayerIndex(text: string, trees: readonly string[]): LayerParse {
  const bad = (why: string): LayerParse => ({ ok: false, why: `${INDEX_NAME} ${why}` });
  const { form, packages, size, sha256, std, units } = objectIn(text);
  if (form !== FORM) return bad('is none of this version of nx-cargo-cross');
  if (!isCount(packages) || !isCount(size) || typeof sha256 !== 'string' || typeof std !== 'string' || !Array.isArray(units)) return bad('is damaged');
  const places = new Set<string>();
  for (const unit of units as readonly unknown[]) {
    const { profile, hash, files, folders } = Object(unit) as Readonly<Record<string, unknown>>;
    if (typeof profile !== 'string' || typeof hash !== 'string' || !/^[0-9a-f]{16}$/.test(hash) || !Array.isArray(files) || !Array.isArray(folders)) return bad('is damaged');
    if (!isProfile(profile, trees)) return bad(`has a unit in ${JSON.stringify(profile)}, where this build has none`);
    for (const file of files as readonly unknown[]) {
      const { path, size: bytes, executable } = Object(file) as Readonly<Record<string, unknown>>;
      if (!isCount(bytes) || typeof executable !== 'boolean') return bad('is damaged');
      if (typeof path !== 'string' || !isOfUnit(path, hash)) return bad(`has ${JSON.stringify(path)}, which is no file of unit ${hash}`);
      if (places.has(`${profile}/${path}`)) return bad(`has ${JSON.stringify(path)} twice`);
      places.add(`${profile}/${path}`);
    }
    for (const folder of folders as readonly unknown[]) if (typeof folder !== 'string' || !isOfUnit(`${folder}/x`, hash)) return bad(`has ${JSON.stringify(folder)}, which is no folder of unit ${hash}`);
  }
  return { ok: true, index: { packages, size, sha256, std, units: units as readonly LayerUnit[] } };
}

/**
 * The parts of a unit that are put into their places one by one: files of `deps`, and folders. Its fingerprint is the last: what has none is not there for cargo.
 */
export function partsOf({ files, folders }: Pick<LayerUnit, 'files' | 'folders'>): readonly string[] {
  const parts = [...files.map(({ path }) => path), ...folders.map((folder) => `${folder}/`)].map((path) => path.split('/').slice(0, 2).join('/'));
  const isLast = (part: string): number => (part.startsWith('.fingerprint/') ? 1 : 0);
  return [...new Set(parts)].sort((a, b) => isLast(a) - isLast(b) || (a < b ? -1 : 1));
}

function isProfile(profile: string, trees: readonly string[]): boolean {
  return trees.some((tree) => {
    const name = tree === '' ? profile : profile.startsWith(`${tree}/`) ? profile.slice(tree.length + 1) : '';
    return /^[A-Za-z0-9_-]+$/.test(name);
  });
}

function isOfUnit(path: string, hash: string): boolean {
  const [kind = '', name = '', ...rest] = path.split('/');
  if ([name, ...rest].some((part) => part === '' || part === '.' || part === '..' || /[\\\0]/.test(part))) return false;
  if (kind === 'deps') return rest.length === 0 && new RegExp(`-${hash}(?:\\.|$)`).test(name);
  return (kind === 'build' || (kind === '.fingerprint' && rest.length === 1)) && rest.length > 0 && name.endsWith(`-${hash}`);
}
