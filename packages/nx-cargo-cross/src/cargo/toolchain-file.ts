/**
 * `rust-toolchain.toml`, and the older `rust-toolchain`, which holds the same TOML or nothing but a channel.
 * Source: rustup's book, "The toolchain file".
 */
import { failed, success, type Result } from '../diagnostics/result.js';
import type { PinnedToolchain } from './model.js';
import { fileIn, upwards } from './paths.js';
import { placeAt } from './place.js';
import { refuse, takeString, takeStrings, takeTable, type Shape } from './shape.js';
import type { SourceTree } from './source-tree.js';
import { locateToml } from './toml-locator.js';
import { parseToml } from './toml.js';

/** The names of toolchain files in the order in which rustup prefers them. */
export const TOOLCHAIN_FILES = ['rust-toolchain', 'rust-toolchain.toml'] as const;

/**
 * The toolchain pinned for a directory: by the nearest file at it or above it, within the repository; undefined where there is none.
 * Fails with `manifest-syntax`, `manifest-invalid` or `file-unreadable`.
 */
export function findToolchain(directory: string, tree: SourceTree): Result<PinnedToolchain | undefined> {
  for (const above of upwards(directory)) {
    for (const name of TOOLCHAIN_FILES) {
      const file = fileIn(above, name);
      const read = tree.isFile(file) ? tree.readText(file) : undefined;
      if (read) return 'error' in read ? failed({ code: 'file-unreadable', file, cause: read.error }) : parseToolchain(file, read.text);
    }
  }
  return success(undefined);
}

/** Parses a toolchain file. Fails with `manifest-syntax`, or with `manifest-invalid` where rustup would refuse it. */
export function parseToolchain(file: string, text: string): Result<PinnedToolchain> {
  const words = text.trim();
  if (!file.endsWith('.toml') && words !== '' && !/[\n=[]/.test(words)) {
    const location = placeAt(file, text, text.indexOf(words));
    if (isChannel(words)) return success({ file, channel: words, targets: [], location });
    return failed({ code: 'manifest-invalid', location, message: `"${words}" is no toolchain channel`, help: CHANNEL_HELP });
  }
  const parsed = parseToml(file, text);
  if (!parsed.ok) return parsed;
  const shape: Shape = { file, text, table: parsed.value, failures: [] };
  const section = takeTable(shape, ['toolchain']);
  if (!section) refuse(shape, [], `${file} has no [toolchain]`, 'Write: [toolchain] and below it channel = "1.96.0"');
  const channel = takeString(shape, ['toolchain', 'channel']);
  if (channel !== undefined && !isChannel(channel)) refuse(shape, ['toolchain', 'channel'], `"${channel}" is no toolchain channel`, CHANNEL_HELP);
  const targets = takeStrings(shape, ['toolchain', 'targets']) ?? [];
  const [first, ...rest] = shape.failures;
  return first ? failed(first, ...rest) : success({ file, channel, targets, location: locateToml(file, text, ['toolchain', 'channel']) });
}

const CHANNEL_HELP = 'Write a version (1.96.0), a dated channel (nightly-2026-01-01), stable, beta, nightly, or the name of a linked toolchain.';

/** Letters, digits, `.`, `-`, `_` and `+` only, and no dash in front: the channel may become a word of a command line. */
function isChannel(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._+-]*$/.test(text);
}

/**
 * Whether a channel means the same compiler for ever: `1.96.0` and `nightly-2026-01-01` do; `stable`, `1.96` (the newest 1.96.x) and linked toolchains
 * don't. A host behind it (`1.96.0-x86_64-unknown-linux-gnu`) changes nothing.
 */
export function isExactChannel(channel: string): boolean {
  return /^(\d+\.\d+\.\d+(-beta(\.\d+)?)?|(nightly|beta|stable)-\d{4}-\d{2}-\d{2})(-[a-z0-9_]+-[a-z0-9_-]+)?$/.test(channel);
}
