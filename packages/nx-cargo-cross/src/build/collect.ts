/** Holds what cargo says it made against what was expected of it. */
import type { ArtifactMessage } from '../cargo/messages.js';
import type { ExpectedArtifact } from '../plan/steps.js';

/** An artifact of a crate as cargo left it in its target folder. */
export interface FoundArtifact {
  readonly kind: ExpectedArtifact['kind'];
  /** The name that it gets in the output. */
  readonly fileName: string;
  /** Absolute. */
  readonly path: string;
  /** Files that belong to it and are shipped with it: a DLL's import library. */
  readonly companions: readonly { readonly fileName: string; readonly path: string }[];
}

export interface Collected {
  readonly found: readonly FoundArtifact[];
  readonly missing: readonly ExpectedArtifact[];
  /** File names of everything that cargo made for the crate, for the message. */
  readonly made: readonly string[];
}

/** Pure. Messages of other packages, and of targets nobody expects (build scripts, rlibs), are passed over. */
export function collectArtifacts(messages: readonly ArtifactMessage[], manifestPath: string, expected: readonly ExpectedArtifact[]): Collected {
  const own = messages.filter((message) => message.manifestPath === manifestPath && !message.targetKinds.includes('custom-build'));
  const made = own.flatMap((message) => message.filenames);
  const found: FoundArtifact[] = [];
  const missing: ExpectedArtifact[] = [];
  for (const artifact of expected) {
    const path = made.find((file) => baseName(file) === artifact.fileName);
    if (path !== undefined) {
      const companions = artifact.kind === 'cdylib' ? made.filter((file) => isImportLibrary(baseName(file), artifact.fileName)) : [];
      found.push({ kind: artifact.kind, fileName: artifact.fileName, path, companions: companions.map((file) => ({ fileName: baseName(file), path: file })) });
    } else if (artifact.certain) {
      missing.push(artifact);
    }
  }
  return { found, missing, made: made.map(baseName) };
}

/** `libgreet.dll.a` (GNU) and `greet.dll.lib` (Microsoft) stand for `greet.dll` when others link against it. */
function isImportLibrary(name: string, dll: string): boolean {
  return name === `lib${dll}.a` || name === `${dll}.lib`;
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
