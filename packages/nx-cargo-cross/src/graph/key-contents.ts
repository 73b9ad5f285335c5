/**
 * What a task's key holds, as Nx itself understands the target's inputs: whichever plugin, project.json or target default they are from.
 * Source: Nx's reference, "Inputs"; measured with Nx 24.0.6.
 */
import picomatch from 'picomatch';
import { isWithin } from '../cargo/paths.js';

/** As much of a project as inputs speak of. */
export interface KeyProject {
  /** `.` is the Nx workspace root. */
  readonly root: string;
  readonly tags?: readonly string[];
  readonly namedInputs?: Readonly<Record<string, readonly unknown[]>>;
}

export interface KeySource {
  /** The target's, as Nx has them. */
  readonly inputs: readonly unknown[];
  /** The name of the target's project. */
  readonly project: string;
  readonly projects: Readonly<Record<string, KeyProject>>;
  /** Those of nx.json. */
  readonly namedInputs: Readonly<Record<string, readonly unknown[]>>;
  /** Names of the projects that a project depends on, directly. */
  readonly dependenciesOf: (project: string) => readonly string[];
}

/** `taken-out`: some input names it, and a negation beside that takes it out. */
export type Held = 'held' | 'taken-out' | 'absent';

export interface KeyContents {
  /** @param path relative to the Nx workspace root */
  file(path: string): Held;
  /** Whether it counts though git ignores it: as another task's output, or by an input that says so. */
  ignoredFile(path: string): boolean;
  readonly variables: ReadonlySet<string>;
  /** Whose output is hashed. */
  readonly commands: ReadonlySet<string>;
}

/** Filesets that Nx looks at together: a negation takes out of its own group alone. */
interface Group {
  /** Whose files; undefined: all of the workspace. */
  readonly owner: string | undefined;
  readonly in: string[];
  readonly out: string[];
  readonly ignoredToo: string[];
}

/** Reads a target's inputs. What is not known here counts for nothing. */
export function readKey(source: KeySource): KeyContents {
  const reading: Reading = { source, groups: [], outputs: [], variables: new Set(), commands: new Set() };
  readInputs(reading, source.project, source.inputs);
  const roots = Object.values(source.projects).map(({ root }) => folderOf(root));
  const ownerOf = (path: string): string | undefined => roots.filter((root) => isWithin(path, root)).sort((a, b) => b.length - a.length)[0];
  const tests = reading.groups.map((group) => ({ owner: group.owner, isIn: matcher(group.in), isOut: matcher(group.out), isIgnoredIn: matcher(group.ignoredToo) }));
  const isOutput = matcher(reading.outputs);
  return {
    file(path) {
      const owner = ownerOf(path);
      const naming = tests.filter((group) => (group.owner === undefined || group.owner === owner) && group.isIn(path));
      if (naming.length === 0) return 'absent';
      return naming.some(({ isOut }) => !isOut(path)) ? 'held' : 'taken-out';
    },
    ignoredFile: (path) => isOutput(path) || tests.some(({ isIgnoredIn, isOut }) => isIgnoredIn(path) && !isOut(path)),
    variables: reading.variables,
    commands: reading.commands,
  };
}

interface Reading {
  readonly source: KeySource;
  readonly groups: Group[];
  readonly outputs: string[];
  readonly variables: Set<string>;
  readonly commands: Set<string>;
}

function readInputs(reading: Reading, project: string, inputs: readonly unknown[]): void {
  const root = folderOf(reading.source.projects[project]?.root ?? '.');
  const own: Group = { owner: root, in: [], out: [], ignoredToo: [] };
  const shared: Group = { owner: undefined, in: [], out: [], ignoredToo: [] };
  reading.groups.push(own, shared);
  const seen = new Set<string>();
  const readOne = (input: unknown): void => {
    if (typeof input === 'string') return readText(input);
    const { fileset, input: name, projects, dependencies, env, runtime, dependentTasksOutputFiles, includeIgnored } = Object(input) as Readonly<Record<string, unknown>>;
    if (typeof fileset === 'string') return dependencies === true ? ofDependencies(fileset) : readFileset(fileset, includeIgnored === true);
    if (typeof env === 'string') return void reading.variables.add(env);
    if (typeof runtime === 'string') return void reading.commands.add(runtime);
    if (typeof dependentTasksOutputFiles === 'string') return void reading.outputs.push(dependentTasksOutputFiles);
    if (typeof name !== 'string') return;
    if (projects !== undefined) for (const other of selectProjects(reading.source.projects, project, projects)) readInputs(reading, other, [name]);
    else if (dependencies === true) ofDependencies(name);
    else readText(name);
  };
  const readText = (text: string): void => {
    if (text.startsWith('^')) return ofDependencies(text.slice(1));
    if (/^!?\{(projectRoot|workspaceRoot)\}/.test(text)) return readFileset(text, false);
    if (seen.has(text)) return;
    seen.add(text);
    for (const input of namedInput(reading.source, project, text)) readOne(input);
  };
  const readFileset = (text: string, ignoredToo: boolean): void => {
    const [, not, of, rest = ''] = /^(!?)\{(projectRoot|workspaceRoot)\}\/?(.*)$/.exec(text) ?? [];
    if (of === undefined) return;
    const group = of === 'projectRoot' ? own : shared;
    const glob = of === 'projectRoot' && root !== '' ? `${literal(root)}/${rest}` : rest;
    // A name without a glob is a file, or a folder with all below it.
    const globs = /[*?[{]/.test(rest) ? [glob] : [glob, `${glob.replace(/\/$/, '')}/**/*`];
    (not === '!' ? group.out : group.in).push(...globs);
    if (ignoredToo) group.ignoredToo.push(...globs);
  };
  const ofDependencies = (text: string): void => {
    for (const other of transitive(reading.source, project)) readInputs(reading, other, [text]);
  };
  for (const input of inputs) readOne(input);
}

function namedInput({ projects, namedInputs }: KeySource, project: string, name: string): readonly unknown[] {
  return projects[project]?.namedInputs?.[name] ?? namedInputs[name] ?? (name === 'default' ? ['{projectRoot}/**/*'] : []);
}

/** Names, `tag:<tag>`, globs; `self` of older versions. */
function selectProjects(projects: KeySource['projects'], self: string, selector: unknown): readonly string[] {
  const words = (Array.isArray(selector) ? selector : [selector]).filter((word) => typeof word === 'string');
  return Object.entries(projects).flatMap(([name, { tags = [] }]) =>
    words.some((word) => (word === 'self' ? name === self : word.startsWith('tag:') ? tags.some((tag) => picomatch.isMatch(tag, word.slice(4), { dot: true }) || tag === word.slice(4)) : name === word || picomatch.isMatch(name, word)))
      ? [name]
      : [],
  );
}

function transitive({ dependenciesOf }: KeySource, project: string): readonly string[] {
  const reached = new Set(dependenciesOf(project));
  for (const name of reached) for (const next of dependenciesOf(name)) reached.add(next);
  reached.delete(project);
  return [...reached];
}

function matcher(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  return picomatch([...new Set(globs)], { dot: true });
}

function folderOf(root: string): string {
  return root === '.' ? '' : root;
}

/** A folder's name, in which nothing is a glob. */
function literal(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@]/g, '\\$&');
}
