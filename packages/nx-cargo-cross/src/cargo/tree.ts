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

/** One question for both parts. Proc macros' own dependencies are in neither. */
export function makeCargoTreeArgs({ packageSpec, triple, features, defaultFeatures }: CargoTreeArgs): readonly string[] {
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
    'normal,build,no-proc-macro',
    // The headings, which alone tell what is there for build scripts, come with this prefix only.
    '--prefix',
    'indent',
    '--charset',
    'ascii',
    '--format',
    '\t{p}\t{f}',
    '--color',
    'never',
  ];
}

interface Known {
  readonly name: string;
  readonly version: string;
  readonly features: Set<string>;
  readonly usedBy: Set<string>;
  part: UsedPackage['part'];
}

/** Lines that name no package are passed over. */
export function parseCargoTree(text: string): readonly UsedPackage[] {
  const packages = new Map<string, Known>();
  for (const { name, version, features, part, parent } of parseLines(text)) {
    const key = `${name} ${version}`;
    const known = packages.get(key) ?? { name, version, features: new Set<string>(), usedBy: new Set<string>(), part };
    packages.set(key, known);
    for (const feature of features) known.features.add(feature);
    if (parent !== undefined) known.usedBy.add(parent);
    if (part === 'target') known.part = part;
  }
  return [...packages.values()].map(({ features, usedBy, ...rest }) => ({ ...rest, features: [...features].sort(), usedBy: [...usedBy].sort() }));
}

/** Folders of the path dependencies, as cargo writes them: `app v0.1.0 (/repo/app)`. */
export function pathPackagesOf(text: string): readonly string[] {
  return [...text.matchAll(/\t\S+ v\S+ (?:\(proc-macro\) )?\(((?:\/|[A-Za-z]:\\)[^)\t]*)\)/g)].map(([, path = '']) => path);
}

interface TreeLine {
  readonly name: string;
  readonly version: string;
  readonly features: readonly string[];
  readonly part: UsedPackage['part'];
  /** Whose direct dependency it is here. */
  readonly parent: string | undefined;
}

/** Four characters a level: `|   `, four blanks, or a branch. */
const INDENT = 4;

/**
 * `|   |-- <tab>openssl-sys v0.9.118<tab>vendored (*)`; a local package has its folder behind the version. A heading stands below the package whose
 * dependencies of that kind follow: `|   |   [build-dependencies]`. What a build script uses is built for the host, and all below it.
 */
function* parseLines(text: string): Generator<TreeLine> {
  const above: { readonly name: string; section: UsedPackage['part'] }[] = [];
  for (const line of text.split('\n')) {
    const [indent = '', what, features = ''] = line.split('\t');
    if (what === undefined) {
      const heading = line.indexOf('[build-dependencies]');
      const owner = heading < 0 ? undefined : above[heading / INDENT];
      if (owner) owner.section = 'host';
      continue;
    }
    const [name = '', version] = what.split(' ', 2);
    if (version === undefined || !version.startsWith('v')) continue;
    const depth = indent.length / INDENT;
    const owner = depth > 0 ? above[depth - 1] : undefined;
    const part = owner?.section ?? 'target';
    above[depth] = { name, section: part };
    const words = features.replace(/\s*\(\*\)\s*$/, '').split(',').filter((word) => word !== '');
    yield { name, version: version.slice(1), features: words, part, parent: owner?.name };
  }
}
