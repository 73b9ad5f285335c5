/** Windows triples of Microsoft's ABI, as clang, xwin and Microsoft's own folders call their architectures. */
import type { TripleName } from '../../platform/triple.js';

export interface XwinRow {
  /** For clang's `--target`, and for xwin's `--arch`. */
  readonly arch: string;
  /** The folder of libraries: `x86_64` where xwin laid them out, `x64` where Microsoft did. `*` stands for a part of a name. */
  readonly folder: string;
}

const ROWS: Readonly<Record<string, XwinRow>> = {
  'x86_64-pc-windows-msvc': { arch: 'x86_64', folder: 'x*64' },
  'i686-pc-windows-msvc': { arch: 'x86', folder: 'x86' },
  'aarch64-pc-windows-msvc': { arch: 'aarch64', folder: 'a*64' },
};

/** The row of a triple, or undefined where it is none of Microsoft's ABI. */
export function xwinRow(triple: TripleName): XwinRow | undefined {
  return ROWS[triple];
}
