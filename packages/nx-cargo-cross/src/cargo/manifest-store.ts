/** Manifests of a repository, each read and parsed once, when first asked for. */
import type { Failed } from '../diagnostics/result.js';
import { parseManifest, type Manifest } from './manifest.js';
import type { SourceTree } from './source-tree.js';

/** What stands at a path: a manifest, a file that is none (with the reasons), or nothing. */
export type StoredManifest =
  { readonly state: 'good'; readonly manifest: Manifest } | { readonly state: 'bad'; readonly failed: Failed } | { readonly state: 'absent' };

/** Looks a manifest up by its file. */
export type ManifestStore = (file: string) => StoredManifest;

/** A store over a source tree. A file that is there but cannot be read is 'bad', with `file-unreadable`. */
export function makeManifestStore(tree: SourceTree): ManifestStore {
  const known = new Map<string, StoredManifest>();
  return (file) => {
    const before = known.get(file);
    if (before) return before;
    const stored = readManifest(file, tree);
    known.set(file, stored);
    return stored;
  };
}

function readManifest(file: string, tree: SourceTree): StoredManifest {
  const read = tree.readText(file);
  if (read === undefined) return { state: 'absent' };
  if ('error' in read) return { state: 'bad', failed: { ok: false, failures: [{ code: 'file-unreadable', file, cause: read.error }] } };
  const parsed = parseManifest(file, read.text);
  return parsed.ok ? { state: 'good', manifest: parsed.value } : { state: 'bad', failed: parsed };
}
