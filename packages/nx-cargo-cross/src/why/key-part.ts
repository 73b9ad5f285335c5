/**
 * The parts of a task's key, by the names that Nx gives them in `task.hashDetails.nodes`. Names and hashes were the same in Nx 22.7.12, 23.3.2 and 24.0.6;
 * in 22.0.0, too, but for `{projectRoot}` in the names of files (measured; native/tasks/hashers of nrwl/nx).
 */

export type KeyPart =
  /** An environment variable. */
  | { readonly kind: 'variable'; readonly name: string }
  /** What a command said. */
  | { readonly kind: 'answer'; readonly command: string }
  /** What an external node of ours stands for. */
  | { readonly kind: 'decisions' }
  /** Files of a project, or of the workspace; globs relative to the workspace root, unless they begin with `{projectRoot}/`; `!` in front excludes. */
  | { readonly kind: 'files'; readonly project: string | undefined; readonly globs: readonly string[] }
  /** A project's configuration, with all its targets. */
  | { readonly kind: 'configuration'; readonly project: string }
  /** The root tsconfig. */
  | { readonly kind: 'tsconfig' }
  /** A package of npm's. */
  | { readonly kind: 'package'; readonly name: string }
  /** A line of a closure file: it changes with what it stands for, which has parts of its own. */
  | { readonly kind: 'closure line' }
  | { readonly kind: 'other' };

/** The hash of nothing: of a variable that is empty or not set, of a command that says nothing, of no files (xxh3, 64 bits). */
export const HASH_OF_NOTHING = '3244421341483603138';

/** External nodes of ours: of builds, of tests, of layers, of toolchains, and of the executor `exec`. */
const OWN_NODE = /^(cargo-closure|cargo-test|cargo-layer|cargo-toolchain|cross-exec):/;

const CLOSURE_LINE = /:json:(.*\/)?cross-closure\.json\[[^\]]*\]$/;

/** Which part a name stands for. */
export function keyPartOf(name: string): KeyPart {
  if (name.startsWith('env:')) return { kind: 'variable', name: name.slice('env:'.length) };
  if (name.startsWith('runtime:')) return { kind: 'answer', command: name.slice('runtime:'.length) };
  if (OWN_NODE.test(name)) return { kind: 'decisions' };
  if (name.startsWith('npm:')) return { kind: 'package', name: name.slice('npm:'.length) };
  const ofWorkspace = /^workspace:\[(.*)\]$/.exec(name)?.[1];
  if (ofWorkspace !== undefined) return { kind: 'files', project: undefined, globs: splitGlobs(ofWorkspace).map((glob) => glob.replace(/^(!?)\{workspaceRoot\}\//, '$1')) };
  if (CLOSURE_LINE.test(name)) return { kind: 'closure line' };
  const colon = name.lastIndexOf(':');
  const [owner, rest] = [name.slice(0, colon), name.slice(colon + 1)];
  if (colon <= 0) return { kind: 'other' };
  if (rest === 'ProjectConfiguration') return { kind: 'configuration', project: owner };
  if (rest === 'TsConfig') return { kind: 'tsconfig' };
  // `**/*.o:dist/out` is what a task reads of another's outputs.
  return /[*?[{]/.test(owner) || !/[*?[{/]/.test(rest) ? { kind: 'other' } : { kind: 'files', project: owner, globs: splitGlobs(rest) };
}

/** Whether a task is one of this plugin's, by its key. */
export function isOurs(nodes: Readonly<Record<string, string>>): boolean {
  for (const name in nodes) if (OWN_NODE.test(name)) return true;
  return false;
}

/** Which of our tasks it is. */
export function taskKind(nodes: Readonly<Record<string, string>>): 'build' | 'test' {
  return Object.keys(nodes).some((name) => name.startsWith('cargo-test:')) ? 'test' : 'build';
}

/** At commas that stand in no braces. */
function splitGlobs(text: string): readonly string[] {
  const globs: string[] = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === ',' && depth === 0) globs.push('');
    else globs[globs.length - 1] += letter;
    if (letter === '{') depth++;
    if (letter === '}') depth--;
  }
  return globs.filter((glob) => glob !== '');
}

/**
 * Whether a variable's value may be kept and shown: those that say how to compile. A value of any other (`envInputs` may name a token) is kept as a salted
 * digest, and shown as "changed".
 */
export function isHarmless(variable: string): boolean {
  return HARMLESS.test(variable);
}

const HARMLESS = new RegExp(
  `^(?:${[
    '(?:(?:TARGET|HOST|AWS_LC_SYS)_)?(?:CC|CXX|AR|RANLIB|LD|CFLAGS|CXXFLAGS|CPPFLAGS|LDFLAGS|ARFLAGS|CXXSTDLIB)(?:_[\\w-]+)?',
    'RUSTC(?:_WORKSPACE)?(?:_WRAPPER)?|RUSTC_BOOTSTRAP|RUSTFLAGS|RUSTDOCFLAGS|RUSTUP_TOOLCHAIN|RUST_TEST_THREADS|RUST_BACKTRACE',
    'CARGO_(?:ENCODED_RUSTFLAGS|INCREMENTAL|(?:BUILD|PROFILE)_\\w+|TARGET_\\w+_(?:LINKER|RUSTFLAGS|RUNNER))',
    'SOURCE_DATE_EPOCH|MACOSX_DEPLOYMENT_TARGET|SDKROOT|CROSS_COMPILE|CRATE_CC_NO_DEFAULTS|ZERO_AR_DATE',
    '(?:C|CPLUS)_INCLUDE_PATH|CPATH|LIBRARY_PATH|COMPILER_PATH|LD_RUN_PATH|ZIG_LIB(?:_DIR|C)|CONFIG_SITE|GNUMAKEFLAGS|LIBCLANG_(?:STATIC_)?PATH|LLVM_CONFIG_PATH',
    '(?:TARGET_|HOST_)?(?:CMAKE|PKG_CONFIG|BINDGEN_EXTRA_CLANG_ARGS)(?:_[\\w-]+)?',
    '\\w*OPENSSL_(?:DIR|LIB_DIR|INCLUDE_DIR|STATIC|LIBS|NO_VENDOR)|SQLITE3_(?:LIB_DIR|INCLUDE_DIR|STATIC)',
    'GO(?:OS|ARCH|ARM|AMD64|FLAGS|TOOLCHAIN|EXPERIMENT)|CGO_\\w+',
    'ANDROID_(?:NDK_)?(?:HOME|ROOT)|XWIN_ROOT|OSXCROSS_(?:ROOT|TARGET_DIR)|QEMU_LD_PREFIX|NX_CARGO_CROSS_ZIG',
  ].join('|')})$`,
);
