/**
 * The JSON lines that `cargo build --message-format=json-render-diagnostics` prints. Source: the Cargo book, "External tools", JSON messages.
 * Lines of kinds that this plugin has no use for, and fields cargo adds later, are passed over.
 */

/** An artifact that cargo made, or found fresh. */
export interface ArtifactMessage {
  /** `openssl-sys 0.9.118`. */
  readonly package: string;
  /** As cargo tells packages apart. */
  readonly packageId: string;
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
  const id = message?.['package_id'];
  const manifestPath = message?.['manifest_path'];
  const targetName = target?.['name'];
  const targetKinds = strings(target?.['kind']);
  const filenames = strings(message?.['filenames']);
  if (typeof id !== 'string' || typeof manifestPath !== 'string' || typeof targetName !== 'string' || !targetKinds || !filenames) return undefined;
  return { package: packageOfId(id), packageId: id, manifestPath, targetName, targetKinds, filenames, fresh: message?.['fresh'] === true };
}

/** What a build script of the target told cargo to link. */
export interface BuildScriptMessage {
  /** `openssl-sys 0.9.118`. */
  readonly package: string;
  /** As the script wrote them: `ssl`, `dylib=ssl`, `static:+whole-archive=foo`, `framework=Security`. */
  readonly libraries: readonly string[];
  /** Folders in which the linker looks for them, without `native=` and its like. */
  readonly folders: readonly string[];
  /** As cargo tells packages apart. */
  readonly packageId: string;
  /** Its OUT_DIR, absolute. */
  readonly outDir: string;
  /** The variables that it sets for the compiler of its package. */
  readonly sets: readonly string[];
}

/** Reads one line; undefined for every line that does not tell of a build script that was run. */
export function parseBuildScriptMessage(line: string): BuildScriptMessage | undefined {
  if (!line.startsWith('{"reason":"build-script-executed"')) return undefined;
  const message = parseObject(line);
  const id = message?.['package_id'];
  const libraries = strings(message?.['linked_libs']);
  const folders = strings(message?.['linked_paths']);
  const outDir = message?.['out_dir'];
  const env = Array.isArray(message?.['env']) ? message['env'] : [];
  if (typeof id !== 'string' || typeof outDir !== 'string' || !libraries || !folders) return undefined;
  return {
    package: packageOfId(id),
    packageId: id,
    libraries,
    folders: folders.map((folder) => folder.replace(/^(?:native|dependency|crate|framework|all)=/, '')),
    outDir,
    sets: env.flatMap((pair: unknown) => (Array.isArray(pair) && typeof pair[0] === 'string' ? [pair[0]] : [])),
  };
}

/** `registry+https://...#ring@0.17.14`, `path+file:///ws/dep#0.3.0`, before cargo 1.77 `ring 0.17.14 (registry+...)`. Source: the Cargo book, "Package ID Specifications". */
function packageOfId(id: string): string {
  const old = /^(\S+ \S+) \(/.exec(id)?.[1];
  if (old !== undefined) return old;
  const hash = id.lastIndexOf('#');
  const fragment = id.slice(hash + 1);
  const named = /^(.+)@([^@]+)$/.exec(fragment);
  if (named) return `${named[1]} ${named[2]}`;
  const source = id.slice(0, hash).replace(/\?.*$/, '');
  return `${source.slice(source.lastIndexOf('/') + 1)} ${fragment}`;
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
