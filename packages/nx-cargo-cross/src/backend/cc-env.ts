/**
 * The variables by which cargo, cc-rs, cmake-rs and autotools builds learn a triple's tools, each left to the user where the user set it in any
 * spelling that its consumer reads. Sources: cargo's configuration reference; cc-rs 1.2.60 `src/lib.rs` (`get_var`); cmake-rs 0.1.58.
 */
import { screamingTriple, snakeTriple, type TripleName } from '../platform/triple.js';
import type { EnvEdit } from './env-edit.js';

export interface CcTools {
  readonly linker: string;
  readonly cc: string;
  readonly cxx?: string | undefined;
  readonly ar?: string | undefined;
  readonly ranlib?: string | undefined;
}

/** `CARGO_TARGET_<T>_LINKER`, `CC_<t>`, `CXX_<t>`, `AR_<t>`, `RANLIB_<t>`. */
export function ccEnv(triple: TripleName, tools: CcTools): readonly EnvEdit[] {
  return [
    setIfMissing(`CARGO_TARGET_${screamingTriple(triple)}_LINKER`, tools.linker),
    ...targeted('CC', triple, tools.cc),
    ...targeted('CXX', triple, tools.cxx),
    ...targeted('AR', triple, tools.ar),
    ...targeted('RANLIB', triple, tools.ranlib),
  ];
}

/** `<NAME>_<triple_>`, unless the user set it with dashes, with underscores or as `TARGET_<NAME>`. The plain `<NAME>` is the host's and does not count. */
export function targeted(name: string, triple: TripleName, value: string | undefined): readonly EnvEdit[] {
  if (value === undefined) return [];
  return [setIfMissing(`${name}_${snakeTriple(triple)}`, value, [`${name}_${triple}`, `TARGET_${name}`])];
}

function setIfMissing(name: string, value: string, spellings: readonly string[] = []): EnvEdit {
  return { kind: 'set-if-missing', name, value, spellings };
}

/**
 * pkg-config answers for the host unless it is told otherwise, and a cross build that links the host's libraries fails late or, worse, does not fail.
 * So it is closed for the triple unless the user opened it. Source: pkg-config-rs 0.3.34 (`target_supported`).
 */
export function closedPkgConfig(triple: TripleName): readonly EnvEdit[] {
  const snake = snakeTriple(triple);
  const opened = ['PKG_CONFIG', 'PKG_CONFIG_PATH', 'PKG_CONFIG_LIBDIR', 'PKG_CONFIG_SYSROOT_DIR', 'PKG_CONFIG_ALLOW_CROSS'].flatMap((name) => [
    `${name}_${snake}`,
    `${name}_${triple}`,
    `TARGET_${name}`,
  ]);
  return [
    { kind: 'set-if-missing', name: `PKG_CONFIG_ALLOW_CROSS_${snake}`, value: '0', spellings: [...opened, 'PKG_CONFIG_ALLOW_CROSS', 'PKG_CONFIG_SYSROOT_DIR'] },
  ];
}
