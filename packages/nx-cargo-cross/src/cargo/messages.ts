/**
 * The JSON lines that `cargo build --message-format=json-render-diagnostics` prints. Source: the Cargo book, "External tools", JSON messages.
 * Lines of kinds that this plugin has no use for, and fields cargo adds later, are passed over.
 */

/** An artifact that cargo made, or found fresh. */
export interface ArtifactMessage {
  readonly manifestPath: string;
  readonly targetName: string;
  /** `bin`, `lib`, `cdylib`, `staticlib`, `proc-macro`, `custom-build` ... */
  readonly targetKinds: readonly string[];
  /** Absolute. */
  readonly filenames: readonly string[];
  /** Nothing had to be compiled for it. */
  readonly fresh: boolean;
}

/** Reads one line; undefined for every line that does not tell of an artifact. */
export function parseArtifactMessage(line: string): ArtifactMessage | undefined {
  if (!line.startsWith('{"reason":"compiler-artifact"')) return undefined;
  const message = parseObject(line);
  const target = isObject(message?.['target']) ? message['target'] : undefined;
  const manifestPath = message?.['manifest_path'];
  const targetName = target?.['name'];
  const targetKinds = strings(target?.['kind']);
  const filenames = strings(message?.['filenames']);
  if (typeof manifestPath !== 'string' || typeof targetName !== 'string' || !targetKinds || !filenames) return undefined;
  return { manifestPath, targetName, targetKinds, filenames, fresh: message?.['fresh'] === true };
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}
