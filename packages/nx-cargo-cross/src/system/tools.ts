/** Finds the tools that backends need, in the places they name. */
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import type { FolderCandidate, FoundPart, FoundTool, ToolCandidate, ToolNeed } from '../backend/contract.js';
import { expand, findBeside, findFolder } from './folders.js';
import { readTextNow } from './files-now.js';
import { attempt, isExecutableFile, listDirectory, readFile } from './files.js';
import { runCaptured } from './process.js';

export type ToolProbe =
  | { readonly found: true; readonly tool: FoundTool }
  | { readonly found: false; readonly searched: readonly string[] }
  | { readonly found: 'broken'; readonly path: string; readonly message: string };

/** Looks for one tool; the first candidate that is there is taken, and asked for its version. */
export async function probeTool(need: ToolNeed, workspaceRoot: string, env: Readonly<Record<string, string>>): Promise<ToolProbe> {
  const searched: string[] = [];
  for (const candidate of need.candidates) {
    const place = await locate(candidate, workspaceRoot, env);
    searched.push(place.searched);
    if (place.unusable !== undefined) return { found: 'broken', path: place.unusable, message: place.why ?? `${place.searched} names no file that can be run` };
    if (place.path === undefined) continue;
    const toolEnv = place.env;
    const parts = need.parts ? { parts: await findParts(place.path, need.parts) } : {};
    if (!need.version) return { found: true, tool: { path: place.path, version: '', env: toolEnv, ...place.by, ...parts } };
    if ('file' in need.version) return readVersion(place.path, need.version, parts);
    const answer = await runCaptured({ command: place.path, args: need.version.args, cwd: workspaceRoot, env: { ...env, ...toolEnv } });
    const version = need.version.pattern.exec(`${answer.stdout}\n${answer.stderr}`)?.[1];
    if (answer.exitCode === 0 && version !== undefined) {
      const tool = { path: place.path, version, env: toolEnv, ...place.by };
      return { found: true, tool: need.asks ? { ...tool, answers: await askAll(tool, need.asks, workspaceRoot, env) } : tool };
    }
    const code = answer.exitCode === 0 ? 'no version in what it printed' : `exit code ${answer.exitCode ?? answer.signal ?? '?'}`;
    const said = (answer.spawnError ?? answer.stderr.trim().split('\n').at(-1)) || code;
    return { found: 'broken', path: place.path, message: said };
  }
  return { found: false, searched: [...new Set(searched)] };
}

/** The answers of a tool to all questions that it answers. */
async function askAll({ path, env: own }: FoundTool, asks: NonNullable<ToolNeed['asks']>, cwd: string, env: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  const answers = await Promise.all(
    Object.entries(asks).map(async ([key, { args, pattern }]) => {
      const { stdout } = await runCaptured({ command: path, args, cwd, env: { ...env, ...own } });
      const said = pattern.exec(stdout)?.[1];
      return said === undefined ? [] : [[key, said] as const];
    }),
  );
  return Object.fromEntries(answers.flat());
}

async function findParts(folder: string, wanted: NonNullable<ToolNeed['parts']>): Promise<NonNullable<FoundTool['parts']>> {
  const found: Record<string, FoundPart> = {};
  for (const [key, part] of Object.entries(wanted)) {
    const path = await findFolder(folder, part.path, '');
    if (path === undefined) continue;
    const text = part.text ? await attempt(() => readFile(path, 'utf8')) : undefined;
    found[key] = { path, ...(text?.ok ? { text: text.value } : {}) };
  }
  return found;
}

async function readVersion(folder: string, { file, pattern }: { readonly file: string; readonly pattern: RegExp }, parts: Partial<Pick<FoundTool, 'parts'>>): Promise<ToolProbe> {
  const path = join(folder, file);
  const text = await attempt(() => readFile(path, 'utf8'));
  if (!text.ok) return { found: 'broken', path, message: text.cause };
  const version = pattern.exec(text.value)?.[1];
  return version === undefined ? { found: 'broken', path, message: 'no version in it' } : { found: true, tool: { path: folder, version, env: {}, ...parts } };
}

/** The first file of that name on the PATH, or undefined. */
export async function findOnPath(name: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', '.bat', ''] : [''];
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const suffix of suffixes) {
      const path = join(folder, name + suffix);
      if (await isExecutableFile(path)) return path;
    }
  }
  return undefined;
}

/** The highest `<name>-<number>` on the PATH: what a machine has where only the versioned package is installed. */
async function findNumberedOnPath(name: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  const numbered: { readonly number: number; readonly path: string }[] = [];
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter((path) => isAbsolute(path))) {
    for (const entry of await listDirectory(folder)) {
      const number = entry.startsWith(`${name}-`) ? /^(\d+)(\.exe)?$/.exec(entry.slice(name.length + 1))?.[1] : undefined;
      if (number !== undefined) numbered.push({ number: Number(number), path: join(folder, entry) });
    }
  }
  // Sorting is stable: of equal numbers the one that comes first on the PATH stays first.
  return firstExecutable(numbered.sort((a, b) => b.number - a.number).map(({ path }) => path));
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await isExecutableFile(path)) return path;
  return undefined;
}

