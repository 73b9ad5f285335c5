/**
 * What Nx loads. The graph hooks read files and nothing else; everything they conclude is made in `graph/`, which is pure.
 *
 * Nothing is printed here: whatever a graph hook writes to standard output lands in front of the JSON of `nx show projects --json`.
 */
import {
  AggregateCreateNodesError,
  cacheDir,
  DependencyType,
  hashArray,
  validateDependency,
  type CreateDependencies,
  type CreateDependenciesContext,
  type CreateNodesResult,
  type CreateNodesV2,
  type PostTasksExecution,
  type PostTasksExecutionContext,
  type PreTasksExecution,
  type RawProjectGraphDependency,
} from '@nx/devkit';
import { backendOf } from './backend/registry.js';
import type { Failure } from './diagnostics/failure.js';
import { DEFAULT_OUT_DIR } from './config/resolve.js';
import { renderFailures } from './diagnostics/render.js';
import { makeDependencies } from './graph/dependencies.js';
import { EXEC_FILES } from './graph/exec-targets.js';
import type { BackendIdentity } from './graph/identity.js';
import { infer, type Inferred } from './graph/infer.js';
import { digest } from './system/digest.js';
import { outsideConfigAsker } from './system/outside-config.js';
import { readsJsonInputs } from './system/nx-version.js';
import { readOwnVersion } from './system/own-package.js';
import { makeSourceTree, recordTree, type RecordedTree } from './system/source-tree.js';
import { isOurs } from './why/key-part.js';

/** The name under which Nx reports this plugin. */
export const name = 'nx-cargo-cross';

/** The files whose change makes Nx ask again, and which `nx affected` counts as configuration of the project that owns them. */
const CONFIG_GLOB = '**/{Cargo.toml,Cargo.lock,rust-toolchain,rust-toolchain.toml,.cargo/config,.cargo/config.toml,project.json,package.json}';

/** One project per crate, with its cross targets. Fails with one message per file that is wrong; what is whole is in the graph all the same. */
export const createNodes: CreateNodesV2 = [
  CONFIG_GLOB,
  (files, options, context) => {
    const { nodes, failures } = inferOnce(files, options, context.workspaceRoot);
    const results = [...nodes].map(([file, found]): [string, CreateNodesResult] => [file, found as CreateNodesResult]);
    if (failures.length > 0) throw new AggregateCreateNodesError(toFileErrors(failures), results);
    return results;
  },
];

/** The same, under the name that Nx 21 and 22 look for. */
export const createNodesV2 = createNodes;

/** Edges between local crates. */
export const createDependencies: CreateDependencies = (options, context) => {
  const { repository } = inferOnce(allFiles(context), options, context.workspaceRoot);
  const projects = new Map(Object.entries(context.projects).map(([project, { root }]) => [root === '.' ? '' : root, project]));
  return makeDependencies(repository, projects).map((edge): RawProjectGraphDependency => {
    const dependency = { ...edge, type: DependencyType.static };
    validateDependency(dependency, context);
    return dependency;
  });
};

function allFiles({ fileMap }: CreateDependenciesContext): readonly string[] {
  return [...Object.values(fileMap.projectFileMap).flat(), ...fileMap.nonProjectFiles].map(({ file }) => file);
}

/**
 * A guard stands before the remote cache while tasks run, where one is configured.
 *
 * A dry run is never answered from the cache: what Nx would put back with its text is the output as it was at the time of an earlier dry run, over a newer
 * one. Nx reads the variable after this hook has run.
 */
export const preTasksExecution: PreTasksExecution = async (_options, { id, argv }) => {
  const { dropUncovered, openGuard } = await import('./system/remote-runs.js');
  // Of a run that was ended before its own end.
  await dropUncovered(cacheDir, process.env);
  if (isDryRun(argv)) process.env['NX_SKIP_NX_CACHE'] = 'true';
  if (!process.env['NX_SELF_HOSTED_REMOTE_CACHE_SERVER']) return;
  Object.assign(process.env, await openGuard(id, argv, process.env));
};

function isDryRun(argv: readonly string[]): boolean {
  return argv.some((word) => /^--dry-?run(=true)?$/i.test(word));
}

