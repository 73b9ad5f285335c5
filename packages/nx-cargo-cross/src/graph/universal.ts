/** The target that joins both Macs' artifacts of one crate. */
import type { PlatformBuild } from '../config/resolved.js';
import { UNIVERSAL_MACOS } from '../platform/universal.js';
import type { CrateFacts } from './inputs.js';
import type { NxInput, NxTarget } from './nx-shapes.js';
import { forwarded, targetName } from './targets.js';

/** The executor of the target. */
export const UNIVERSAL_EXECUTOR = 'nx-cargo-cross:universal';

export function universalTargetName(base: string): string {
  return `${base}-${UNIVERSAL_MACOS}`;
}

/**
 * The target. What decides its bytes is what decides those of its two parts and nothing besides, so its inputs are theirs: the key is known before the parts
 * are there, and changes exactly when one of theirs does.
 */
export function makeUniversalTarget({ crate, config, closure, names }: CrateFacts, parts: readonly { readonly build: PlatformBuild; readonly inputs: readonly NxInput[] }[], stale: boolean): NxTarget {
  const name = universalTargetName(config.targetName);
  return {
    executor: UNIVERSAL_EXECUTOR,
    cache: !closure.unreachable && !stale,
    // What is asked of the whole on the command line (--dry-run, --profile) is asked of the parts.
    dependsOn: forwarded(parts.map(({ build }) => targetName(config.targetName, build))),
    options: { platform: UNIVERSAL_MACOS },
    outputs: [`{workspaceRoot}/${config.outDir}/${UNIVERSAL_MACOS}/{projectName}`],
    inputs: joinInputs(parts.flatMap(({ inputs }) => inputs)),
    metadata: {
      description: `Join the artifacts of ${crate.name} for ${parts.map(({ build }) => build.platform.name).join(' and ')} into universal files, and prove them`,
      technologies: ['rust'],
      help: { command: `npx nx run ${names.nameOf(crate.root)}:${name} --help`, example: { options: { dryRun: true } } },
    },
  };
}

/** Each once; external nodes in one input, as Nx reads but one list of them. */
function joinInputs(inputs: readonly NxInput[]): readonly NxInput[] {
  const nodes = inputs.flatMap((input) => (typeof input === 'object' && 'externalDependencies' in input ? input.externalDependencies : []));
  const others = inputs.filter((input) => !(typeof input === 'object' && 'externalDependencies' in input));
  return [...new Map(others.map((input) => [JSON.stringify(input), input])).values(), { externalDependencies: [...new Set(nodes)] }];
}
