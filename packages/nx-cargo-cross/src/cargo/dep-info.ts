/**
 * rustc's notes of what it read for a crate: `deps/<crate>-<hash>.d`, beside what it made of it. They name generated files too, and are written before
 * anything is linked. Source: rust-lang/rust `rustc_interface/src/passes.rs` (`write_out_deps`).
 */

/** What rustc read for one unit. */
export interface DepInfo {
  /** Everything that it made. */
  readonly made: readonly string[];
  /** Sources, and what `include_str!` and its like took in. Relative ones count from where rustc ran. */
  readonly files: readonly string[];
  /** The names that `env!` and `option_env!` asked for, set or not. */
  readonly variables: readonly string[];
}

/** Reads the notes. Only blanks are escaped in paths, values are not needed. */
export function parseDepInfo(text: string): DepInfo {
  const made: string[] = [];
  const files: string[] = [];
  const variables: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('# env-dep:')) variables.push(line.slice('# env-dep:'.length).replace(/=.*$/, ''));
    else if (line.startsWith('#') || line === '') continue;
    // Each file once more as a rule without anything behind it, so that make does not miss it when it is gone.
    else if (line.endsWith(':')) files.push(unescape(line.slice(0, -1)));
    else {
      const end = /(?<!\\): /.exec(line)?.index;
      if (end !== undefined) made.push(unescape(line.slice(0, end)));
    }
  }
  return { made, files, variables };
}

/** The source files of a crate. Relative ones count from where rustc ran. */
export function sourcesOf(depInfo: string): readonly string[] {
  return depInfo.split('\n').flatMap((line) => (/^[^#].*\.rs:$/.test(line) ? [unescape(line.slice(0, -1))] : []));
}

function unescape(path: string): string {
  return path.replaceAll('\\ ', ' ');
}

/**
 * The unit that a file of cargo's `deps` belongs to: `libfoo_sys-0a1b.rlib`, `foo_sys-0a1b.d`, `foo-0a1b.foo.123-cgu.0.rcgu.o`. Cargo gives no hash to the
 * files of a cdylib. `notes` is the name of its dep-info.
 */
export function unitOf(fileName: string): { readonly crate: string; readonly notes: string } | undefined {
  const library = /^lib(\w+-[0-9a-f]{16})\.(?:rlib|rmeta)$/.exec(fileName)?.[1];
  const unit = library ?? /^(\w+(?:-[0-9a-f]{16})?)\.(?:d|(?:.+\.)?rcgu\.o)$/.exec(fileName)?.[1];
  return unit === undefined ? undefined : { crate: unit.replace(/-[0-9a-f]{16}$/, ''), notes: `${unit}.d` };
}
