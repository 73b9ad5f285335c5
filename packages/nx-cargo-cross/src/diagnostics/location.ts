/** A place in a file that a person can open. */
export interface Location {
  /** As shown to the user: relative to the workspace root where the file is inside it. */
  readonly file: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** The source line itself, for the excerpt below the message. */
  readonly excerpt?: string;
}

/** `file:line:column`, with what is known of it. */
export function formatLocation(location: Location): string {
  return [location.file, location.line, location.line === undefined ? undefined : location.column]
    .filter((part) => part !== undefined)
    .join(':');
}
