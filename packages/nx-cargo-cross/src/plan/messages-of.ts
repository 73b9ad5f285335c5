/** Which messages of a cargo call tell of one build's units. Messages name package and target, and the platform only by the folder of the files that they tell of. */
import type { ArtifactMessage, BuildScriptMessage } from '../cargo/messages.js';
import type { UnitGraph } from './unit-graph.js';

export interface Messages {
  readonly messages: readonly ArtifactMessage[];
  readonly scripts: readonly BuildScriptMessage[];
}

export interface Whose {
  readonly graph: UnitGraph;
  readonly triple: string;
  /** Of all builds of the call. */
  readonly triples: readonly string[];
  readonly profile: string;
}

/** The messages of the build's own units, those of the machine that builds included. */
export function messagesOf({ messages, scripts }: Messages, { graph, triple, triples, profile }: Whose): Messages {
  const folder = PROFILE_FOLDERS[profile] ?? profile;
  const tripleOf = (path: string): string | undefined => triples.find((one) => path.replaceAll('\\', '/').includes(`/${one}/${folder}/`));
  const units = new Set(graph.units.map((unit) => nameOf(unit.packageId, unit.mode === RUN ? [RUN] : [unit.targetName, ...unit.targetKinds], unit.triple)));
  const isOwn = (packageId: string, target: readonly string[], path: string): boolean => {
    const of = tripleOf(path);
    return (of === undefined || of === triple) && units.has(nameOf(packageId, target, of));
  };
  return {
    messages: messages.filter(({ packageId, targetName, targetKinds, filenames }) => isOwn(packageId, [targetName, ...targetKinds], filenames[0] ?? '')),
    scripts: scripts.filter(({ packageId, outDir }) => isOwn(packageId, [RUN], outDir)),
  };
}

const RUN = 'run-custom-build';

/** Source: the Cargo book, "Profiles": two built-in profiles share the folder of another. */
const PROFILE_FOLDERS: Readonly<Record<string, string>> = { dev: 'debug', test: 'debug', bench: 'release' };

function nameOf(packageId: string, target: readonly string[], triple: string | undefined): string {
  return JSON.stringify([packageId, target, triple ?? null]);
}
