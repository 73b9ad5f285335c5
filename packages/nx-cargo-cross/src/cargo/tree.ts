/**
 * What one build really compiles, as `cargo tree` says it: the packages that this platform and these features leave in. Cargo.lock alone knows only
 * what any platform and any feature of the workspace could ask for.
 */

/** A package that a build compiles. */
export interface UsedPackage {
  readonly name: string;
  readonly version: string;
  /** Sorted, each once; where it is compiled twice, those of both. */
  readonly features: readonly string[];
  /** `target`: part of the artifact. `host`: part of build scripts alone. */
  readonly part: 'target' | 'host';
  /** Names of the packages that depend on it directly. Sorted. */
  readonly usedBy: readonly string[];
}

export interface CargoTreeArgs {
  readonly packageSpec: string;
  readonly triple: string;
  readonly features: readonly string[];
  readonly defaultFeatures: boolean;
}

/** `target`: what is part of the artifact; `all`: build scripts' packages too. Proc macros' own dependencies are in neither. */
export function makeCargoTreeArgs({ packageSpec, triple, features, defaultFeatures }: CargoTreeArgs, what: 'target' | 'all'): readonly string[] {
  return [
    'tree',
    '--locked',
    '--package',
    packageSpec,
    '--target',
    triple,
    ...(features.length > 0 ? ['--features', features.join(',')] : []),
    ...(defaultFeatures ? [] : ['--no-default-features']),
    '--edges',
    what === 'target' ? 'normal,no-proc-macro' : 'normal,build,no-proc-macro',
    '--prefix',
    'depth',
    '--format',
    '\t{p}\t{f}',
    '--color',
    'never',
  ];
}

/** Joins the answers to both questions. Lines that name no package are passed over. */
export function parseCargoTree(target: string, all: string): readonly UsedPackage[] {
  const inTarget = new Set(parseLines(target).map(({ key }) => key));
  const packages = new Map<string, { name: string; version: string; features: Set<string>; usedBy: Set<string> }>();
  const above: string[] = [];
  for (const { key, depth, name, version, features } of parseLines(all)) {
    above[depth] = name;
    const known = packages.get(key) ?? { name, version, features: new Set<string>(), usedBy: new Set<string>() };
    packages.set(key, known);
    for (const feature of features) known.features.add(feature);
    const parent = depth > 0 ? above[depth - 1] : undefined;
    if (parent !== undefined) known.usedBy.add(parent);
  }
  return [...packages].map(([key, { name, version, features, usedBy }]) => ({
    name,
    version,
    features: [...features].sort(),
    part: inTarget.has(key) ? 'target' : 'host',
    usedBy: [...usedBy].sort(),
  }));
}

interface TreeLine {
  readonly key: string;
  readonly depth: number;
  readonly name: string;
  readonly version: string;
  readonly features: readonly string[];
}

/** `3<tab>openssl-sys v0.9.118<tab>vendored (*)`; a local package has its folder behind the version. */
function parseLines(text: string): readonly TreeLine[] {
  return text.split('\n').flatMap((line) => {
    const [depth = '', what = '', features = ''] = line.split('\t');
    const named = /^(\S+) v(\S+)/.exec(what);
    if (!named || !/^\d+$/.test(depth)) return [];
    const [, name = '', version = ''] = named;
    const words = features.replace(/\s*\(\*\)\s*$/, '').split(',').filter((word) => word !== '');
    return [{ key: `${name} ${version}`, depth: Number(depth), name, version, features: words }];
  });
}
