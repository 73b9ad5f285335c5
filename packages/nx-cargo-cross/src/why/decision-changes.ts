/** What differs between two states of an external node of ours (`explainClosureNode` and its kin say what is in one). */
import { canonicalJson } from '../cargo/canonical.js';
import { compareText } from '../cargo/order.js';
import { differences, makeChange, type Change, type ChangeKind } from './change.js';
import { fields, isObject } from './record.js';

export function decisionChanges(from: unknown, to: unknown): readonly Change[] {
  const [a, b] = [fields(from), fields(to)];
  const staleness = staleChanges(a['isLockStale'] === true, b['isLockStale'] === true);
  const packages = [
    ...(staleness.length > 0 ? staleness : lockChanges(fields(a['packages']), fields(b['packages']))),
    ...manifestChanges(fields(a['manifests']), fields(b['manifests'])),
    ...manifestChanges(fields(a['hostManifests']), fields(b['hostManifests'])),
    ...below('dependencies', { 'Cargo.lock': a['hasLockFile'] }, { 'Cargo.lock': b['hasLockFile'] }),
  ];
  const hangsDifferently = packages.length === 0 && a['closure'] !== b['closure'];
  return [
    ...below('plugin', { 'nx-cargo-cross': a['plugin'] }, { 'nx-cargo-cross': b['plugin'] }),
    ...packages,
    ...(hangsDifferently ? [{ kind: 'dependencies', name: 'which package depends on which', note: 'changed' } as const] : []),
    ...below('resolver', { resolver: fields(a['root'])['resolver'] }, { resolver: fields(b['root'])['resolver'] }),
    ...below('profile', fields(a['root'])['profiles'], fields(b['root'])['profiles']),
    ...below('patch', patches(a['root']), patches(b['root'])),
    ...below('toolchain', { channel: fields(a['settings'])['channel'] }, { channel: fields(b['settings'])['channel'] }),
    ...below('cargo config', ...bothListed(fields(a['settings'])['config'], fields(b['settings'])['config'])),
    ...below('option', options(a), options(b)),
    ...below('option', ...bothListed(a['builds'], b['builds'])),
  ];
}

/** By the name of the place, without the number of the file or variant. */
function below(kind: ChangeKind, from: unknown, to: unknown): readonly Change[] {
  return differences(from, to).map(({ path, ...values }) => makeChange(kind, path.filter((key) => !/^#\d+$/.test(key)).join('.'), values.from, values.to));
}

function patches(root: unknown): unknown {
  const { patch, replace } = fields(root);
  return { ...fields(patch), ...(isObject(replace) && Object.keys(replace).length > 0 ? { replace } : {}) };
}

/** Two lists of tables (files of configuration, variants of a target), each table that is not in both by its number; one that only one of them has is empty in the other. */
export function bothListed(from: unknown, to: unknown): readonly [object, object] {
  const [a, b] = [
    [from, to],
    [to, from],
  ].map(([list, other]) => {
    const known = new Set((Array.isArray(other) ? other : []).map(canonicalJson));
    return (Array.isArray(list) ? (list as readonly unknown[]) : []).filter((table) => !known.has(canonicalJson(table)));
  });
  const listed = (list: readonly unknown[] = []): object => Object.fromEntries(Array.from({ length: Math.max(a?.length ?? 0, b?.length ?? 0) }, (_, index) => [`#${index}`, list[index] ?? {}]));
  return [listed(a), listed(b)];
}

function options({ build, timeout, unrunnable }: Readonly<Record<string, unknown>>): unknown {
  return { ...fields(build), testTimeout: timeout, unrunnable };
}

/** Of local packages: what each manifest says, or that a package came or went. */
function manifestChanges(from: Readonly<Record<string, unknown>>, to: Readonly<Record<string, unknown>>): readonly Change[] {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].sort(compareText).flatMap((file): readonly Change[] => {
    if (!(file in from) || !(file in to)) return [{ kind: 'local package', name: file, note: file in to ? 'added' : 'removed' }];
    return differences(from[file], to[file]).map(({ path, ...values }) => makeChange('manifest', `${file} ${path.join('.')}`, values.from, values.to));
  });
}

/** A lock file that is out of date, or is no more, is the reason for all that counts besides. */
function staleChanges(from: boolean, to: boolean): readonly Change[] {
  if (from === to) return [];
  return [{ kind: 'dependencies', name: 'Cargo.lock', note: to ? 'is out of date: it does not list every local package, so all of it counts' : 'is up to date again' }];
}

/** Packages of the lock file by name: a version that went and one that came are one change. */
function lockChanges(from: Readonly<Record<string, unknown>>, to: Readonly<Record<string, unknown>>): readonly Change[] {
  const [before, after] = [byName(from, to), byName(to, from)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort(compareText);
  const moved = names.flatMap((name): Change[] => {
    const [gone, come] = [before.get(name) ?? [], after.get(name) ?? []];
    if (gone.length === 1 && come.length === 1) return [{ kind: 'lock package', name, from: gone[0] ?? '', to: come[0] ?? '' }];
    return [
      ...gone.map((version): Change => ({ kind: 'lock package', name, from: version, note: 'removed' })),
      ...come.map((version): Change => ({ kind: 'lock package', name, to: version, note: 'added' })),
    ];
  });
  const same = Object.keys(from).filter((entry) => entry in to && from[entry] !== to[entry]);
  return [...moved, ...same.sort(compareText).map((entry) => sourceChange(entry, String(from[entry]), String(to[entry])))];
}

/** The versions of packages that the other lock file does not have. */
function byName(packages: Readonly<Record<string, unknown>>, others: Readonly<Record<string, unknown>>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const entry of Object.keys(packages).filter((name) => !(name in others)).sort(compareText)) {
    const [name = '', version = ''] = entry.split(' ');
    found.set(name, [...(found.get(name) ?? []), version]);
  }
  return found;
}

/** The same name and version, from elsewhere or with other content. */
function sourceChange(entry: string, from: string, to: string): Change {
  const [[sourceBefore = '', sumBefore = ''], [sourceAfter = '', sumAfter = '']] = [from.split(' '), to.split(' ')];
  const [[repository, revision], [repositoryAfter, revisionAfter]] = [sourceBefore.split('#'), sourceAfter.split('#')];
  if (sourceBefore !== sourceAfter && repository === repositoryAfter) return { kind: 'lock package', name: `${entry} revision`, from: (revision ?? '').slice(0, 12), to: (revisionAfter ?? '').slice(0, 12) };
  if (sourceBefore !== sourceAfter) return { kind: 'lock package', name: entry, from: sourceBefore, to: sourceAfter };
  return { kind: 'lock package', name: `${entry} checksum`, from: sumBefore, to: sumAfter };
}
