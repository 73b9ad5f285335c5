/** Repositories in memory, read and inferred as the plugin does it. */
import { backendOf } from '../backend/registry.js';
import type { BackendIdentity } from '../graph/identity.js';
import { canonicalJson } from '../cargo/canonical.js';
import { surveyRepository, type Repository, type Survey } from '../cargo/workspace-model.js';
import type { CargoWorkspace, Crate } from '../cargo/model.js';
import { renderFailures } from '../diagnostics/render.js';
import type { Failure } from '../diagnostics/failure.js';
import { EXEC_FILES } from '../graph/exec-targets.js';
import { infer, type Inferred } from '../graph/infer.js';
import type { NxInput, NxProject, NxTarget } from '../graph/nx-shapes.js';
import { VARIABLE_INPUTS } from '../graph/platform-inputs.js';
import { aTree, manifestsOf, type Files } from './tree.js';

/** What the plugin reads from the files. */
export function surveyOf(files: Files): Survey {
  return surveyRepository(manifestsOf(files), aTree(files));
}

/** The same for files in which nothing is wrong. */
export function repositoryOf(files: Files): Repository {
  const { repository, failures } = surveyOf(files);
  if (failures.length > 0) throw new Error(renderFailures(failures));
  return repository;
}

/** A crate by its root, with its workspace. */
export function crateOf(repository: Repository, root: string): { readonly workspace: CargoWorkspace; readonly crate: Crate } {
  for (const workspace of repository.workspaces) {
    const crate = workspace.crates.find((candidate) => candidate.root === root);
    if (crate) return { workspace, crate };
  }
  throw new Error(`no crate in ${root}`);
}

const identityOf: BackendIdentity = ({ backend, platform, sdk }) => backendOf(backend.id).identity(platform.triple, { sdk });

/** What the plugin adds to Nx's graph for the files. The digest keeps the text, so that a test that fails shows what went into it. */
export function inferOf(files: Files, options?: unknown, readsJson = true): Inferred {
  const nxJson = options === undefined ? {} : { 'nx.json': JSON.stringify({ plugins: [{ plugin: 'nx-cargo-cross', options }] }, null, 2) };
  const tree = aTree({ ...nxJson, ...files });
  return infer({ files: [...manifestsOf(files), ...Object.keys(files).filter((file) => EXEC_FILES.test(file))], options, tree, digest: (text) => `<${text}>`, pluginVersion: '0.1.0', identityOf, askOutsideConfig: (triple) => `outside ${triple}`, askRustc: (...words) => ['ask rustc', ...words].join(' '), readsJson });
}

/** All projects by root. */
export function projectsOf({ nodes, failures }: Inferred): Readonly<Record<string, NxProject>> {
  if (failures.length > 0) throw new Error(renderFailures(failures));
  return Object.assign({}, ...[...nodes.values()].map(({ projects }) => projects)) as Record<string, NxProject>;
}

/** The project in a folder. */
export function projectOf(inferred: Inferred, root: string): NxProject {
  const project = projectsOf(inferred)[root];
  if (!project) throw new Error(`no project in ${root}`);
  return project;
}

/** A target of the project in a folder. */
export function targetOf(inferred: Inferred, root: string, name: string): NxTarget {
  const target = projectOf(inferred, root).targets?.[name];
  if (!target) throw new Error(`no target ${root}:${name}`);
  return target;
}

/** The digest behind each task that builds, by the name of its external node without the prefix: `crates/app:aarch64-linux`. */
export function digestsOf({ nodes }: Inferred): Readonly<Record<string, string>> {
  const external = [...nodes.values()].flatMap(({ externalNodes }) => Object.values(externalNodes)).filter(({ name }) => name.startsWith('cargo-closure:'));
  return Object.fromEntries(external.map(({ name, data }) => [name.replace('cargo-closure:', ''), data.hash]));
}

/** What the same tasks' nodes are made of in words, but for which package depends on which. */
export function explanationsOf({ explanations }: Inferred): Readonly<Record<string, string>> {
  const builds = [...explanations].filter(([name]) => name.startsWith('cargo-closure:'));
  return Object.fromEntries(builds.map(([name, explain]) => [name.replace('cargo-closure:', ''), canonicalJson({ ...(explain() as object), closure: undefined })]));
}

/** The inputs of one kind, those of named lists included: `inputsOf(target, 'runtime')` gives the commands. */
export function inputsOf(target: NxTarget, kind: 'env' | 'runtime'): readonly string[] {
  return (target.inputs ?? []).flatMap((input: NxInput) => (typeof input === 'string' ? (VARIABLE_INPUTS[input] ?? []) : [input])).flatMap((input: NxInput) => {
    const value: unknown = typeof input === 'object' ? Object.entries(input).find(([key]) => key === kind)?.[1] : undefined;
    return typeof value === 'string' ? [value] : [];
  });
}

/** Failures as `code file:line`, with the word or key that they are about: short enough to be listed in a table of cases. */
export function summaries(failures: readonly Failure[]): readonly string[] {
  return failures.map((failure) => {
    const location = 'location' in failure ? failure.location : undefined;
    const place = [location?.file, location?.line].filter((part) => part !== undefined).join(':');
    const about = 'word' in failure ? ` ${failure.kind} ${failure.word} -> ${failure.nearest ?? '?'}` : 'key' in failure ? ` ${failure.key}` : '';
    return `${failure.code} ${place}${about}`;
  });
}
