/** What gcc's toolchains need besides their own defaults, as data: when, what, and where it is known from. Each row has its test, by its id. */
import type { Linkage } from '../../config/resolved.js';
import type { KnownTriple } from '../../platform/known.js';

export interface GccQuirkContext {
  readonly facts: KnownTriple;
  readonly linkage: Linkage | undefined;
}

export interface GccQuirk {
  readonly id: string;
  when(context: GccQuirkContext): boolean;
  readonly rustflags: readonly string[];
  readonly why: string;
  readonly source: string;
}

export const GCC_QUIRKS: readonly GccQuirk[] = [
  {
    id: 'mingw-own-start-files',
    when: ({ facts }) => facts.os === 'windows',
    rustflags: ['-Clink-self-contained=no'],
    why: "mingw brings its own start files and import libraries; mixing them with those of Rust's std gives programs that crash at start",
    source: "rustc book, `link-self-contained`; rustup's rust-mingw",
  },
  {
    id: 'musl-static-no-pie',
    when: ({ facts, linkage }) => facts.libc === 'musl' && facts.machine === 'x86_64' && linkage === 'static',
    rustflags: ['-Crelocation-model=static'],
    why: 'the specs of musl-gcc do not know -static-pie, which rustc writes for x86_64, and make a program with a loader of it, which crashes; measured with musl-tools 1.2.3',
    source: 'musl 1.2.3, tools/musl-gcc.specs.sh',
  },
];

/** The flags of all rows that hold. */
export function gccQuirkFlags(context: GccQuirkContext): readonly string[] {
  return GCC_QUIRKS.filter((quirk) => quirk.when(context)).flatMap(({ rustflags }) => rustflags);
}
