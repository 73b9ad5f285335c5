/** The targets that run a crate's tests: `cross-test-<platform>` for each platform, and `cross-test` for all of them. */
import { canonicalJson } from '../cargo/canonical.js';
import { fileIn, isWithin } from '../cargo/paths.js';
import type { PlatformBuild, PlatformTest } from '../config/resolved.js';
import { runnerIdentity } from '../runner/identity.js';
import { screamingTriple } from '../platform/triple.js';
import { CLOSURE_FILE, isStale, syncedBy, type ClosureEntry, type EntryOf } from './closure-file.js';
import { contentDigest, explainClosureNode, makeClosureNode, makeDigestNode, type ClosureNodeInput } from './closure-node.js';
import type { Digest } from './closure.js';
import { makeClosureInputs, makeFileInputs, makeSettingInputs, type CrateFacts } from './inputs.js';
import { nxRoot, type Explanation, type Explanations, type NxExternalNode, type NxInput, type NxTarget } from './nx-shapes.js';
import type { PlatformInputs } from './platform-inputs.js';
import { SOURCES_INPUT } from './sources.js';
import { forwarded } from './targets.js';
import type { TestClosures } from './test-closure.js';

export const TEST_EXECUTOR = 'nx-cargo-cross:test';

export interface TestInference {
  readonly closures: TestClosures;
  readonly digest: Digest;
  readonly pluginVersion: string;
  /** By {@link ofTests}. */
  readonly platformInputs: PlatformInputs;
  readonly entryOf: EntryOf;
}

export interface TestTargets {
  readonly targets: Readonly<Record<string, NxTarget>>;
  readonly externalNodes: Readonly<Record<string, NxExternalNode>>;
  readonly explanations: Explanations;
  readonly entries: readonly (ClosureEntry | undefined)[];
}

/** The targets of one crate. */
export function makeTestTargets(facts: CrateFacts, inference: TestInference): TestTargets {
  const { config, crate } = facts;
  const targets: Record<string, NxTarget> = {};
  const externalNodes: Record<string, NxExternalNode> = {};
  const explanations = new Map<string, Explanation>();
  const entries: (ClosureEntry | undefined)[] = [];
  if (config.tests.length === 0) return { targets, externalNodes, explanations, entries };
  const closure = inference.closures(crate, facts.closure);
  const whole: CrateFacts = { ...facts, closure };
  const files = [...ownFiles(facts), ...makeFileInputs(whole).filter((input) => input !== SOURCES_INPUT), ...manifests(whole)];
  const settings = makeSettingInputs(whole);
  for (const test of config.tests) {
    const node = makeTestNode(whole, test, inference);
    const name = `${config.targetName}-test-${test.build.platform.name}`;
    const entry = inference.entryOf(name, () => inference.digest(canonicalJson([testContent(whole, test, inference), files])));
    externalNodes[node.name] = node;
    explanations.set(node.name, () => ({ ...explainClosureNode(nodeInput(whole, test, inference)), timeout: test.timeout, unrunnable: test.unrunnable }));
    entries.push(entry);
    const ofPlatform = inference.platformInputs({ build: test.build, closure, node: node.name, shareHosts: config.shareHosts });
    targets[name] = makeTarget(whole, test, files.concat(makeClosureInputs(whole, entry, settings), ofPlatform), entry);
  }
  const names = Object.keys(targets);
  targets[`${config.targetName}-test`] = {
    executor: 'nx:noop',
    dependsOn: forwarded(names),
    inputs: [{ externalDependencies: [] }, { dependentTasksOutputFiles: '**/__none__', transitive: true }],
    metadata: { description: `Run the tests of ${crate.name} for ${names.length === 1 ? 'its platform' : `all its ${names.length} platforms`}`, technologies: ['rust'] },
  };
  return { targets, externalNodes, explanations, entries };
}

/** All of the project: tests read files that no program is made from. */
function ownFiles({ crate, config }: CrateFacts): readonly NxInput[] {
  const outDir = isWithin(config.outDir, crate.root) ? [`!{workspaceRoot}/${config.outDir}/**/*`] : [];
  return ['{projectRoot}/**/*', '!{projectRoot}/target/**/*', `!{projectRoot}/${CLOSURE_FILE}`, ...outDir];
}

function manifests({ closure, workspace }: CrateFacts): readonly NxInput[] {
  return [...new Set([workspace.manifest, ...closure.local.map(({ root }) => fileIn(root, 'Cargo.toml'))])].map((file) => `{workspaceRoot}/${file}`);
}

function makeTestNode(facts: CrateFacts, test: PlatformTest, inference: TestInference): NxExternalNode {
  const { hash } = makeClosureNode(nodeInput(facts, test, inference)).data;
  return makeDigestNode(`cargo-test:${nxRoot(facts.crate.root)}:${test.build.platform.name}`, withRunning(hash, test, inference));
}

/** Of a test's node, without the plugin's own version. */
function testContent(facts: CrateFacts, test: PlatformTest, inference: TestInference): string {
  return withRunning(contentDigest(nodeInput(facts, test, inference)), test, inference);
}

function withRunning(build: string, { timeout, unrunnable }: PlatformTest, { digest }: TestInference): string {
  return digest(canonicalJson([build, timeout, unrunnable]));
}

function nodeInput({ crate, closure, details, workspace }: CrateFacts, { build }: PlatformTest, { digest, pluginVersion }: TestInference): ClosureNodeInput {
  return { crateRoot: crate.root, closure, build, toolchain: workspace.toolchain, details, pluginVersion, digest };
}

/** What targets that run tests have besides those that build: who runs them, and how. */
export function ofTests({ platform: { triple } }: PlatformBuild): readonly NxInput[] {
  const runner = runnerIdentity(triple);
  const variables = [...runner.env, `CARGO_TARGET_${screamingTriple(triple.name)}_RUNNER`, 'RUST_TEST_THREADS', 'RUST_BACKTRACE', 'RUSTDOCFLAGS'];
  return [...runner.runtimes.map((runtime) => ({ runtime })), ...variables.map((env) => ({ env }))];
}

function makeTarget({ crate, closure, names, config }: CrateFacts, { build }: PlatformTest, inputs: readonly NxInput[], entry: ClosureEntry | undefined): NxTarget {
  const { platform } = build;
  return {
    executor: TEST_EXECUTOR,
    cache: !closure.unreachable && !isStale(entry),
    options: { platform: platform.name },
    outputs: [],
    inputs,
    ...syncedBy(entry),
    metadata: {
      ...(entry ? { closure: entry } : {}),
      description: `Run the tests of ${crate.name} for ${platform.triple.name}`,
      technologies: ['rust'],
      help: { command: `npx nx run ${names.nameOf(crate.root)}:${config.targetName}-test-${platform.name} --help`, example: { options: { args: ['--nocapture'] } } },
    },
  };
}
