/** The targets that hold a crate's compiled third-party part: `cross-layer-<platform>` for each platform, and `cross-layer` for all of them. */
import { canonicalJson } from '../cargo/canonical.js';
import type { CrateConfig, PlatformBuild } from '../config/resolved.js';
import { explainClosureNode, makeClosureNode, makeDigestNode, type ClosureNodeInput } from './closure-node.js';
import { makeLayerFileInputs, makeSettingInputs, type CrateFacts } from './inputs.js';
import { nxRoot, type Explanation, type NxExternalNode, type NxInput, type NxTarget } from './nx-shapes.js';
import type { PlatformInputs } from './platform-inputs.js';
import { forwarded } from './targets.js';

export const LAYER_EXECUTOR = 'nx-cargo-cross:layer';

/** Of targets, for one platform. */
export function layerTargetName(base: string, { platform }: Pick<PlatformBuild, 'platform'>): string {
  return `${base}-layer-${platform.name}`;
}

/** Where a layer lies, relative to the Nx workspace root. Beside no artifact: whoever collects those finds none of it. */
export function layerFolder({ outDir }: Pick<CrateConfig, 'outDir'>, { platform }: Pick<PlatformBuild, 'platform'>, project: string): string {
  return `${outDir}/.layers/${platform.name}/${project}`;
}

/** A new number where what a layer is made of, or how, is another: what the plugin's version says only once it is released. */
const RULE = 1;

/**
 * What else decides whether units of one machine serve another. The folder of registries' sources, and that in which linkers and compilers lie (`build/write-set-up.ts`), are in the paths of packages and in variables, which
 * cargo compares (cargo 1.95, `core/compiler/fingerprint/mod.rs`); the checkout's is in none. And macros are libraries of the machine that builds, which rustc loads, whether or not machines share artifacts: with an older C library than theirs it cannot.
 */
export const ASK_MACHINE =
  'uname -sm; { getconf GNU_LIBC_VERSION || ldd --version; } 2>&1 | head -n 2; echo "${CARGO_HOME:-$HOME/.cargo}"; echo "${NX_CARGO_CROSS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}}"';

/** What targets of layers have besides those that build. */
export function ofLayers(): readonly NxInput[] {
  return [{ runtime: ASK_MACHINE }];
}

export interface LayerTarget {
  readonly target: NxTarget;
  readonly node: NxExternalNode;
  readonly explain: Explanation;
}

/**
 * The target for one platform. Its key is that of the build without any source of the repository, so that it stays where only those change.
 * @param made what the closure node of the build is made from
 * @param platformInputs by {@link ofLayers}
 */
export function makeLayerTarget(facts: CrateFacts, made: ClosureNodeInput, platformInputs: PlatformInputs): LayerTarget {
  const { crate, config, closure, names } = facts;
  const { build, digest } = made;
  const { platform } = build;
  const node = makeDigestNode(`cargo-layer:${nxRoot(crate.root)}:${platform.name}`, digest(canonicalJson([RULE, makeClosureNode(made).data.hash])));
  const inputs = platformInputs({ build, closure, node: node.name, shareHosts: config.shareHosts });
  return {
    node,
    explain: () => explainClosureNode(made),
    target: {
      executor: LAYER_EXECUTOR,
      cache: true,
      options: { platform: platform.name },
      outputs: [`{workspaceRoot}/${layerFolder(config, build, '{projectName}')}`],
      inputs: [...makeLayerFileInputs(facts), ...makeSettingInputs(facts), ...inputs],
      metadata: {
        description: `Compile the third-party crates of ${crate.name} for ${platform.triple.name}, and keep them for builds on other machines`,
        technologies: ['rust'],
        help: { command: `npx nx run ${names.nameOf(crate.root)}:${layerTargetName(config.targetName, build)} --help`, example: { options: {} } },
      },
    },
  };
}

/** The target that stands for the layers of all platforms. */
export function makeAllLayersTarget({ crate }: CrateFacts, targets: readonly string[]): NxTarget {
  return {
    executor: 'nx:noop',
    dependsOn: forwarded(targets),
    inputs: [{ externalDependencies: [] }, { dependentTasksOutputFiles: '**/__none__', transitive: true }],
    metadata: { description: `Compile the third-party crates of ${crate.name} for ${targets.length === 1 ? 'its platform' : `all its ${targets.length} platforms`}`, technologies: ['rust'] },
  };
}
