/** What Nx wrote down of the files and the graph that its keys were made from. */
import { join } from 'node:path';
import { fields } from '../why/record.js';
import { attempt, readFile } from '../system/files.js';
import { workspaceDataFolder } from '../system/kept-graph.js';

type Env = Readonly<Record<string, string | undefined>>;

export interface NxFile {
  readonly file: string;
  readonly hash: string;
}

export interface NxFiles {
  readonly all: readonly NxFile[];
  readonly ofProject: ReadonlyMap<string, readonly NxFile[]>;
}

/** Every file of the workspace with Nx's hash of it, as of the last graph; none where Nx keeps no list. */
export async function nxFiles(root: string, env: Env): Promise<NxFiles> {
  const map = fields(fields(await readJson(join(workspaceDataFolder(root, env), 'file-map.json')))['fileMap']);
  const listed = (list: unknown): readonly NxFile[] => (Array.isArray(list) ? (list as readonly NxFile[]) : []);
  const ofProject = new Map(Object.entries(fields(map['projectFileMap'])).map(([project, list]) => [project, listed(list)]));
  return { all: [...[...ofProject.values()].flat(), ...listed(map['nonProjectFiles'])], ofProject };
}

export interface NxGraph {
  /** By name; what Nx calls `data`. */
  readonly projects: Readonly<Record<string, unknown>>;
  readonly packages: Readonly<Record<string, unknown>>;
}

/** The last graph; empty where Nx keeps none. */
export async function nxGraph(root: string, env: Env): Promise<NxGraph> {
  const graph = fields(await readJson(join(workspaceDataFolder(root, env), 'project-graph.json')));
  const dataOf = (nodes: unknown): Readonly<Record<string, unknown>> => Object.fromEntries(Object.entries(fields(nodes)).map(([name, node]) => [name, fields(node)['data']]));
  return { projects: dataOf(graph['nodes']), packages: dataOf(graph['externalNodes']) };
}

async function readJson(file: string): Promise<unknown> {
  const read = await attempt(async () => JSON.parse(await readFile(file, 'utf8')) as unknown);
  return read.ok ? read.value : undefined;
}
