/** Holds the files of a folder against the manifest that lies in it: for outputs that were not built here, but came from a cache. */
import { parseManifest } from './parse-manifest.js';

/** A file below the folder. Whatever is no plain file (a link, a device) has no SHA-256. */
export interface FoundFile {
  /** Relative to the folder, with slashes. */
  readonly path: string;
  readonly size: number;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string | undefined;
}

export const MANIFEST_NAME = 'manifest.json';

/** Whether a text is meant as one of our manifests, whole or not: not every `manifest.json` is ours. */
export function looksLikeManifest(text: string): boolean {
  return ['"schema"', '"triple"', '"platform"', '"sha256"'].every((key) => text.includes(key));
}

/**
 * Says what of a folder is not as its manifest says, one sentence each; empty where all is. Files in folders below it are copies of the artifacts (as Gradle
 * wants them), and must be equal to the one of the same name.
 * @param platform the name of the folder above, which is that of the platform
 * @param found    all files below the folder, but for the manifest
 */
export function holdFolder(text: string, platform: string, found: readonly FoundFile[]): readonly string[] {
  const parsed = parseManifest(text);
  if (!parsed.ok) return [`${MANIFEST_NAME}: ${parsed.message}`];
  const { manifest } = parsed;
  const wrong = manifest.platform === platform ? [] : [`${MANIFEST_NAME} is one for ${manifest.platform}, not for ${platform}`];
  const listed = new Map(manifest.files.map((file) => [file.name, file]));
  const missing = manifest.files.filter(({ name }) => !found.some(({ path }) => path === name)).map(({ name }) => `${name} is missing`);
  const differing = found.flatMap(({ path, size, sha256 }) => {
    const file = listed.get(path.slice(path.lastIndexOf('/') + 1));
    if (!file) return [`${path} is not in the manifest`];
    if (sha256 === undefined) return [`${path} is not a plain file`];
    if (size !== file.size) return [`${path} has ${size} bytes; the manifest says ${file.size}`];
    return sha256 === file.sha256 ? [] : [`${path} has SHA-256 ${sha256}; the manifest says ${file.sha256}`];
  });
  return [...wrong, ...missing, ...differing];
}
