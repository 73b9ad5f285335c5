/**
 * The nodes of a graph as little text: what the targets of a thousand crates have in common stands once. Packed and unpacked they are what they were, and what was one object is one again.
 */
import { makeDigestNode } from './closure-node.js';
import type { NxInput, NxNodes, NxProject, NxTarget } from './nx-shapes.js';

/** Plain data, for JSON. */
export interface PackedNodes {
  /** Inputs that several targets may have. */
  readonly inputs: readonly NxInput[];
  /** Lists of such inputs, by number. */
  readonly lists: readonly (readonly number[])[];
  /** Targets without inputs that several of them may have, and with blanks for names. */
  readonly shells: readonly Shell[];
  readonly files: readonly PackedFile[];
}

interface Shell {
  readonly name: string;
  readonly target: NxTarget;
  readonly description: string;
  readonly command: string;
  /** The input that names external nodes, which stands in the middle of the others. */
  readonly externals: readonly string[] | null;
}

type PackedFile = readonly [file: string, projects: readonly PackedProject[], nodes: readonly (readonly [name: string, hash: string])[]];
type PackedProject = readonly [root: string, project: NxProject, namedInputs: readonly (readonly [name: string, list: number])[], targets: readonly PackedTarget[] | null];
/** By their numbers: the shell, the list of inputs before the external nodes, the list of those behind them. */
type PackedTarget = readonly [shell: number, before: number, behind: number];

/** Stand for the name and the root of a project. What holds one of them itself is not taken for a blank: such names cargo and Nx refuse. */
const [NAME, ROOT] = ['\u0001', '\u0002'];
const BLANKS = /([\u0001\u0002])/;

export function packNodes(nodes: ReadonlyMap<string, NxNodes>): PackedNodes {
  const [inputs, shells] = [numbering<NxInput>(), numbering<string>()];
  const lists = listNumbering(inputs);
  const packTarget = (blank: (text: string) => string, name: string, target: NxTarget): PackedTarget => {
    const all = target.inputs ?? [];
    const own = all.findIndex((input) => typeof input === 'object' && 'externalDependencies' in input);
    const { metadata } = target;
    const shell: Shell = {
      name,
      target: emptied(target),
      description: blank(metadata?.description ?? ''),
      command: blank(metadata?.help?.command ?? ''),
      externals: own < 0 ? null : externalsOf(all[own]).map(blank),
    };
    const number = shells.of(JSON.stringify(shell));
    return [number, lists.of(`${number} before`, all.slice(0, Math.max(own, 0))), lists.of(`${number} behind`, all.slice(own + 1))];
  };
  const packProject = ([root, project]: readonly [string, NxProject]): PackedProject => {
    const { name = '', targets, namedInputs } = project;
    const lent = Object.entries(namedInputs ?? {}).map(([key, list]) => [key, lists.of(key, list)] as const);
    const rest = namedInputs ? { ...project, namedInputs: {} } : project;
    if (!targets) return [root, rest, lent, null];
    const blank = (text: string): string => (name === '' ? text : text.replaceAll(root, ROOT).replaceAll(name, NAME));
    return [root, { ...rest, targets: {} }, lent, Object.entries(targets).map(([key, target]) => packTarget(blank, key, target))];
  };
  const files = [...nodes].map(([file, { projects, externalNodes }]): PackedFile => [
    file,
    Object.entries(projects).map(packProject),
    Object.values(externalNodes).map(({ name, data }) => [name, data.hash]),
  ]);
  return { inputs: inputs.all(), lists: lists.all(), shells: shells.all().map((text) => JSON.parse(text) as Shell), files };
}

export function unpackNodes({ inputs, lists, shells, files }: PackedNodes): ReadonlyMap<string, NxNodes> {
  const whole = lists.map((list) => list.flatMap((number) => inputs[number] ?? []));
  const forms = shells.map((shell) => ({ ...shell, description: partsOf(shell.description), command: partsOf(shell.command), externals: shell.externals?.map(partsOf) }));
  const unpackTarget = (fill: Fill, { target, description, command, externals }: (typeof forms)[number], before: number, behind: number): NxTarget => {
    const { metadata } = target;
    const made: { -readonly [Key in keyof NxTarget]: NxTarget[Key] } = { ...target };
    const named: readonly NxInput[] = externals ? [{ externalDependencies: externals.map(fill) }] : [];
    if (target.inputs) made.inputs = (whole[before] ?? []).concat(named, whole[behind] ?? []);
    if (metadata) made.metadata = metadata.help ? { ...metadata, description: fill(description), help: { ...metadata.help, command: fill(command) } } : { ...metadata, description: fill(description) };
    return made;
  };
  const unpackProject = ([root, project, lent, packed]: PackedProject): readonly [string, NxProject] => {
    const named = project.namedInputs ? { ...project, namedInputs: Object.fromEntries(lent.map(([key, list]) => [key, whole[list] ?? []])) } : project;
    if (!packed) return [root, named];
    const { name = '' } = project;
    const fill: Fill = (parts) => {
      let text = '';
      for (const part of parts) text += part === NAME ? name : part === ROOT ? root : part;
      return text;
    };
    const targets: Record<string, NxTarget> = {};
    for (const [number, before, behind] of packed) {
      const form = forms[number];
      if (form) targets[form.name] = unpackTarget(fill, form, before, behind);
    }
    return [root, { ...named, targets }];
  };
  return new Map(
    files.map(([file, projects, externals]) => [
      file,
      { projects: Object.fromEntries(projects.map(unpackProject)), externalNodes: Object.fromEntries(externals.map(([name, hash]) => [name, makeDigestNode(name, hash)])) },
    ]),
  );
}

type Fill = (parts: readonly string[]) => string;

/** A text, cut at its blanks. */
function partsOf(text: string): readonly string[] {
  return text.split(BLANKS);
}

/** In the order of its keys, with nothing of the crate's own. */
function emptied(target: NxTarget): NxTarget {
  const { metadata } = target;
  const help = metadata?.help ? { help: { ...metadata.help, command: '' } } : {};
  return { ...target, ...(target.inputs ? { inputs: [] } : {}), ...(metadata ? { metadata: { ...metadata, description: '', ...help } } : {}) };
}

function externalsOf(input: NxInput | undefined): readonly string[] {
  return typeof input === 'object' && 'externalDependencies' in input ? input.externalDependencies : [];
}

interface Numbering<T> {
  of(thing: T): number;
  all(): readonly T[];
}

/** Numbers for things, in the order in which they come: objects are the same by being the same. */
function numbering<T>(): Numbering<T> {
  const numbers = new Map<T, number>();
  return {
    of(thing) {
      const number = numbers.get(thing) ?? numbers.size;
      numbers.set(thing, number);
      return number;
    },
    all: () => [...numbers.keys()],
  };
}

/** Numbers for lists of inputs. The list that comes next at the same place is mostly the one before. */
function listNumbering(inputs: Numbering<NxInput>): { of(place: string, list: readonly NxInput[]): number; all(): readonly (readonly number[])[] } {
  const texts = numbering<string>();
  const last = new Map<string, { readonly list: readonly NxInput[]; readonly number: number }>();
  return {
    of(place, list) {
      const before = last.get(place);
      if (before?.list.length === list.length && list.every((input, index) => input === before.list[index])) return before.number;
      const number = texts.of(list.map((input) => inputs.of(input)).join());
      last.set(place, { list, number });
      return number;
    },
    all: () => texts.all().map((text) => (text === '' ? [] : text.split(',').map(Number))),
  };
}
