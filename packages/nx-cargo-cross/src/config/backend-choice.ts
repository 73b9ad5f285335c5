/**
 * Which backend a triple gets, and who said so. Decided from what is committed, never from what is installed, so that every machine decides the same.
 */
import picomatch from 'picomatch';
import type { Platform } from '../platform/platform.js';
import type { BackendId } from './backend-id.js';

/** A backend, and why it is this one. */
export interface BackendChoice {
  readonly id: BackendId;
  /** For the plan and the log: `nx.json: "backends" "*-linux-gnu*"`, `default for linux-musl`. */
  readonly reason: string;}

/** What a user may have said about one platform, strongest first. */
export interface BackendWishes {
  /** `backend`, of the platform, the package or the workspace: the nearest. */
  readonly own: { readonly id: BackendId; readonly file: string } | undefined;
  /** `backends`, in the order in which they are tried. */
  readonly globs: readonly BackendGlob[];
  /** A linker that a cargo configuration of the repository sets for the triple. */
  readonly linker: { readonly value: string; readonly file: string } | undefined;
}

/** One entry of `backends`. */
export interface BackendGlob {
  /** Over the triple's name and the platform's. */
  readonly glob: string;
  readonly id: BackendId;
  readonly file: string;
}

/** The backend for a platform: the user's `backend`, else the first of `backends` that matches, else `cargo-config` for a configured linker, else the table. */
export function chooseBackend(platform: Platform, wishes: BackendWishes): BackendChoice {
  const { own, globs, linker } = wishes;
  if (own) return { id: own.id, reason: `${own.file}: "backend"` };
  const glob = globs.find((candidate) => matchesPlatform(candidate.glob, platform));
  if (glob) return { id: glob.id, reason: `${glob.file}: "backends" "${glob.glob}"` };
  if (linker) return { id: 'cargo-config', reason: `${linker.file}: linker "${linker.value}"` };
  return defaultBackend(platform);
}

/** Whether a glob of `backends` matches a platform, by its triple or by its name. */
export function matchesPlatform(glob: string, platform: Platform): boolean {
  const matches = picomatch(glob, { dot: true });
  return matches(platform.triple.name) || matches(platform.name);
}

/** Linux triples that zig serves wrongly or not at all, and Debian's cross compilers serve well. Measured: zig makes ELFv2 objects where Rust expects ELFv1. */
const GCC_BY_DEFAULT: ReadonlySet<string> = new Set(['powerpc64-unknown-linux-gnu', 'sparc64-unknown-linux-gnu']);

function defaultBackend({ triple }: Platform): BackendChoice {
  const { os, libc, format } = triple.facts;
  if (os === 'android') return { id: 'ndk', reason: 'default for android' };
  if (libc === 'msvc') return { id: 'xwin', reason: 'default for windows-msvc' };
  if (format === 'wasm') return { id: 'lld', reason: 'default for wasm' };
  if (GCC_BY_DEFAULT.has(triple.name)) return { id: 'gcc', reason: `default for ${triple.name}` };
  return { id: 'zig', reason: `default for ${os === 'linux' ? `linux-${libc}` : os}` };
}
