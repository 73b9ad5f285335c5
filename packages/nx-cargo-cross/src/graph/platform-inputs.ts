/**
 * What a platform adds to the inputs of a target: its external node, the tools, the environment. But for the node they follow from the platform and from a few things about the
 * closure in which most crates are alike, so they are made once for all of them.
 */
import { selectConfigEnv, selectTripleConfig } from '../cargo/cargo-config.js';
import { envNames, envRows, mayCompileC, VARIABLE_LISTS } from '../cargo/env-names.js';
import { ASK_LIBRARY_VARIABLES, mayFindLibraries } from '../cargo/library-variables.js';
import type { CargoWorkspace } from '../cargo/model.js';
import type { WorkspaceDetails } from '../cargo/workspace-model.js';
import type { PlatformBuild } from '../config/resolved.js';
import type { CrateClosure } from './closure.js';
import { backendIdentity, hostIdentity, rustIdentity, usersToolsIdentity, type AskRustc, type BackendIdentity, type IsLocked } from './identity.js';
import type { NxInput } from './nx-shapes.js';
import { profileChain } from './root-settings.js';
import { writtenVariables } from './written-inputs.js';

/** What they are made from, for all crates of a workspace. */
export interface PlatformFacts {
  readonly workspace: CargoWorkspace;
  readonly details: WorkspaceDetails;
  readonly isLocked: IsLocked;
  readonly identityOf: BackendIdentity;
  /** The command that tells what cargo's configuration outside the repository says for a triple. */
  readonly askOutsideConfig: (triple: string) => string;
  readonly askRustc: AskRustc;
}

/** What they are made from besides, for one target. */
export interface PlatformWish {
  readonly build: PlatformBuild;
  readonly closure: CrateClosure;
  /** The name of the target's own external node. */
  readonly node: string;
  readonly shareHosts: boolean;
}

/** Gives the inputs of a target. */
export type PlatformInputs = (wish: PlatformWish) => readonly NxInput[];

/** @param added what targets of this kind have besides, for a platform */
export function makePlatformInputs(facts: PlatformFacts, added: (build: PlatformBuild) => readonly NxInput[] = () => []): PlatformInputs {
  const traitsOf = rememberTraits();
  const inputs = new Map<string, NxInput>();
  const unique = (input: NxInput): readonly [string, NxInput] => {
    const text = JSON.stringify(input);
    const same = inputs.get(text) ?? input;
    inputs.set(text, same);
    return [text, same];
  };
  const known = new Map<PlatformBuild, Map<string, Shared>>();
  return ({ build, closure, node, shareHosts }) => {
    const traits = traitsOf(closure);
    const ofBuild = known.get(build) ?? new Map<string, Shared>();
    known.set(build, ofBuild);
    const key = `${String(shareHosts)} ${traits.key}`;
    const shared = ofBuild.get(key) ?? makeShared(facts, { build, closure, shareHosts }, traits, added(build), unique);
    ofBuild.set(key, shared);
    const nodes: readonly NxInput[] = [{ externalDependencies: [node, ...shared.externals] }];
    return nodes.concat(shared.inputs);
  };
}

interface Shared {
  readonly externals: readonly string[];
  readonly inputs: readonly NxInput[];
}

/** What of a closure they follow from. */
interface Traits {
  readonly localBuildScript: boolean;
  readonly compilesC: boolean;
  readonly findsLibraries: boolean;
  readonly written: readonly string[];
  /** Equal where all of it is. */
  readonly key: string;
}

function rememberTraits(): (closure: CrateClosure) => Traits {
  const known = new Map<CrateClosure, Traits>();
  return (closure) => {
    const traits = known.get(closure) ?? makeTraits(closure);
    known.set(closure, traits);
    return traits;
  };
}

function makeTraits(closure: CrateClosure): Traits {
  const localBuildScript = closure.local.some((found) => found.buildScript);
  const [compilesC, findsLibraries] = [mayCompileC(closure, localBuildScript), mayFindLibraries(closure, localBuildScript)];
  const written = writtenVariables(closure.local);
  const key = JSON.stringify([closure.mayRunOnHost, localBuildScript, compilesC, findsLibraries, envRows(closure, localBuildScript), written]);
  return { localBuildScript, compilesC, findsLibraries, written, key };
}

function makeShared(
  { workspace, details, isLocked, identityOf, askOutsideConfig, askRustc }: PlatformFacts,
  { build, closure, shareHosts }: Omit<PlatformWish, 'node'>,
  { localBuildScript, compilesC, findsLibraries, written }: Traits,
  added: readonly NxInput[],
  unique: (input: NxInput) => readonly [string, NxInput],
): Shared {
  const { triple } = build.platform;
  const backend = backendIdentity(build, workspace, selectTripleConfig(details.config, triple.facts), isLocked, identityOf, askRustc);
  const ofMachine = [
    ...hostIdentity(shareHosts, closure.mayRunOnHost),
    usersToolsIdentity(triple, compilesC),
    askOutsideConfig(triple.name),
    ...(findsLibraries ? [ASK_LIBRARY_VARIABLES] : []),
  ];
  const profiles = profileChain([details.manifest.table, ...details.config.files.map(({ table }) => table)], build.profile);
  const variables = envNames(triple, profiles, closure, localBuildScript);
  // What `[env]` sets gives way to the environment, unless it says `force`.
  const overridable = selectConfigEnv(details.config).filter(({ force }) => !force).map(({ name }) => name);
  const inputs: readonly NxInput[] = [
    ...[...new Set([...rustIdentity(workspace, askRustc), ...backend.runtimes, ...ofMachine])].map((runtime) => ({ runtime })),
    ...nameVariables(new Set([...variables, ...backend.env, ...overridable, ...written])),
    ...added,
  ];
  return { externals: backend.externals, inputs: [...new Map(inputs.map(unique)).values()] };
}

/**
 * Variables that go together, as named inputs of the project. Written out, they are most of what a target says, and Nx copies all that targets say with each command. Nx hashes what a project's named inputs are into the
 * keys of all its tasks, so they hold nothing that depends on the crate.
 */
export const VARIABLE_INPUTS: Readonly<Record<string, readonly NxInput[]>> = Object.fromEntries(Object.entries(VARIABLE_LISTS).map(([name, variables]) => [name, variables.map((env) => ({ env }))]));

function nameVariables(variables: ReadonlySet<string>): readonly NxInput[] {
  const lists = Object.entries(VARIABLE_LISTS).filter(([, names]) => names.every((name) => variables.has(name)));
  const named = new Set(lists.flatMap(([, names]) => names));
  return [...lists.map(([name]) => name), ...[...variables].filter((name) => !named.has(name)).map((env) => ({ env }))];
}
