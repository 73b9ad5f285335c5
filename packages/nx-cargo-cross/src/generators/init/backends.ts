/**
 * Which backend to write for each platform, from what is on the machine that sets the repository up. Pure.
 *
 * zig comes first, for it needs no system package and every colleague gets it with the repository's own packages. mingw goes before it for Windows,
 * where it is at hand: it is what Rust's windows-gnu triples are made for. Cross compilers of the system serve where zig doesn't or can't be had.
 */
import type { Host } from '../../backend/contract.js';
import { backendOf } from '../../backend/registry.js';
import { chooseBackend } from '../../config/backend-choice.js';
import type { BackendId } from '../../config/backend-id.js';
import type { PlatformName } from '../../platform/platform.js';
import type { Triple } from '../../platform/triple.js';
import type { ChosenPlatform } from './platforms.js';

export interface Machine {
  readonly host: Host;
  /** Whether everything a backend needs for a triple is on this machine. */
  readonly has: (id: BackendId, triple: Triple) => boolean;
  /** Whether zig can be added to the repository's packages. */
  readonly zigCanBeAdded: boolean;
}

export interface ChosenBackend {
  readonly platform: ChosenPlatform;
  /** Undefined where nothing is written, because the plugin's own table says it better. */
  readonly id: BackendId | undefined;
  /** As said to the user. */
  readonly why: string;
}

export function chooseBackends(platforms: readonly ChosenPlatform[], machine: Machine): readonly ChosenBackend[] {
  return platforms.map((platform) => ({ platform, ...choose(platform.triple, machine) }));
}

function choose(triple: Triple, { host, has, zigCanBeAdded }: Machine): { id: BackendId | undefined; why: string } {
  const serves = (id: BackendId): boolean => backendOf(id).refuses(triple, host) === undefined;
  if (triple.facts.os === 'macos' && host.os === 'macos') {
    return { id: undefined, why: "on a Mac its own linker, elsewhere zig" };
  }
  const { id: byTable } = chooseBackend({ name: triple.name as string as PlatformName, triple }, { own: undefined, globs: [], linker: undefined });
  // What these need cannot be had by adding a package, or needs nothing at all.
  if (byTable === 'lld' || byTable === 'ndk' || byTable === 'xwin') return { id: undefined, why: `the default, backend ${byTable}` };
  if (triple.facts.os === 'windows' && serves('gcc') && has('gcc', triple)) return { id: 'gcc', why: 'mingw-w64 is on this machine' };
  if (serves('zig') && has('zig', triple)) return { id: 'zig', why: 'zig is on this machine' };
  if (serves('zig') && zigCanBeAdded) return { id: 'zig', why: 'zig is added to the dev dependencies' };
  // A musl toolchain of the system has no C++ library and none of the kernel's headers (Debian's musl-tools), so zig is worth an installation.
  if (serves('gcc') && has('gcc', triple) && triple.facts.libc !== 'musl') return { id: 'gcc', why: 'its cross compiler is on this machine' };
  if (serves('zig')) return { id: 'zig', why: 'zig has to be installed' };
  if (serves('gcc')) return { id: 'gcc', why: 'its cross compiler has to be installed' };
  return { id: undefined, why: 'no backend of this version serves it' };
}
