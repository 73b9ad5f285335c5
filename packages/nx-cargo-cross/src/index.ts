/**
 * What Nx loads. The graph hooks read files and nothing else; everything they conclude is made in `graph/`, which is pure.
 *
 * Nothing is printed here: whatever a graph hook writes to standard output lands in front of the JSON of `nx show projects --json`.
 */
import type {
  CreateDependencies,
  CreateDependenciesContext,
  CreateNodesResult,
  CreateNodesV2,
  DependencyType,
  PostTasksExecution,
  PostTasksExecutionContext,
  PreTasksExecution,
  RawProjectGraphDependency,
} from '@nx/devkit';
import { join } from 'node:path';
import { backendOf } from './backend/registry.js';
import type { SourceTree } from './cargo/source-tree.js';
import type { Failure } from './diagnostics/failure.js';
import { DEFAULT_OUT_DIR } from './config/resolve.js';
import { renderFailures } from './diagnostics/render.js';
import { makeDependencies, type LinkedCrate } from './graph/dependencies.js';
import { EXEC_FILES } from './graph/exec-targets.js';
import type { BackendIdentity } from './graph/identity.js';
import { infer, type Inferred } from './graph/infer.js';
import type { Explanations } from './graph/nx-shapes.js';
import { packNodes, unpackNodes, type PackedNodes } from './graph/pack-nodes.js';
import { digest } from './system/digest.js';
import { keepGraph, readKeptGraph, workspaceDataFolder } from './system/kept-graph.js';
import { outsideConfigAsker, rustcAsker } from './system/key-programs.js';
import { readsJsonInputs } from './system/nx-version.js';
import { ownIdentity, readOwnVersion } from './system/own-package.js';
import { makeSourceTree } from './system/source-tree.js';
import { recordTree, stillTrue, type ReadNote } from './system/tree-record.js';
import { isOurs } from './why/key-part.js';

/** The name under which Nx reports this plugin. */
export const name = 'nx-cargo-cross';

/** The files whose change makes Nx ask again, and which `nx affected` counts as configuration of the project that owns them. */
const CONFIG_GLOB = '**/{Cargo.toml,Cargo.lock,rust-toolchain,rust-toolchain.toml,.cargo/config,.cargo/config.toml,project.json,package.json}';

/** Hundreds of modules, and needed by no graph in which all is well. */
const devkit = (): Promise<typeof import('@nx/devkit')> => import('@nx/devkit');

/** What each run needs of it, from where Nx's own worker has it loaded (Nx 24.0.6: `devkit-exports.js` passes on the very same). Nx 22.0.0, 22.3.0 and 22.6.0 have nothing by these names; 22.7.12 has. */
const nxCacheFolder = async (): Promise<string> => (await import('nx/src/utils/cache-directory').catch(devkit)).cacheDir;
const nxHash = async (): Promise<(parts: string[]) => string> => (await import('nx/src/hasher/file-hasher').catch(devkit)).hashArray;

/** One project per crate, with its cross targets. Fails with one message per file that is wrong; what is whole is in the graph all the same. */
export const createNodes: CreateNodesV2 = [
  CONFIG_GLOB,
  async (files, options, context) => {
    const { nodes, failures } = graphOf(askGraph(files, options, context.workspaceRoot));
    const results = [...nodes].map(([file, found]): [string, CreateNodesResult] => [file, found as CreateNodesResult]);
    if (failures.length === 0) return results;
    const { AggregateCreateNodesError } = await devkit();
    throw new AggregateCreateNodesError(toFileErrors(failures), results);
  },
];

/** The same, under the name that Nx 21 and 22 look for. */
export const createNodesV2 = createNodes;

