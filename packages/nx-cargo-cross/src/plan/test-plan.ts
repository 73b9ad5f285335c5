/** The plan of a crate's tests on one platform: the build's own set-up, another cargo command, and a runner. */
import { makeCargoTestArgs } from '../cargo/test-argv.js';
import type { CrateArtifact } from '../cargo/model.js';
import type { EnvOutcome } from '../backend/env-edit.js';
import type { PlatformTest } from '../config/resolved.js';
import { quoteWords } from '../diagnostics/quote.js';
import { success, type Result } from '../diagnostics/result.js';
import type { RunnerSpec } from '../runner/spec.js';
import { planBuild, type PlannedBuild } from './plan.js';
import { backendLabel } from './render.js';
import type { BuildRequest, Probe } from './request.js';

export interface TestRequest {
  /** The crate as it is built for the platform; `build` is that of `test`. */
  readonly request: BuildRequest;
  readonly test: PlatformTest;
  /** Cargo's profile; undefined for `test`. */
  readonly profile: string | undefined;
  /** For the test programs. */
  readonly args: readonly string[];
}

/** How the programs are started here; undefined where the user's own configuration says it. */
export interface TestRunner {
  /** As said to the user. */
  readonly label: string;
  readonly isEmulator: boolean;
  /** Words before the file that says how. */
  readonly words: readonly string[];
  readonly spec: Pick<RunnerSpec, 'command' | 'env' | 'unset'>;
}

/** All paths are absolute. */
export interface PlannedTest {
  readonly build: PlannedBuild;
  readonly cargo: string;
  readonly args: readonly string[];
  readonly env: readonly EnvOutcome[];
  /** `directly`, `qemu-aarch64`, or that it is the user's own. */
  readonly runner: string;
  /** The target folder that cargo is told, absolute. */
  readonly targetDir: string;
  readonly spec: { readonly path: string; readonly text: string } | undefined;
}

/** A stand-in, for crates that ship nothing: what decides a program's linkage is all that is wanted of it. */
const A_PROGRAM: CrateArtifact = { kind: 'bin', name: 'test', requiredFeatures: [] };

/**
 * Plans the tests. Pure. Fails as a build would.
 *
 * Tests keep the machine's paths: they look for their files by what they were compiled from, rustdoc has no stable word for others, and nobody ships them.
 * @param sysroot a sysroot with the platform's std, where the toolchain has none. Among the flags, and not in a wrapper script: a shell would drop the
 *   variables `CARGO_BIN_EXE_<name>` whose names hold a dash, which integration tests are compiled with. Nobody ships a test, so nothing is lost.
 */
export function planTest({ request, test, profile, args }: TestRequest, probe: Probe, runner: TestRunner | undefined, sysroot: string | undefined): Result<PlannedTest> {
  const planned = planBuild({ ...request, crate: { ...request.crate, artifacts: [A_PROGRAM] }, build: { ...request.build, bins: undefined, reproducible: false } }, probe);
  if (!planned.ok) return planned;
  const { crate, build } = request;
  const { triple } = build.platform;
  const [call] = planned.value.calls;
  // A folder of its own: beside the emulated programs in it lie scripts of their names, which no build may take for its artifacts.
  const targetDir = `${planned.value.targetDir}-test`;
  const specPath = `${targetDir}/runner/${triple.name}-${test.timeout}.json`;
  const folder = `${targetDir}/${triple.name}/${profile === undefined || profile === 'dev' || profile === 'test' ? 'debug' : profile === 'bench' ? 'release' : profile}`;
  const suffix = triple.facts.os === 'windows' ? '.exe' : '';
  const programs = runner?.isEmulator ? crate.artifacts.filter(({ kind }) => kind === 'bin').map(({ name }) => `${folder}/${name}${suffix}`) : [];
  const spec: RunnerSpec | undefined = runner && { ...runner.spec, timeout: test.timeout * 1000, programs };
  return success({
    build: { ...planned.value, request, log: planned.value.log.replace(/\.log$/, '.test.log') },
    cargo: call?.cargo ?? '',
    args: makeCargoTestArgs({
      packageSpec: `${crate.name}@${crate.version}`,
      triple: triple.name,
      profile,
      features: build.features,
      defaultFeatures: build.defaultFeatures,
      rustflags: [...(call?.rustflags ?? []), ...(sysroot === undefined ? [] : ['--sysroot', sysroot])],
      runner: runner && [...runner.words, specPath],
      targetDir,
      color: probe.color,
      args,
    }),
    env: call?.env ?? [],
    targetDir,
    runner: runner?.label ?? 'the runner of your own cargo configuration',
    spec: spec && { path: specPath, text: `${JSON.stringify(spec, null, 2)}\n` },
  });
}

export function renderTest({ build, cargo, args, env, runner }: PlannedTest): string {
  return [
    build.request.task,
    `  triple     ${build.triple}`,
    `  backend    ${backendLabel(build.backend)} (${build.backend.reason})`,
    `  runner     ${runner}`,
    `  directory  ${build.directory}`,
    `  command    ${quoteWords([cargo, ...args])}`,
    ...env.map(({ name, value, keptFrom }) => `    ${value === undefined ? 'unset    ' : 'env      '}${name}${value === undefined ? '' : `=${value}`}${keptFrom === undefined ? '' : `   (yours, from ${keptFrom})`}`),
    '',
  ].join('\n');
}
