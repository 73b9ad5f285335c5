/** What `init` tells the user at its end. Pure. */
import { ZIG_VERSION } from '../../backend/zig.js';
import type { ChosenBackend } from './backends.js';

export interface Done {
  readonly chosen: readonly ChosenBackend[];
  /** Whether zig is chosen, is not on this machine, and could not be added to package.json. */
  readonly zigByHand: boolean;
}

export function renderSummary({ chosen, zigByHand }: Done): string {
  const width = Math.max(0, ...chosen.map(({ platform }) => platform.word.length));
  return [
    'nx-cargo-cross builds for:',
    ...chosen.map(({ platform, id, why }) => `  ${platform.word.padEnd(width)}  ${(id ?? '-').padEnd('native'.length)}  ${why}`),
    ...(zigByHand ? ['', 'zig is not on this machine. Install it with one of:', `  pip install ziglang==${ZIG_VERSION}`, `  a zig ${ZIG_VERSION} of your own on the PATH`] : []),
    '',
    'Change platforms and backends in nx.json. Build everything: nx run-many -t cross',
  ].join('\n');
}
