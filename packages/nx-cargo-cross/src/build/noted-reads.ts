/**
 * What cargo does not notice. It compares times: a file whose content is another, and whose time is not newer than the last build, is unchanged to it (`cp -p`, an archive that is
 * unpacked, git-restore-mtime, a COPY of Docker's beside a cached target folder). And of a build script that says nothing, it does not see that a file of its package is gone. The
 * task's key sees both. Source: the Cargo book, "Build scripts", "Change detection"; cargo 1.95, `core/compiler/fingerprint`.
 */

/** A file as it was after a build that read it. */
export interface NotedFile {
  readonly digest: string;
  /** The file's identity: the same as long as nobody writes it. */
  readonly stamp: string;
  /** When that was, in milliseconds since 1970. */
  readonly when: number;
}

/** A folder of which a build script reads all. */
export interface NotedFolder {
  /** Digest of the names of all files in it. */
  readonly names: string;
  readonly when: number;
  /** What makes cargo look again, where it gets another time. */
  readonly touch: string;
}

/** By absolute path. */
export interface NotedReads {
  readonly files: Readonly<Record<string, NotedFile>>;
  readonly folders: Readonly<Record<string, NotedFolder>>;
  /** Variables that rustc or a build script named. */
  readonly variables: readonly string[];
}

export const NOTHING: NotedReads = { files: {}, folders: {}, variables: [] };

/** Things as they are. Times are in milliseconds since 1970; undefined is what is not there, and cargo notices that. */
export interface Present {
  stamp(path: string): { readonly stamp: string; readonly modified: number } | undefined;
  digest(path: string): string | undefined;
  folder(path: string): { readonly names: string; readonly newest: number } | undefined;
}

/** What has to get another time, so that cargo notices that it is another, or that something in it is. */
export function unnoticed({ files, folders }: Pick<NotedReads, 'files' | 'folders'>, present: Present): readonly string[] {
  const changed = Object.entries(files).flatMap(([path, noted]) => {
    const now = present.stamp(path);
    if (!now || now.stamp === noted.stamp || now.modified > noted.when) return [];
    const digest = present.digest(path);
    return digest === undefined || digest === noted.digest ? [] : [path];
  });
  const other = Object.entries(folders).flatMap(([path, noted]) => {
    const now = present.folder(path);
    return !now || now.names === noted.names || now.newest > noted.when ? [] : [noted.touch];
  });
  return [...new Set([...changed, ...other])];
}

/** Reads a note. One that is damaged knows nothing. */
export function parseNotedReads(text: string): NotedReads {
  try {
    const { files, folders, variables } = Object(JSON.parse(text)) as Partial<Record<keyof NotedReads, unknown>>;
    return {
      files: entriesWith(files, ['digest', 'stamp'], ['when']),
      folders: entriesWith(folders, ['names', 'touch'], ['when']),
      variables: Array.isArray(variables) ? variables.filter((name) => typeof name === 'string') : [],
    };
  } catch {
    return NOTHING;
  }
}

function entriesWith<T>(table: unknown, texts: readonly string[], numbers: readonly string[]): Readonly<Record<string, T>> {
  const whole = Object.entries(Object(table) as Record<string, unknown>).filter(([, value]) => {
    const fields = Object(value) as Record<string, unknown>;
    return texts.every((name) => typeof fields[name] === 'string') && numbers.every((name) => typeof fields[name] === 'number');
  });
  return Object.fromEntries(whole) as Readonly<Record<string, T>>;
}
