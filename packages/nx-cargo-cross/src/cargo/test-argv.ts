/** The command line of `cargo test` for another platform. */
import { tomlStrings } from './argv.js';

export interface CargoTestArgs {
  /** `name@version`. */
  readonly packageSpec: string;
  readonly triple: string;
  /** Undefined for cargo's own, `test`. */
  readonly profile: string | undefined;
  readonly features: readonly string[];
  readonly defaultFeatures: boolean;
  /** For rustc, and for the rustc that compiles documentation tests. */
  readonly rustflags: readonly string[];
  /** Words that start a test program; undefined where the user's own configuration says it. */
  readonly runner: readonly string[] | undefined;
  /** Absolute. */
  readonly targetDir: string;
  readonly color: boolean;
  /** For the test programs. */
  readonly args: readonly string[];
}

/** A failed test program does not keep the next from running: all that fails is said at once. */
export function makeCargoTestArgs(args: CargoTestArgs): readonly string[] {
  const config = (key: string, words: readonly string[] | undefined): readonly string[] =>
    words === undefined || words.length === 0 ? [] : ['--config', `target.${args.triple}.${key}=${tomlStrings(words)}`];
  return [
    'test',
    '--locked',
    '--no-fail-fast',
    '--package',
    args.packageSpec,
    '--target',
    args.triple,
    ...(args.profile === undefined ? [] : ['--profile', args.profile]),
    ...(args.features.length > 0 ? ['--features', args.features.join(',')] : []),
    ...(args.defaultFeatures ? [] : ['--no-default-features']),
    '--target-dir',
    args.targetDir,
    ...config('rustflags', args.rustflags),
    ...config('rustdocflags', args.rustflags),
    ...config('runner', args.runner),
    '--color',
    args.color ? 'always' : 'never',
    ...(args.args.length > 0 ? ['--', ...args.args] : []),
  ];
}
