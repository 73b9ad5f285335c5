/** What differs between two keys of a task. */
import { compareText } from '../cargo/order.js';
import { answerChanges, toolOf } from './answer-changes.js';
import { CHANGE_KINDS, differences, makeChange, showValue, type Change } from './change.js';
import { decisionChanges } from './decision-changes.js';
import { HASH_OF_NOTHING, keyPartOf, type KeyPart } from './key-part.js';
import { DIGEST } from './part-words.js';
import { fields, HIDDEN, type KnownKey } from './record.js';

export interface Comparison {
  readonly changes: readonly Change[];
  /** Variables of which two machines cannot tell whether they differ, since neither keeps their values. */
  readonly untold: readonly string[];
}

/** Everything that differs, each once. */
export function compareKeys(from: KnownKey, to: KnownKey): Comparison {
  const [before, after] = [from.record.nodes, to.record.nodes];
  const shared = Object.keys(after).filter((name) => name in before);
  const untold = shared.filter((name) => isUntold(from, to, name)).map((name) => name.slice('env:'.length));
  const differing = shared.filter((name) => before[name] !== after[name] && !isUntold(from, to, name));
  const changes = [
    ...differing.flatMap((name) => partChanges(name, sideOf(from, name), sideOf(to, name))),
    ...differences(from.record.overrides, to.record.overrides).map(({ path, ...values }) => makeChange('command line', `--${path.join('.')}`, values.from, values.to)),
    ...membershipChanges(from, to),
  ];
  const once = [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
  return { changes: once.sort((a, b) => CHANGE_KINDS.indexOf(a.kind) - CHANGE_KINDS.indexOf(b.kind)), untold };
}

/** A part on one side: Nx's hash, and what it is made of, as far as that is known. */
interface Side {
  readonly hash: string;
  readonly words: Readonly<Record<string, unknown>> | undefined;
}

function sideOf({ record, parts }: KnownKey, name: string): Side {
  const words = parts[name];
  return { hash: record.nodes[name] ?? '', words: words === undefined || 'unknown' in fields(words) ? undefined : fields(words) };
}

function partChanges(name: string, from: Side, to: Side): readonly Change[] {
  const part = keyPartOf(name);
  switch (part.kind) {
    case 'variable':
      return [variableChange(part.name, from, to)];
    case 'answer':
      return answerChanges(part.command, answerOf(from), answerOf(to));
    case 'decisions':
      return from.words && to.words ? decisionChanges(from.words, to.words) : [{ kind: 'other', name, note: 'changed; what it stood for is not known' }];
    case 'files':
      return fileChanges(part, from, to);
    case 'configuration':
      return configurationChanges(part.project, from, to);
    case 'tsconfig':
      return [{ kind: 'tsconfig', name: 'compilerOptions of the root tsconfig', note: 'changed' }];
    case 'package':
      return [{ ...makeChange('npm package', part.name, from.words?.['version'], to.words?.['version']), ...(from.words && to.words ? {} : { note: 'changed' }) }].map(plainVersion);
    case 'closure line':
      return [];
    case 'other':
      return [{ kind: 'other', name, note: 'changed' }];
  }
}

/** Versions are shown without quotes. */
function plainVersion(change: Change): Change {
  const plain = (value: string | undefined): string | undefined => value?.replace(/^"(.*)"$/, '$1');
  return { ...change, ...(change.from === undefined ? {} : { from: plain(change.from) ?? '' }), ...(change.to === undefined ? {} : { to: plain(change.to) ?? '' }) };
}

function variableChange(name: string, from: Side, to: Side): Change {
  const [before, after] = [valueOf(from), valueOf(to)];
  if (before === undefined && after === undefined) return { kind: 'variable', name, note: 'changed (its values are not kept)' };
  return { kind: 'variable', name, from: before ?? 'a value that is not kept', to: after ?? 'a value that is not kept' };
}

function valueOf({ hash, words }: Side): string | undefined {
  if (hash === HASH_OF_NOTHING) return 'not set';
  const value = words?.['value'];
  // cargo's own separator of flags.
  return typeof value === 'string' ? showValue(value.replaceAll('\u001f', ' ')) : undefined;
}

function answerOf({ hash, words }: Side): string | undefined {
  if (hash === HASH_OF_NOTHING) return '';
  const text = words?.['text'];
  return typeof text === 'string' ? text : undefined;
}

function fileChanges({ project, globs }: Extract<KeyPart, { kind: 'files' }>, from: Side, to: Side): readonly Change[] {
  const [before, after] = [from, to].map((side) => (side.hash === HASH_OF_NOTHING ? {} : side.words && fields(side.words['files'])));
  const of = project === undefined ? globs.join(', ') : `of project ${project}`;
  if (!before || !after) return [{ kind: 'file', name: of, note: 'changed; which ones were there before is not known' }];
  const files = differences(before, after).map(({ path: [file = ''], ...values }): Change => ({ kind: 'file', name: file, note: values.from === undefined ? 'added' : values.to === undefined ? 'removed' : 'changed' }));
  if (files.length === 0) return [{ kind: 'file', name: of, note: 'changed while Nx was at work; which one is not known' }];
  return files.flatMap((change) => (change.name === 'nx.json' && change.note === 'changed' ? nxJsonChanges(from, to) : [change]));
}

/** Nx has nx.json as it is in every key. */
function nxJsonChanges(from: Side, to: Side): readonly Change[] {
  const found = differences(fields(from.words?.['nxJson']), fields(to.words?.['nxJson'])).map(({ path, ...values }) => withoutDigests(makeChange('nx.json', path.join('.'), values.from, values.to)));
  return found.length > 0 ? found : [{ kind: 'nx.json', name: 'nx.json', note: 'its form changed (spaces, comments, the order of keys), and Nx has the file as it is in every key' }];
}

function configurationChanges(project: string, from: Side, to: Side): readonly Change[] {
  if (!from.words || !to.words) return [{ kind: 'project', name: project, note: 'its configuration changed; what it was before is not known' }];
  const [before, after] = [fields(from.words['targets']), fields(to.words['targets'])];
  const isWhole = (path: readonly string[]): boolean => path[0] === 'targets' && !((path[1] ?? '') in before && (path[1] ?? '') in after);
  const found = differences(from.words, to.words).map(({ path, ...values }): Change =>
    isWhole(path)
      ? { kind: 'project', name: `${project} target ${path[1] ?? ''}`, note: (path[1] ?? '') in after ? 'added' : 'removed' }
      : withoutDigests(makeChange('project', `${project} ${path.join('.')}`, values.from, values.to)),
  );
  return found.length > 0 ? found : [{ kind: 'project', name: project, note: 'its configuration changed' }];
}

/** Of a value that is kept as a digest only that it changed. */
function withoutDigests(change: Change): Change {
  const { from, to, ...rest } = change;
  return [from, to].some((value) => value !== undefined && DIGEST.test(value.slice(1, -1))) ? { ...rest, note: rest.note ?? 'changed' } : change;
}

/** Parts that only one of the keys has: new packages bring variables that count, another backend asks other tools. */
function membershipChanges(from: KnownKey, to: KnownKey): readonly Change[] {
  const only = (a: KnownKey, b: KnownKey): readonly string[] => Object.keys(a.record.nodes).filter((name) => !(name in b.record.nodes));
  const [gone, come] = [only(from, to), only(to, from)];
  // The same files chosen by other globs, the same tool asked by another command.
  const pairs = gone.flatMap((name): [string, string][] => {
    const other = come.find((one) => keyPartOf(one).kind === keyPartOf(name).kind && inputName(one) === inputName(name));
    return other === undefined ? [] : [[name, other]];
  });
  const paired = new Set(pairs.flat());
  const line = (names: readonly string[], note: string): readonly Change[] => {
    const said = [...new Set(names.filter((name) => !paired.has(name)).map(inputName))].sort(compareText);
    return said.length === 0 ? [] : [{ kind: 'inputs', name: `${said.slice(0, SHOWN).join(', ')}${said.length > SHOWN ? ` and ${said.length - SHOWN} more` : ''}`, note }];
  };
  const values = come.flatMap((name): Change[] => {
    const part = keyPartOf(name);
    const value = part.kind === 'variable' ? valueOf(sideOf(to, name)) : undefined;
    return part.kind === 'variable' && value !== 'not set' ? [{ kind: 'variable', name: part.name, to: value ?? 'a value that is not kept', note: 'counts now' }] : [];
  });
  const changed = pairs.filter(([name, other]) => from.record.nodes[name] !== to.record.nodes[other]);
  return [...changed.flatMap(([name, other]) => partChanges(other, sideOf(from, name), sideOf(to, other))), ...line(gone, 'no longer in the key'), ...line(come, 'in the key now'), ...values];
}

/** So many are named. */
const SHOWN = 4;

function inputName(name: string): string {
  const part = keyPartOf(name);
  switch (part.kind) {
    case 'variable':
    case 'package':
      return part.name;
    case 'answer': {
      const tool = toolOf(part.command);
      return / /.test(tool) ? tool : `what ${tool} says`;
    }
    case 'decisions':
      // The folder of a crate that moved is part of the name.
      return `what decides for ${name.split(':').at(-1) ?? name}`;
    case 'files':
      return part.project === undefined ? part.globs.join(', ') : `files of ${part.project}`;
    case 'configuration':
      return `configuration of ${part.project}`;
    case 'closure line':
      return 'the line of cross-closure.json';
    case 'tsconfig':
    case 'other':
      return name;
  }
}

/** A hidden value on both sides, and not by the same salt. */
function isUntold(from: KnownKey, to: KnownKey, name: string): boolean {
  const [before = '', after = ''] = [from.record.nodes[name], to.record.nodes[name]];
  return before.startsWith(HIDDEN) && after.startsWith(HIDDEN) && from.record.salt !== to.record.salt;
}
