/** Builder of what `cargo build --unit-graph` prints, in the form of cargo 1.95. */

export interface AUnit {
  /** `dep`: its package is `path+file:///ws/dep#0.1.0`. */
  readonly name: string;
  readonly kind?: string;
  readonly types?: readonly string[];
  /** Null for what runs on the machine that builds. */
  readonly platform?: string | null;
  readonly mode?: string;
  readonly features?: readonly string[];
  readonly profile?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly number[];
  /** Fields that cargo may add. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** @param roots indexes of units */
export function aUnitGraph(units: readonly AUnit[], roots: readonly number[] = [0], version = 1): string {
  return JSON.stringify({
    version,
    units: units.map(({ name, kind = 'lib', types = [kind], platform = 'aarch64-unknown-linux-gnu', mode = 'build', features = [], profile = {}, dependencies = [], more = {} }) => ({
      pkg_id: `path+file:///ws/${name}#0.1.0`,
      target: { kind: [kind], crate_types: types, name, src_path: `/ws/${name}/src/lib.rs`, edition: '2021' },
      profile: { name: 'release', opt_level: '3', lto: 'false', panic: 'unwind', ...profile },
      platform,
      mode,
      features,
      dependencies: dependencies.map((index) => ({ index, extern_crate_name: units[index]?.name, public: false, noprelude: false })),
      ...more,
    })),
    roots,
  });
}
