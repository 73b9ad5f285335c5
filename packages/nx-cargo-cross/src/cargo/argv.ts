/** The command line of a cargo build. */

export interface CargoBuildArgs {
  /** `name@version`: exact where a registry package has the name too. */
  readonly packageSpec: string;
  readonly triple: string;
  readonly profile: string;
  readonly features: readonly string[];
  readonly defaultFeatures: boolean;
  readonly bins: 'all' | readonly string[];
  readonly lib: boolean;
  /** For the triple alone; host artifacts are never given them. */
  readonly rustflags: readonly string[];
  /** Absolute. */
  readonly targetDir: string;
  readonly color: boolean;
}

/**
 * Always with `--target`, also for the host's own triple: without it the flags would reach build scripts and proc macros too.
 * Flags travel by `--config`, which joins them to the user's `target.<triple>.rustflags` and leaks into no child's environment.
 */
export function makeCargoBuildArgs(args: CargoBuildArgs): readonly string[] {
  return makeArgs([args], args);
}

/**
 * One call for what several would build; whether it builds the same, only cargo knows. What holds for a whole call (profile, target folder ...) is the first one's, and features, bins
 * and flags of one package or triple have to be the same wherever they are given.
 * @param keepGoing whether cargo, from 1.74 on, builds what it can where something fails
 */
export function makeJointBuildArgs(all: readonly [CargoBuildArgs, ...(readonly CargoBuildArgs[])], keepGoing: boolean): readonly string[] {
  const args = makeArgs(all, all[0]);
  return keepGoing ? [...args, '--keep-going'] : args;
}

function makeArgs(all: readonly CargoBuildArgs[], { profile, defaultFeatures, targetDir, color }: CargoBuildArgs): readonly string[] {
  const bins = all.some((one) => one.bins === 'all') ? ['--bins'] : once(all.flatMap((one) => one.bins)).flatMap((bin) => ['--bin', bin]);
  const features = featuresOf(all);
  return [
    'build',
    '--locked',
    ...once(all.map(({ packageSpec }) => packageSpec)).flatMap((spec) => ['--package', spec]),
    ...bins,
    ...(all.some(({ lib }) => lib) ? ['--lib'] : []),
    ...once(all.map(({ triple }) => triple)).flatMap((triple) => ['--target', triple]),
    '--profile',
    profile,
    ...(features.length > 0 ? ['--features', features.join(',')] : []),
    ...(defaultFeatures ? [] : ['--no-default-features']),
    '--target-dir',
    targetDir,
    ...once(all.flatMap(({ triple, rustflags }) => (rustflags.length > 0 ? [`target.${triple}.rustflags=${tomlStrings(rustflags)}`] : []))).flatMap((line) => ['--config', line]),
    '--message-format',
    'json-render-diagnostics',
    '--color',
    color ? 'always' : 'never',
  ];
}

/** Where several packages are named, each feature says whose it is. */
function featuresOf(all: readonly CargoBuildArgs[]): readonly string[] {
  const several = once(all.map(({ packageSpec }) => packageSpec)).length > 1;
  return once(all.flatMap(({ packageSpec, features }) => features.map((feature) => (several ? `${packageSpec.replace(/@[^@]*$/, '')}/${feature}` : feature))));
}

function once(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}

/** A TOML array of basic strings; JSON's string escapes are a subset of TOML's (TOML 1.0, "String"), but for DEL, which JSON leaves as it is. */
export function tomlStrings(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word).replaceAll('\u007f', '\\u007f')).join(',')}]`;
}
