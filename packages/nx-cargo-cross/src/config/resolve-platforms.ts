/** Which platforms a crate is built for, and under which names. */
import type { CargoWorkspace } from '../cargo/model.js';
import type { Failure } from '../diagnostics/failure.js';
import type { Location } from '../diagnostics/location.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { all, failed, success, type Result } from '../diagnostics/result.js';
import { knownTriples } from '../platform/known.js';
import { parsePlatform, platformName, platformWords, type Platform, type PlatformParse } from '../platform/platform.js';
import { formatTriple, type Triple } from '../platform/triple.js';
import { isUniversal, UNIVERSAL_MACOS, UNIVERSAL_PARTS } from '../platform/universal.js';
import { everyOption, locateIn, pickOption, type Scope } from './scopes.js';

/** The workspace's own names, each with its triple. */
export type PlatformNames = ReadonlyMap<string, Triple>;

/** What is built where nothing is said: the platforms that need nothing but zig. */
export const DEFAULT_PLATFORMS = ['x86_64-linux-musl', 'aarch64-linux', 'x86_64-windows', 'aarch64-macos'] as const;

/** Names of platforms become folders and parts of target names. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** The own names of all scopes, the nearest scope's winning. Notes `unknown-word` and `option-invalid`. */
export function resolveNames(scopes: readonly Scope[], failures: Failure[]): PlatformNames {
  const names = new Map<string, Triple>();
  for (const { value, scope } of everyOption(scopes, 'names')) {
    for (const [name, text] of Object.entries(value)) {
      const place = locateIn(scope, 'names', name);
      const parsed = parsePlatform(text, new Map());
      const taken = parsePlatform(name, new Map());
      if (isUniversal(name)) failures.push({ code: 'option-invalid', key: 'names', location: place, message: `"${name}" already is the name of both Macs' platforms joined` });
      else if (!NAME.test(name))
        failures.push({ code: 'option-invalid', key: 'names', location: place, message: `"${name}" may have letters, digits, "_" and "-" only` });
      else if (!parsed.ok) failures.push(refusePlatform(parsed, text, place, []));
      else if (taken.ok && taken.platform.triple.name !== parsed.platform.triple.name) {
        const message = `"${name}" already is the name of ${taken.platform.triple.name}`;
        failures.push({ code: 'option-invalid', key: 'names', location: place, message });
      } else if (!names.has(name)) names.set(name, parsed.platform.triple);
    }
  }
  return names;
}

/**
 * The platforms of a crate, in the order written, each once: `platforms` of the nearest scope, else the `targets` of rust-toolchain.toml, else four.
 * Fails with `unknown-word`, `option-invalid`, and `platform-name-taken` where one name would stand for two triples or two glibc floors.
 */
export function resolvePlatforms(
  scopes: readonly Scope[],
  names: PlatformNames,
  workspace: CargoWorkspace,
): Result<readonly Platform[]> {
  const asked = pickOption(scopes, 'platforms');
  if (!asked) {
    const fromToolchain = knownPlatforms(workspace.toolchain?.targets ?? [], names);
    return success(fromToolchain.length > 0 ? unique(fromToolchain) : knownPlatforms(DEFAULT_PLATFORMS, names));
  }
  const place = (index: number): Location => locateIn(asked.scope, 'platforms', String(index));
  // What is joined is built first.
  const words = asked.value.flatMap((text, index) => (isUniversal(text) ? UNIVERSAL_PARTS : [text]).map((word) => ({ word, index })));
  const parsed = all(
    words.map(({ word, index }): Result<Platform> => {
      const platform = parsePlatform(word, names);
      return platform.ok ? success(platform.platform) : failed(refusePlatform(platform, word, place(index), [...names.keys()]));
    }),
  );
  if (!parsed.ok) return parsed;
  for (const [index, platform] of parsed.value.entries()) {
    const rival = parsed.value.slice(0, index).find((other) => other.name === platform.name && !sameTriple(other, platform));
    if (rival) {
      const triples = [formatTriple(rival.triple), formatTriple(platform.triple)];
      return failed({ code: 'platform-name-taken', name: platform.name, triples, location: place(words[index]?.index ?? 0) });
    }
  }
  return success(unique(parsed.value));
}

/** Whether `universal-macos` is among the platforms that somebody wrote. */
export function wantsUniversal(scopes: readonly Scope[]): boolean {
  return pickOption(scopes, 'platforms')?.value.some(isUniversal) ?? false;
}

/** The scopes `platform.<name>` for one platform, nearest first. Keys may be any of the platform's names. */
export function platformScopes(scopes: readonly Scope[], names: PlatformNames, platform: Platform): readonly Scope[] {
  return everyOption(scopes, 'platform').flatMap(({ value, scope }) =>
    Object.entries(value).flatMap(([key, options]): Scope[] => {
      const parsed = parsePlatform(key, names);
      return parsed.ok && parsed.platform.name === platform.name ? [{ options, source: scope.source, path: ['platform', key] }] : [];
    }),
  );
}

/** The keys of `platform` that name no platform, as failures. */
export function checkPlatformKeys(scopes: readonly Scope[], names: PlatformNames): readonly Failure[] {
  return everyOption(scopes, 'platform').flatMap(({ value, scope }) =>
    Object.keys(value).flatMap((key): Failure[] => {
      const parsed = parsePlatform(key, names);
      if (isUniversal(key)) return [{ code: 'option-invalid', key: 'platform', location: locateIn(scope, 'platform', key), message: `options for "${key}" are those of its parts: write them for "x86_64-macos" and "aarch64-macos"` }];
      return parsed.ok ? [] : [refusePlatform(parsed, key, locateIn(scope, 'platform', key), [...names.keys()])];
    }),
  );
}

/** A word that is no platform, as a failure with the nearest one. */
export function refusePlatform(parsed: Extract<PlatformParse, { ok: false }>, word: string, location: Location, own: readonly string[]): Failure {
  const { problem, detail } = parsed;
  switch (problem) {
    case 'unknown': {
      const [head = word] = word.split('.');
      const words = [...own, ...platformWords(), UNIVERSAL_MACOS];
      const nearest = nearestWord(head, words) ?? words.find((candidate) => candidate.startsWith(`${head}-`));
      return { code: 'unknown-word', kind: 'platform', word, location, nearest, valid: [...own, ...knownTriples().map(platformName), UNIVERSAL_MACOS] };
    }
    case 'bad-glibc':
      return { code: 'option-invalid', key: 'platforms', location, message: `"${detail}" is no glibc version; a floor is written as in aarch64-linux.2.17` };
    case 'glibc-not-here':
      return { code: 'option-invalid', key: 'platforms', location, message: `${detail} has no glibc, so it can have no glibc floor` };
    case 'glibc-too-old':
      return { code: 'option-invalid', key: 'platforms', location, message: `Rust needs glibc ${detail} or newer there; "${word}" asks for an older one` };
  }
}

function knownPlatforms(words: readonly string[], names: PlatformNames): readonly Platform[] {
  return words.flatMap((word) => {
    const parsed = parsePlatform(word, names);
    return parsed.ok ? [parsed.platform] : [];
  });
}

function unique(platforms: readonly Platform[]): readonly Platform[] {
  return platforms.filter((platform, index) => platforms.findIndex((other) => other.name === platform.name) === index);
}

function sameTriple(a: Platform, b: Platform): boolean {
  return formatTriple(a.triple) === formatTriple(b.triple);
}
