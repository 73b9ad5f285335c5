/** Whether the toolchain that would build is the one that the key says. */
import type { PinnedToolchain } from '../cargo/model.js';
import { rustRelease } from '../cargo/rust-release.js';
import { isExactChannel } from '../cargo/toolchain-file.js';
import type { Toolchain } from './identity.js';

/** Variables that put another compiler in the pinned one's place: then the key asks it (`graph/identity.ts`). */
const ASKED = ['RUSTC', 'CARGO_BUILD_RUSTC', 'RUSTUP_TOOLCHAIN'];

/**
 * False where a toolchain file names a compiler exactly, so that no key asks for it, and another one would build: one that `rustup override` chose, or one of a
 * machine without rustup, where nobody reads the file.
 */
export function holdsPin(pinned: PinnedToolchain | undefined, toolchain: Pick<Toolchain, 'label' | 'release' | 'rustupName'>, env: Readonly<Record<string, string>>): boolean {
  const channel = pinned?.channel;
  if (channel === undefined || !isExactChannel(channel) || ASKED.some((name) => env[name])) return true;
  if (toolchain.rustupName === channel || toolchain.rustupName?.startsWith(`${channel}-`)) return true;
  const date = rustRelease(toolchain.label)?.date;
  if (date === undefined) return false;
  const dated = /^(nightly|beta|stable)-(\d{4}-\d{2}-\d{2})/.exec(channel);
  if (dated) return toolchain.release.endsWith(dated[1] === 'stable' ? '' : `-${dated[1]}`) && dayAfter(date) === dated[2];
  const version = /^\d+\.\d+\.\d+(-beta(\.\d+)?)?/.exec(channel)?.[0] ?? channel;
  return toolchain.release === version || (version.endsWith('-beta') && toolchain.release.startsWith(`${version}.`));
}

/** A dated channel bears the day on which it was built, the one after its last commit (Rust Forge, "Release process"). */
function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
