/** Which platforms to write: those asked for, else those the toolchain file lists, else the usual four. Pure. */
import type { Failure } from '../../diagnostics/failure.js';
import { nearestWord } from '../../diagnostics/nearest.js';
import { failed, success, type Result } from '../../diagnostics/result.js';
import { parsePlatform, platformWords } from '../../platform/platform.js';
import { formatGlibc } from '../../platform/glibc.js';
import type { Triple } from '../../platform/triple.js';

/** Two kinds of Linux servers, Windows and new Macs: all can be built without a system package. */
export const USUAL_PLATFORMS = ['x86_64-linux-musl', 'aarch64-linux', 'x86_64-windows', 'aarch64-macos'] as const;

/** A platform as it will stand in nx.json. */
export interface ChosenPlatform {
  /** The short name, with the glibc floor that was asked for. */
  readonly word: string;
  readonly triple: Triple;
}

/**
 * @param asked words separated by commas; undefined or empty when nothing was asked for
 * @param toolchainTargets the `targets` of the repository's rust-toolchain.toml; those that this plugin doesn't know are left out
 */
export function choosePlatforms(asked: string | undefined, toolchainTargets: readonly string[]): Result<readonly ChosenPlatform[]> {
  const words = (asked ?? '').split(',').map((word) => word.trim()).filter((word) => word !== '');
  if (words.length > 0) return readAll(words);
  const known = toolchainTargets.filter((target) => parsePlatform(target, new Map()).ok);
  return readAll(known.length > 0 ? known : USUAL_PLATFORMS);
}

function readAll(words: readonly string[]): Result<readonly ChosenPlatform[]> {
  const chosen = new Map<string, ChosenPlatform>();
  const failures: Failure[] = [];
  for (const word of words) {
    const parsed = parsePlatform(word, new Map());
    if (!parsed.ok) failures.push(unknownPlatform(word));
    else {
      const { name, triple } = parsed.platform;
      chosen.set(name, { word: triple.glibc ? `${name}.${formatGlibc(triple.glibc)}` : name, triple });
    }
  }
  const [first, ...rest] = failures;
  return first ? failed(first, ...rest) : success([...chosen.values()]);
}

function unknownPlatform(word: string): Failure {
  const valid = platformWords();
  return { code: 'unknown-word', kind: 'platform', word, location: { file: '--platforms' }, nearest: nearestWord(word, valid), valid };
}