/** Edges between local crates. */
export const createDependencies: CreateDependencies = (options, context) => {
  const question = askGraph(allFiles(context), options, context.workspaceRoot);
  // Edges belong to the very projects that Nx has just been given.
  const { crates } = remembered.get(question.key) ?? graphOf(question);
  const projects = new Map(Object.entries(context.projects).map(([project, { root }]) => [root === '.' ? '' : root, project]));
  // Nx looks at each edge once more (nx 24.0.6, 23.3.2 and 22.7.12, project-graph-builder.js).
  return makeDependencies(crates, projects).map((edge): RawProjectGraphDependency => ({ ...edge, type: edge.type as DependencyType }));
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
  await dropUncovered(await nxCacheFolder(), process.env);
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
  const cacheDir = await nxCacheFolder();
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
    hashOf: await nxHash(),
    infer(files) {
      const question = askGraph(files, options, workspaceRoot);
      // A graph that was kept has no explanations.
      const { nodes, explanations = inferNow(question, makeSourceTree(workspaceRoot)).explanations } = graphOf(question);
      return { digests: new Map([...nodes.values()].flatMap(({ externalNodes }) => Object.values(externalNodes).map(({ name: node, data }) => [node, data.version]))), explanations };
    },
  });
}

interface Question {
  readonly workspaceRoot: string;
  readonly options: unknown;
  /** Of those that Nx lists, the ones that count. */
  readonly files: readonly string[];
  /** All of it, as text. */
  readonly key: string;
}

function askGraph(listed: readonly string[], options: unknown, workspaceRoot: string): Question {
  const files = listed.filter((file) => /(^|\/)Cargo\.toml$/.test(file) || EXEC_FILES.test(file)).sort();
  return { workspaceRoot, options, files, key: JSON.stringify([workspaceRoot, options, files]) };
}

/** What the graph hooks need of what was inferred. */
interface Graph extends Pick<Inferred, 'nodes' | 'failures'> {
  readonly crates: readonly LinkedCrate[];
  readonly notes: readonly ReadNote[];
  readonly explanations?: Explanations;
}

/** The last few graphs, by question. Each holds for as long as every file and folder that it was made from is as it was, so nobody depends on who asked first. */
const remembered = new Map<string, Graph>();
const REMEMBERED = 4;

/** From so many files on a graph takes longer to make than to read. */
const KEPT_FROM = 100;

function graphOf(question: Question): Graph {
  const { key, workspaceRoot, files } = question;
  const before = remembered.get(key);
  const graph = before && stillTrue(workspaceRoot, before.notes) ? before : files.length < KEPT_FROM ? makeGraph(question) : keptGraph(question);
  remembered.delete(key);
  remembered.set(key, graph);
  for (const oldest of [...remembered.keys()].slice(0, -REMEMBERED)) remembered.delete(oldest);
  return graph;
}

function makeGraph(question: Question): Graph {
  const { tree, notes } = recordTree(question.workspaceRoot);
  const { nodes, failures, repository, explanations } = inferNow(question, tree);
  const crates = repository.workspaces.flatMap((workspace) => workspace.crates).map(({ root, manifest, dependencies }) => ({ root, manifest, dependencies }));
  return { nodes, failures, crates, notes: notes(), explanations };
}

/** The graph that another process kept; or a new one, for the next. */
function keptGraph(question: Question): Graph {
  const { workspaceRoot, options } = question;
  const file = join(workspaceDataFolder(workspaceRoot, process.env), `nx-cargo-cross-${digest(JSON.stringify([workspaceRoot, options])).slice(0, 16)}.json`);
  const key = digest(JSON.stringify([question.key, ownIdentity(), readsJsonInputs()]));
  const kept = process.env['NX_CACHE_PROJECT_GRAPH'] === 'false' ? undefined : readKeptGraph(file, workspaceRoot, key);
  if (kept) {
    const { packed, crates } = JSON.parse(kept.text) as { readonly packed: PackedNodes; readonly crates: Graph['crates'] };
    return { nodes: unpackNodes(packed), failures: [], crates, notes: kept.notes };
  }
  const graph = makeGraph(question);
  // What is wrong is told with what is there to be seen, each time anew.
  if (graph.failures.length === 0) keepGraph(file, { key, notes: graph.notes, text: JSON.stringify({ packed: packNodes(graph.nodes), crates: graph.crates }) });
  return graph;
}

function inferNow({ files, options, workspaceRoot }: Question, tree: SourceTree): Inferred {
  return infer({ files, options, tree, digest, pluginVersion: readOwnVersion(), identityOf, askOutsideConfig: outsideConfigAsker(workspaceRoot), askRustc: rustcAsker(workspaceRoot), readsJson: readsJsonInputs() });
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
