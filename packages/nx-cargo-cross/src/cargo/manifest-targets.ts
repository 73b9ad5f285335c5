/** `[lib]` and `[[bin]]` as written. */
import { refuse, takeBoolean, takeString, takeStrings, takeTable, takeTables, type Shape } from './shape.js';
import { entryOf } from './toml.js';

/** `[lib]`. */
export interface ManifestLib {
  readonly name: string | undefined;
  readonly path: string | undefined;
  /** `crate-type`, or its old spelling `crate_type`. */
  readonly crateTypes: readonly string[] | undefined;
  readonly procMacro: boolean;
}

/** One `[[bin]]`. */
export interface ManifestBin {
  readonly name: string;
  readonly path: string | undefined;
  readonly requiredFeatures: readonly string[];
}

/** `[lib]`, if there is one. */
export function takeLib(shape: Shape): ManifestLib | undefined {
  if (!takeTable(shape, ['lib'])) return undefined;
  return {
    name: takeString(shape, ['lib', 'name']),
    path: takeString(shape, ['lib', 'path']),
    crateTypes: takeStrings(shape, ['lib', 'crate-type']) ?? takeStrings(shape, ['lib', 'crate_type']),
    procMacro: (takeBoolean(shape, ['lib', 'proc-macro']) ?? takeBoolean(shape, ['lib', 'proc_macro'])) === true,
  };
}

/** Every `[[bin]]`; undefined where there is none. */
export function takeBins(shape: Shape): readonly ManifestBin[] | undefined {
  return takeTables(shape, ['bin'])?.map((table, index) => {
    const path = ['bin', String(index)];
    if (entryOf(table, 'name') === undefined) refuse(shape, path, 'A [[bin]] has no name', 'Add one: name = "my-program"');
    const requiredFeatures = takeStrings(shape, [...path, 'required-features']) ?? takeStrings(shape, [...path, 'required_features']) ?? [];
    return { name: takeString(shape, [...path, 'name']) ?? '', path: takeString(shape, [...path, 'path']), requiredFeatures };
  });
}
