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
  return [
    'build',
    '--locked',
    '--package',
    args.packageSpec,
    ...(args.bins === 'all' ? ['--bins'] : args.bins.flatMap((bin) => ['--bin', bin])),
    ...(args.lib ? ['--lib'] : []),
    '--target',
    args.triple,
    '--profile',
    args.profile,
    ...(args.features.length > 0 ? ['--features', args.features.join(',')] : []),
    ...(args.defaultFeatures ? [] : ['--no-default-features']),
    '--target-dir',
    args.targetDir,
    ...(args.rustflags.length > 0 ? ['--config', `target.${args.triple}.rustflags=${tomlStrings(args.rustflags)}`] : []),
    '--message-format',
    'json-render-diagnostics',
    '--color',
    args.color ? 'always' : 'never',
  ];
}

/** A TOML array of basic strings; JSON's string escapes are a subset of TOML's (TOML 1.0, "String"), but for DEL, which JSON leaves as it is. */
export function tomlStrings(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word).replaceAll('\u007f', '\\u007f')).join(',')}]`;
}
