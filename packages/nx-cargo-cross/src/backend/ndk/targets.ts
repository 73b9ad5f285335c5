/** Android's triples, as clang and the NDK's sysroot call them. Source: the NDK's guide "Other build systems". */
import type { TripleName } from '../../platform/triple.js';

export interface NdkRow {
  /** What clang's `--target` is without the API level. */
  readonly clang: string;
  /** The folder of the sysroot's headers and libraries. */
  readonly sysroot: string;
  /** The word in the names of clang's runtime libraries. */
  readonly runtime: string;
  /** The oldest API level that has the architecture, or that Rust's std can use. */
  readonly minLevel: number;
  /** The oldest NDK that has the architecture, where it is not the oldest that serves at all. */
  readonly minRelease?: number;
}

/** std uses functions of API 21: Rust's platform support page for Android, from 1.82 on. The NDK has had no older level since r26. */
export const STD_LEVEL = 21;

const arm: NdkRow = { clang: 'armv7a-linux-androideabi', sysroot: 'arm-linux-androideabi', runtime: 'arm', minLevel: STD_LEVEL };

const ROWS: Readonly<Record<string, NdkRow>> = {
  'aarch64-linux-android': { clang: 'aarch64-linux-android', sysroot: 'aarch64-linux-android', runtime: 'aarch64', minLevel: STD_LEVEL },
  'armv7-linux-androideabi': arm,
  'thumbv7neon-linux-androideabi': arm,
  'i686-linux-android': { clang: 'i686-linux-android', sysroot: 'i686-linux-android', runtime: 'i686', minLevel: STD_LEVEL },
  'x86_64-linux-android': { clang: 'x86_64-linux-android', sysroot: 'x86_64-linux-android', runtime: 'x86_64', minLevel: STD_LEVEL },
  'riscv64-linux-android': { clang: 'riscv64-linux-android', sysroot: 'riscv64-linux-android', runtime: 'riscv64', minLevel: 35, minRelease: 27 },
};

/** The row of a triple, or undefined where no NDK builds for it. */
export function ndkRow(triple: TripleName): NdkRow | undefined {
  return ROWS[triple];
}
