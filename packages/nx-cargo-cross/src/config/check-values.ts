/** Values whose validity depends on more than their own text: profiles, bins, features, glibc floors, OS versions; and what backends were asked for. */
import { isGits, joinPath } from '../cargo/paths.js';
import type { Failure, UnknownWord } from '../diagnostics/failure.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { compareGlibc, parseGlibc } from '../platform/glibc.js';
import type { KnownTriple } from '../platform/known.js';
import type { Platform } from '../platform/platform.js';
import type { BackendChoice, BackendGlob, BackendWishes } from './backend-choice.js';
import { isBackendId } from './backend-id.js';
import { everyOption, locateIn, pickOption, type Scope } from './scopes.js';

/** The nearest `backend`. */
export function takeBackend(scopes: readonly Scope[]): BackendWishes['own'] {
  const picked = pickOption(scopes, 'backend');
  return picked && isBackendId(picked.value) ? { id: picked.value, file: picked.scope.source.file } : undefined;
}

/** All `backends`, the nearest scope's globs first. */
export function takeBackendGlobs(scopes: readonly Scope[]): readonly BackendGlob[] {
  return everyOption(scopes, 'backends').flatMap(({ value, scope }) =>
    Object.entries(value).flatMap(([glob, id]): BackendGlob[] => (isBackendId(id) ? [{ glob, id, file: scope.source.file }] : [])),
  );
}

/** The words of the nearest value of a key that are not among the valid ones. `dep/feature` says a feature of a dependency, which isn't looked up. */
export function checkWords(
  scopes: readonly Scope[],
  key: 'bins' | 'features' | 'profile',
  kind: UnknownWord['kind'],
  valid: readonly string[],
): readonly Failure[] {
  const picked = pickOption(scopes, key);
  if (!picked) return [];
  const { value, scope } = picked;
  if (typeof value === 'string') return valid.includes(value) ? [] : [unknownWord(kind, value, valid, locateIn(scope, key))];
  return value.flatMap((word, index) =>
    valid.includes(word) || word.includes('/') ? [] : [unknownWord(kind, word, valid, locateIn(scope, key, String(index)))],
  );
}

/** What is wrong with `glibc` for a platform. */
export function checkGlibc(own: readonly Scope[], platform: Platform): readonly Failure[] {
  const picked = pickOption(own, 'glibc');
  if (!picked) return [];
  const { facts, name } = platform.triple;
  const location = locateIn(picked.scope, 'glibc');
  if (facts.libc !== 'glibc') return [{ code: 'option-invalid', key: 'glibc', location, message: `${name} has no glibc` }];
  const [asked, oldest] = [parseGlibc(picked.value), parseGlibc(facts.glibcMin ?? '')];
  if (!asked || !oldest || compareGlibc(asked, oldest) >= 0) return [];
  return [
    { code: 'option-invalid', key: 'glibc', location, message: `Rust needs glibc ${facts.glibcMin ?? ''} or newer for ${name}; "${picked.value}" is older` },
  ];
}

/** What is wrong with `min-os` for a platform. */
export function checkMinOs(own: readonly Scope[], platform: Platform): readonly Failure[] {
  const picked = pickOption(own, 'minOs');
  if (!picked || platform.triple.facts.minOs !== undefined) return [];
  return [{ code: 'option-invalid', key: 'min-os', location: locateIn(picked.scope, 'minOs'), message: `${platform.triple.name} has no minimum OS version` }];
}

/** Options that only some platforms know: what such a platform is, and what the others lack. Silence would let a wish pass for granted. */
const ONLY_SOME: readonly { readonly key: 'apiLevel' | 'interpreter' | 'sdk'; readonly spelled: string; readonly fits: (facts: KnownTriple) => boolean; readonly lacks: string }[] = [
  { key: 'apiLevel', spelled: 'api-level', fits: ({ os }) => os === 'android', lacks: 'has no API level; only Android has' },
  { key: 'interpreter', spelled: 'interpreter', fits: ({ format }) => format === 'elf', lacks: 'has programs that name no loader; only ELF programs do' },
  { key: 'sdk', spelled: 'sdk', fits: ({ os, libc }) => os === 'macos' || libc === 'msvc', lacks: "needs no SDK; only macOS and Microsoft's Windows do" },
];

/** The options written for a platform that can mean nothing there. */
export function checkOnlySome(own: readonly Scope[], { triple }: Platform): readonly Failure[] {
  return ONLY_SOME.flatMap(({ key, spelled, fits, lacks }): readonly Failure[] => {
    const picked = pickOption(own, key);
    if (!picked || fits(triple.facts)) return [];
    return [{ code: 'option-invalid', key: spelled, location: locateIn(picked.scope, key), message: `${triple.name} ${lacks}` }];
  });
}

/** What links is chosen within one backend; another would pass the wish over. */
export function checkDriver(own: readonly Scope[], { triple }: Platform, { id, reason }: BackendChoice): readonly Failure[] {
  const picked = pickOption(own, 'driver');
  if (!picked || id === 'gcc') return [];
  return [{ code: 'option-invalid', key: 'driver', location: locateIn(picked.scope, 'driver'), message: `only backend gcc has it, and ${triple.name} is built by ${id} (${reason})` }];
}

/** The `inputs` that lead out of the repository: no cache key reaches there. */
export function checkInputs(scopes: readonly Scope[], crateRoot: string): readonly Failure[] {
  const picked = pickOption(scopes, 'inputs');
  if (!picked) return [];
  return picked.value.flatMap((glob, index): Failure[] => {
    // git's files stand for the commit, wherever they are.
    if (isGits(glob) || joinPath(crateRoot, glob.replace(/^!/, '')) !== undefined) return [];
    const location = locateIn(picked.scope, 'inputs', String(index));
    return [{ code: 'option-invalid', key: 'inputs', location, message: `"${glob}" lies outside the repository, where Nx sees no file` }];
  });
}

function unknownWord(kind: UnknownWord['kind'], word: string, valid: readonly string[], location: UnknownWord['location']): Failure {
  return { code: 'unknown-word', kind, word, location, nearest: nearestWord(word, valid), valid };
}
