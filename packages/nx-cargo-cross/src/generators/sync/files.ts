/** Which closure files a project graph asks for, and what is to stand in them. Pure. */
import { CLOSURE_FILE, parseClosureFile, renderClosureFile, type ClosureEntry } from '../../graph/closure-file.js';

/** As much of a project as counts here. */
export interface SyncedProject {
  readonly root: string;
  readonly targets?: Readonly<Record<string, { readonly metadata?: object }>>;
}

/** A file that is not as it should be. */
export interface FileChange {
  readonly file: string;
  /** Undefined where there should be none. */
  readonly text: string | undefined;
}

/**
 * What has to change, sorted by file.
 * @param read gives a file's text, or undefined where there is none
 */
export function closureChanges(projects: readonly SyncedProject[], read: (file: string) => string | undefined): readonly FileChange[] {
  return projects
    .flatMap(({ root, targets = {} }): readonly FileChange[] => {
      const entries = Object.values(targets).flatMap(({ metadata }) => (metadata as { readonly closure?: ClosureEntry } | undefined)?.closure ?? []);
      const file = root === '.' ? CLOSURE_FILE : `${root}/${CLOSURE_FILE}`;
      const text = read(file);
      if (entries.length === 0) return text !== undefined && Object.keys(parseClosureFile(text)).length > 0 ? [{ file, text: undefined }] : [];
      const wanted = renderClosureFile(entries);
      // A formatter may write it in its own way.
      return text !== undefined && canonical(text) === canonical(wanted) ? [] : [{ file, text: wanted }];
    })
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** What a sync generator answers; nothing where all is well. Source: nx 24.0.6, `utils/sync-generators.d.ts`. */
export interface SyncAnswer {
  readonly outOfSyncMessage?: string;
  /** Shown by `nx sync` and `nx sync:check` below the message, and not before tasks run. */
  readonly outOfSyncDetails?: string[];
}

/** How many files the message itself names. */
const NAMED = 5;

/** What Nx is told of the changes. */
export function outOfSync(changes: readonly FileChange[]): SyncAnswer {
  const files = changes.map(({ file }) => file);
  if (files.length === 0) return {};
  const message = `What crates are built from, as nx affected is to know it, has changed: ${files.slice(0, NAMED).join(', ')}`;
  return files.length <= NAMED ? { outOfSyncMessage: message } : { outOfSyncMessage: `${message} and ${files.length - NAMED} more`, outOfSyncDetails: files };
}

function canonical(text: string): string {
  return JSON.stringify(Object.entries(parseClosureFile(text)).sort(([a], [b]) => (a < b ? -1 : 1)));
}
