/**
 * Variables that a build asks for and no key has to hold: cargo sets them itself, they are about another compilation, or they decide no bytes.
 * Sources: the Cargo book, "Environment variables"; cc 1.2.60.
 */
import type { Triple } from '../platform/triple.js';

/** Set by cargo for what it starts. RUSTC and its like are in the key where the user sets them. */
const BY_CARGO =
  /^(CARGO|CARGO_MANIFEST_(DIR|PATH|LINKS)|CARGO_(PKG|FEATURE|CFG|BIN_EXE)_.+|CARGO_(BIN_NAME|CRATE_NAME|PRIMARY_PACKAGE|TARGET_TMPDIR|RUSTC_CURRENT_DIR|MAKEFLAGS|SBOM_PATH)|DEP_.+|OUT_DIR|TARGET|HOST|NUM_JOBS|OPT_LEVEL|DEBUG|PROFILE|RUSTC|RUSTDOC|RUSTC_LINKER)$/;

/** Cargo's configuration by variables: what of it decides bytes for the triple and profile is in the key. */
const CONFIGURATION = /^CARGO_(HOME|INCREMENTAL|LOG|(TARGET|BUILD|PROFILE|NET|HTTP|TERM|REGISTRY|REGISTRIES|ALIAS|CACHE)_.+)$/;

/** Where a build script finds programs and room to work; programs that decide bytes are asked for their versions. And what only changes what is printed. */
const OF_THE_MACHINE = /^(PATH|HOME|TMPDIR|TEMP|TMP|TERM|NO_COLOR|CLICOLOR|RUST_LOG|RUST_BACKTRACE|MAKEFLAGS|MFLAGS|LD_LIBRARY_PATH|DYLD_(FALLBACK_)?LIBRARY_PATH|CC_ENABLE_DEBUG_OUTPUT|LIBC_BUILD_VERBOSE|AWS_LC_RS_(DISABLE_SLOW_TESTS|DEV_TESTS_ONLY)|VERBOSE|V)$/;

/**
 * Whether a variable decides no byte of the target, whatever it says.
 * @param by  the compiler writes what a variable says into the program, whatever it is about; a build script looks at it
 * @param host  the triple of the machine that builds, for which build scripts compile C of their own
 */
export function decidesNothing(name: string, by: 'compiler' | 'script', triple: Triple, host: string): boolean {
  if (BY_CARGO.test(name) || CONFIGURATION.test(name)) return true;
  if (by === 'compiler') return false;
  return OF_THE_MACHINE.test(name) || (host !== triple.name && spellings(host).some((spelled) => name.endsWith(`_${spelled}`) || name.startsWith(`${spelled}_`)));
}

function spellings(host: string): readonly string[] {
  const snake = host.replace(/[-.]/g, '_');
  return [host, snake, snake.toUpperCase()];
}