/** Ends the guard, takes out of Nx's cache what was built from more than its key holds, and says so, records what the keys are made of, and holds what came from a cache against its manifests. Fails the run where it is something else. */
export const postTasksExecution: PostTasksExecution = async (options, context) => {
  const { id, workspaceRoot, taskResults } = context;
  const { closeGuard, distrust, dropFromNx, dropUncovered, sayUncovered } = await import('./system/remote-runs.js');
  Object.assign(process.env, await closeGuard(id));
  await dropUncovered(cacheDir, process.env);
  await record(options, context);
  const results = Object.values(taskResults);
  if (results.length > 1) await sayUncovered(results.flatMap(({ status, task }) => (status === 'success' ? (task.hash ?? []) : [])), process.env);
  const restored = results.filter(({ status }) => /^(local|remote)-cache/.test(status));
  if (restored.length === 0) return;
  const { refuseDamaged } = await import('./build/restored.js');
  const outDir = (Object(options) as { readonly outDir?: unknown }).outDir;
  const tasks = restored.map(({ task }) => ({ id: task.id, outputs: task.outputs }));
  const damaged = await refuseDamaged(workspaceRoot, typeof outDir === 'string' ? outDir.replace(/^\.\/|\/+$/g, '') : DEFAULT_OUT_DIR, tasks);
  if (damaged.length === 0) return;
  const wrong = restored.filter(({ task }) => damaged.some((failure) => failure.task === task.id));
  const hashesOf = (results: typeof wrong): readonly string[] => results.flatMap(({ task }) => task.hash ?? []);
  await dropFromNx(hashesOf(wrong), cacheDir);
  await distrust(hashesOf(wrong.filter(({ status }) => status === 'remote-cache')), process.env);
  throw new Error(renderFailures(damaged));
};

/** For `nx-cargo-cross why`. A dry run makes nothing that would have to be explained. */
async function record(options: unknown, { id, workspaceRoot, taskResults, argv, startTime, endTime }: PostTasksExecutionContext): Promise<void> {
  const tasks = Object.values(taskResults);
  if (isDryRun(argv) || !tasks.some(({ task }) => isOurs(task.hashDetails?.nodes ?? {}))) return;
  const { recordRun } = await import('./history/record-run.js');
  await recordRun({
    root: workspaceRoot,
    id,
    started: startTime,
    when: endTime,
    argv,
    tasks,
    env: process.env,
    hashOf: hashArray,
    infer(files) {
      const { nodes, explanations } = inferOnce(files, options, workspaceRoot);
      return { digests: new Map([...nodes.values()].flatMap(({ externalNodes }) => Object.values(externalNodes).map(({ name: node, data }) => [node, data.version]))), explanations };
    },
  });
}

interface Remembered {
  readonly key: string;
  readonly tree: RecordedTree;
  readonly inferred: Inferred;
}

/** The last few results. Each holds for as long as every file and folder that it was made from is as it was, so nobody depends on who asked first. */
const remembered: Remembered[] = [];
const REMEMBERED = 4;

function inferOnce(files: readonly string[], options: unknown, workspaceRoot: string): Inferred {
  const manifests = files.filter((file) => /(^|\/)Cargo\.toml$/.test(file) || EXEC_FILES.test(file)).sort();
  const key = JSON.stringify([workspaceRoot, options, manifests]);
  const now = makeSourceTree(workspaceRoot);
  const known = remembered.find((entry) => entry.key === key && entry.tree.stillTrue(now));
  if (known) return known.inferred;
  const tree = recordTree(now);
  const inferred = infer({ files: manifests, options, tree, digest, pluginVersion: readOwnVersion(), identityOf, askOutsideConfig: outsideConfigAsker(workspaceRoot), readsJson: readsJsonInputs() });
  remembered.unshift({ key, tree, inferred });
  remembered.splice(REMEMBERED);
  return inferred;
}

const identityOf: BackendIdentity = ({ backend, platform, sdk }) => backendOf(backend.id).identity(platform.triple, { sdk });

/** One error per file, as Nx shows them: the file, and below it everything that is wrong in it. */
function toFileErrors(failures: readonly Failure[]): [string | null, Error][] {
  const byFile = new Map<string | null, Failure[]>();
  for (const failure of failures) {
    const file = fileOf(failure);
    byFile.set(file, [...(byFile.get(file) ?? []), failure]);
  }
  return [...byFile].map(([file, found]) => [file, new Error(renderFailures(found))]);
}

function fileOf(failure: Failure): string | null {
  if ('location' in failure) return failure.location.file;
  return 'file' in failure ? failure.file : null;
}
