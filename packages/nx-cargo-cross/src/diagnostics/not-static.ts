/** A program that its platform promises static and that something makes dynamic: what did, and what is to be done about each. */

export interface NotStatic {
  readonly code: 'not-static';
  /** The crate that was built. */
  readonly crate: string;
  readonly triple: string;
  readonly platform: string;
  /** Empty where nothing that is known asked for it. */
  readonly causes: readonly NotStaticCause[];
  /** Shared libraries that the program names; empty where the linker refused to make one. */
  readonly needed: readonly string[];
  readonly log: string;
}

export type NotStaticCause =
  /** A build script asked for a library of which there is but a shared one. `file` is it, where it was found. */
  | { readonly kind: 'library'; readonly crate: string; readonly library: string; readonly file: string | undefined }
  /** A Rust library with crate-type "dylib". */
  | { readonly kind: 'dylib'; readonly crate: string }
  /** `-Cprefer-dynamic` among the rustflags. */
  | { readonly kind: 'prefer-dynamic' };

/** What to write where a crate has a switch of its own. Sources: the README of each crate. */
const SWITCHES: Readonly<Record<string, string>> = {
  'openssl-sys': 'openssl-sys: OPENSSL_STATIC = "1" with a folder that has libssl.a, or the feature "vendored" of openssl.',
  'libsqlite3-sys': 'libsqlite3-sys: its feature "bundled".',
  'libz-sys': 'libz-sys: its feature "static".',
  'libgit2-sys': 'libgit2-sys: its feature "vendored".',
  'libssh2-sys': 'libssh2-sys: its feature "vendored-openssl".',
  'curl-sys': 'curl-sys: its feature "static-curl".',
  'pq-sys': 'pq-sys: its feature "bundled".',
  'zstd-sys': 'zstd-sys: without its feature "pkg-config".',
  'bzip2-sys': 'bzip2-sys: its feature "static".',
  'lzma-sys': 'lzma-sys: its feature "static".',
};

export interface NotStaticWords {
  readonly title: string;
  readonly details: readonly string[];
  readonly help: readonly [string, ...string[]];
}

export function describeNotStatic({ crate, platform, causes, needed, log }: NotStatic): NotStaticWords {
  const [first = 'Look in the log for the last -l behind -Wl,-Bdynamic: some crate of the build declares it by #[link(name = "...")].', ...rest] = [...new Set(causes.map(helpFor))];
  return {
    title: `${crate} cannot be static, as platform ${platform} promises`,
    details: [...(needed.length > 0 ? [`It needs ${needed.join(', ')}`] : ['The linker was given a shared library.']), ...causes.map(detailOf), `Whole log: ${log}`],
    help: [first, ...rest, `Or ask for a dynamic program: [package.metadata.nx-cargo-cross.platform.${platform}] with linkage = "dynamic".`],
  };
}

function detailOf(cause: NotStaticCause): string {
  switch (cause.kind) {
    case 'library':
      return `${cause.crate} asks for it: its build script links ${cause.library}${cause.file === undefined ? '' : `, and found ${cause.file} without an archive beside it`}.`;
    case 'dylib':
      return `${cause.crate} is made as a shared Rust library: crate-type = ["dylib"].`;
    case 'prefer-dynamic':
      return "Rust's own standard library is linked dynamically: -Cprefer-dynamic is among the rustflags.";
  }
}

function helpFor(cause: NotStaticCause): string {
  switch (cause.kind) {
    case 'library': {
      const known = SWITCHES[cause.crate.split(' ')[0] ?? ''];
      return known ?? `Give ${cause.crate} an archive, lib${cause.library}.a, built for the platform, in the folder where it looks; or switch on the feature by which it builds the library itself ("vendored", "bundled", "static").`;
    }
    case 'dylib':
      return `Write crate-type = ["rlib"] in the Cargo.toml of ${cause.crate}.`;
    case 'prefer-dynamic':
      return 'Take -Cprefer-dynamic out of rustflags (RUSTFLAGS, .cargo/config.toml, "rustflags" of the platform).';
  }
}