interface Place {
  readonly searched: string;
  readonly path: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** How it was found, as the tool tells it. */
  readonly by?: Pick<FoundTool, 'npm' | 'named'>;
  /** What the user named for the tool, where it is none: taking another without a word would not be what was asked for. */
  readonly unusable?: string;
  readonly why?: string;
}

async function locate(candidate: ToolCandidate, workspaceRoot: string, env: Readonly<Record<string, string>>): Promise<Place> {
  switch (candidate.from) {
    case 'env': {
      const named = env[candidate.variable] ?? '';
      const searched = `$${candidate.variable}`;
      if (named === '') return { searched, path: undefined, env: {} };
      const path = resolve(workspaceRoot, named);
      return (await isExecutableFile(path)) ? { searched, path, env: {}, by: { named: true } } : { searched, path: undefined, env: {}, unusable: named };
    }
    case 'path':
      return {
        searched: `${candidate.name} on the PATH`,
        path: (await findOnPath(candidate.name, env)) ?? (candidate.versions ? await findNumberedOnPath(candidate.name, env) : undefined),
        env: {},
      };
    case 'file':
      return { searched: candidate.path, path: await firstExecutable(await expand('/', candidate.path)), env: {} };
    case 'npm':
      return locateInPackage(candidate, workspaceRoot);
    case 'folder':
      return locateFolder(candidate, workspaceRoot, env);
    case 'beside':
      return { searched: `${candidate.program} on the PATH`, path: await findBeside(candidate, env), env: {} };
    case 'python':
      return { searched: `Python package ${candidate.module}`, path: await locateInPython(candidate, env), env: {} };
  }
}

async function locateFolder({ at, below = '', holds, binding }: FolderCandidate, workspaceRoot: string, env: Readonly<Record<string, string>>): Promise<Place> {
  const named = 'variable' in at ? (env[at.variable] ?? '') : at.path.replace(/^~(?=\/|$)/, env['HOME'] ?? homedir());
  // Of a folder and what lies in it, the folder alone is named: people look there.
  const searched = [('variable' in at ? `$${at.variable}` : at.path), below.replace(/\/?\*$/, '')].filter((part) => part !== '').join('/');
  if (named === '') return { searched, path: undefined, env: {} };
  const path = await findFolder(resolve(workspaceRoot, named), below, holds);
  if (path === undefined && binding) return { searched, path, env: {}, unusable: named, why: `there is no ${holds} in it, and ${'variable' in at ? `$${at.variable}` : 'the configuration'} names it` };
  return { searched, path, env: {} };
}

async function locateInPackage(candidate: Extract<ToolCandidate, { from: 'npm' }>, workspaceRoot: string): Promise<Place> {
  const searched = `npm package ${candidate.via}`;
  const folder = packageFolder(candidate.package, candidate.via, workspaceRoot);
  const path = folder === undefined ? undefined : join(folder, candidate.file);
  if (path === undefined || !(await isExecutableFile(path))) return { searched, path: undefined, env: {} };
  const by = { npm: packageVersion(candidate.via, workspaceRoot) };
  if (!candidate.companion) return { searched, path, env: {}, by };
  const companion = packageFolder(candidate.companion.package, candidate.via, workspaceRoot);
  if (companion === undefined) return { searched: `${searched} with ${candidate.companion.package}`, path: undefined, env: {} };
  return { searched, path, env: { [candidate.companion.variable]: join(companion, candidate.companion.directory) }, by };
}

/** The folder of an npm package as Node resolves it from the workspace root, or from another package there. */
function packageFolder(name: string, via: string, workspaceRoot: string): string | undefined {
  const direct = resolveFile(`${name}/package.json`, join(workspaceRoot, 'package.json'));
  if (direct !== undefined) return dirname(direct);
  const parent = resolveFile(`${via}/package.json`, join(workspaceRoot, 'package.json'));
  const indirect = parent === undefined ? undefined : resolveFile(`${name}/package.json`, parent);
  return indirect === undefined ? undefined : dirname(indirect);
}

/** Of a package as Node resolves it from the workspace root; empty where its manifest says none. */
function packageVersion(name: string, workspaceRoot: string): string {
  const file = resolveFile(`${name}/package.json`, join(workspaceRoot, 'package.json'));
  return (file === undefined ? undefined : /"version":\s*"([^"]*)"/.exec(readTextNow(file) ?? '')?.[1]) ?? '';
}

function resolveFile(request: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(request);
  } catch {
    return undefined;
  }
}

async function locateInPython(candidate: Extract<ToolCandidate, { from: 'python' }>, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  for (const python of ['python3', 'python']) {
    const interpreter = await findOnPath(python, env);
    if (interpreter === undefined) continue;
    const script = 'import importlib.util,os,sys; s=importlib.util.find_spec(sys.argv[1]); print(os.path.dirname(s.origin) if s and s.origin else "")';
    const answer = await runCaptured({ command: interpreter, args: ['-c', script, candidate.module], env });
    const path = answer.exitCode === 0 && answer.stdout.trim() ? join(answer.stdout.trim(), candidate.file) : undefined;
    if (path !== undefined && (await isExecutableFile(path))) return path;
  }
  return undefined;
}
