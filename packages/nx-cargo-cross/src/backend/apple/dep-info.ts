/**
 * rustc's notes of what it read for a crate: `deps/<crate>-<hash>.d`, beside what it made of it. They name generated files too, and are written before
 * anything is linked. Source: rust-lang/rust `rustc_interface/src/passes.rs` (`write_out_deps`).
 */

/** The source files of a crate. Relative ones count from where rustc ran. */
export function sourcesOf(depInfo: string): readonly string[] {
  return depInfo.split('\n').flatMap((line) => (/^[^#].*\.rs:$/.test(line) ? [line.slice(0, -1).replaceAll('\\ ', ' ')] : []));
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
