/**
 * The table of options: one row per key, from which validation, and later schema.json and the README's table, are made.
 * nx.json spells keys in camelCase, Cargo metadata in kebab-case. "workspace" is nx.json and `[workspace.metadata.nx-cargo-cross]`, "package" is
 * `[package.metadata.nx-cargo-cross]`, "platform" is `platform.<name>` in any of them.
 */
import { BACKEND_IDS } from './backend-id.js';

/** Where an option may stand. */
export type OptionLevel = 'workspace' | 'package' | 'platform';

/** `text-map`: a table of texts. `platform-map`: a table of tables, one per platform. */
export type OptionType = 'text' | 'flag' | 'texts' | 'text-map' | 'platform-map';

/** What is to be known of one option. */
export interface OptionRow {
  /** As nx.json spells it. */
  readonly key: string;
  readonly type: OptionType;
  readonly levels: readonly OptionLevel[];
  /** One sentence, for schema.json and the README. */
  readonly doc: string;
  /** What holds where nothing is said, as one would write it. */
  readonly default?: string;
  /** The whole text must match; `expects` says how in words. */
  readonly pattern?: RegExp;
  readonly expects?: string;
  /** The only valid words, and what they are called; for a `text-map`, of its values. */
  readonly words?: readonly string[];
  readonly kind?: 'linkage' | 'backend' | 'driver';
}

const SHARED = ['workspace', 'package'] as const;
const WORKSPACE_OR_PLATFORM = ['workspace', 'platform'] as const;
const EVERYWHERE = ['workspace', 'package', 'platform'] as const;

const row = <const Row extends OptionRow>(made: Row): Row => made;

/** All options. */
export const OPTIONS = [
  row({
    key: 'platforms',
    type: 'texts',
    levels: SHARED,
    doc: 'Platforms to build for: short names, triples, or names of your own. An empty list infers no targets.',
    default: 'the `targets` of rust-toolchain.toml, else ["x86_64-linux-musl", "aarch64-linux", "x86_64-windows", "aarch64-macos"]',
  }),
  row({ key: 'names', type: 'text-map', levels: SHARED, doc: 'Names of your own for platforms: { "pi": "armv7-unknown-linux-musleabihf" }.' }),
  row({
    key: 'backends',
    type: 'text-map',
    levels: SHARED,
    doc: "Backends by glob over triples and platform names; the first match wins, the package's own globs first.",
    kind: 'backend',
    words: BACKEND_IDS,
  }),
  row({
    key: 'backend',
    type: 'text',
    levels: EVERYWHERE,
    doc: 'The backend for all platforms, or for one; stronger than `backends`.',
    kind: 'backend',
    words: BACKEND_IDS,
  }),
  row({ key: 'profile', type: 'text', levels: EVERYWHERE, doc: 'Cargo profile to build with.', default: '"release"' }),
  row({
    key: 'outDir',
    type: 'text',
    levels: SHARED,
    doc: 'Folder for the artifacts, relative to the Nx workspace root.',
    default: '"dist/cross"',
    pattern: /^(\.\/)?(?!\.{1,2}(\/|$))(?!.*\/\.{1,2}(\/|$))[^/\\{}*?\s][^\\{}*?]*$/,
    expects: 'a folder inside the workspace, without "..", globs or braces',
  }),
  row({
    key: 'targetName',
    type: 'text',
    levels: SHARED,
    doc: 'Name of the inferred targets: `<name>-<platform>` and, for all of them, `<name>`.',
    default: '"cross"',
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    expects: 'letters, digits, ".", "_" and "-" only',
  }),
  row({ key: 'bins', type: 'texts', levels: ['package'], doc: 'The bins to build.', default: 'every bin of the package' }),
  row({
    key: 'features',
    type: 'texts',
    levels: ['package', 'platform'],
    doc: 'Features to switch on; those of a platform stand in for those of the package.',
  }),
  row({ key: 'defaultFeatures', type: 'flag', levels: ['package'], doc: 'Whether the default features are on.', default: 'true' }),
  row({
    key: 'inputs',
    type: 'texts',
    levels: ['package'],
    doc: 'Further files that decide the output of whatever is built from the package: globs relative to it, "!" in front excludes; ".git/HEAD" stands for the commit.',
  }),
  row({ key: 'envInputs', type: 'texts', levels: ['package'], doc: 'Further environment variables that decide the output of whatever is built from the package.' }),
  row({
    key: 'shareHosts',
    type: 'flag',
    levels: SHARED,
    doc: "Whether machines of another system or processor take each other's cache entries: a Mac those of a Linux machine. Off, the builder is in the key where build scripts or procedural macros run on it.",
    default: 'false',
  }),
  row({
    key: 'closureFile',
    type: 'flag',
    levels: SHARED,
    doc: 'Whether a committed file of the crate, `cross-closure.json`, kept by `nx sync`, tells `nx affected` what a change of lock files, manifests and settings means for it.',
    default: 'false',
  }),
  row({ key: 'platform', type: 'platform-map', levels: SHARED, doc: 'Options for one platform, by its name.' }),
  row({ key: 'rustflags', type: 'texts', levels: ['platform'], doc: 'Flags for rustc, behind your other flags; one word of the command line each.' }),
  row({ key: 'env', type: 'text-map', levels: ['platform'], doc: 'Environment variables for cargo and everything below it.' }),
  row({
    key: 'linkage',
    type: 'text',
    levels: ['platform'],
    doc: 'How programs are linked.',
    default: "the triple's own",
    kind: 'linkage',
    words: ['static', 'dynamic'],
  }),
  row({
    key: 'glibc',
    type: 'text',
    levels: ['platform'],
    doc: 'The oldest glibc that the artifacts must start on.',
    default: 'with backend zig, the oldest that Rust supports ("2.17")',
    pattern: /^\d{1,3}\.\d{1,3}$/,
    expects: 'a version such as "2.28"',
  }),
  row({
    key: 'minOs',
    type: 'text',
    levels: ['platform'],
    doc: 'The oldest macOS that the artifacts must start on.',
    default: "rustc's own",
    pattern: /^\d{1,3}(\.\d{1,3}){0,2}$/,
    expects: 'a version such as "11.0"',
  }),
  row({
    key: 'apiLevel',
    type: 'text',
    levels: ['platform'],
    doc: 'The oldest Android API level that the artifacts must start on.',
    default: '"21", or the oldest that the NDK has',
    pattern: /^\d{1,3}$/,
    expects: 'a number such as "24"',
  }),
  row({
    key: 'sdk',
    type: 'text',
    levels: WORKSPACE_OR_PLATFORM,
    doc: "Folder of Apple's SDK or of Microsoft's files, absolute or relative to the workspace root.",
    default: 'macOS: none, frameworks are linked against generated stubs; Windows: where xwin puts them',
  }),
  row({
    key: 'driver',
    type: 'text',
    levels: ['platform'],
    doc: 'With backend gcc, what links: the compiler, or the bare `ld`.',
    default: '"compiler"',
    kind: 'driver',
    words: ['compiler', 'ld'],
  }),
  row({
    key: 'interpreter',
    type: 'text',
    levels: ['platform'],
    doc: 'The loader that dynamic programs name.',
    default: "the platform's standard one",
    pattern: /^\/\S+$/,
    expects: 'an absolute path',
  }),
  row({
    key: 'allow',
    type: 'texts',
    levels: EVERYWHERE,
    doc: 'Findings of the proof to accept, by the word that each is told with: "rpath:/opt/acme/lib", "needed:libssl.so.3", "text-relocations"; "*" stands for any text.',
  }),
  row({
    key: 'reproducible',
    type: 'flag',
    levels: EVERYWHERE,
    doc: 'Whether every machine writes the same bytes: folders of the machine get names that all share (`./src/main.rs`, `/cargo/registry/src/...`), and the date is fixed.',
    default: 'true',
  }),
  row({
    key: 'smoke',
    type: 'texts',
    levels: EVERYWHERE,
    doc: 'Words with which each program is started once before it is handed out, where its platform runs here: ["--version"]. It must end with 0 within 60 s.',
  }),
  row({
    key: 'tests',
    type: 'flag',
    levels: EVERYWHERE,
    doc: "Whether there is a target that runs the crate's tests: `<targetName>-test-<platform>`.",
    default: 'true where the crate has something to ship',
  }),
  row({
    key: 'testTimeout',
    type: 'text',
    levels: EVERYWHERE,
    doc: 'Seconds after which a test program is stopped.',
    default: '"600"',
    pattern: /^[1-9]\d{0,5}$/,
    expects: 'a number of seconds such as "120"',
  }),
  row({
    key: 'unrunnable',
    type: 'text',
    levels: EVERYWHERE,
    doc: "What becomes of tests where the platform's programs cannot be run: they fail, or are skipped with the reason.",
    default: '"fail"',
    pattern: /^(fail|skip)$/,
    expects: '"fail" or "skip"',
  }),
  row({
    key: 'layer',
    type: 'flag',
    levels: EVERYWHERE,
    doc: 'Whether the compiled third-party crates are a task of their own, `<targetName>-layer-<platform>`, whose cached result builds on fresh machines begin with.',
    default: 'false',
  }),
  row({
    key: 'toolchain',
    type: 'flag',
    levels: EVERYWHERE,
    doc: "Whether a platform's standard library and C libraries, where they are built on the machine, are a task of their own, `<targetName>-toolchain-<platform>`, whose cached result fresh machines take.",
    default: 'false',
  }),
] as const;

type Row = (typeof OPTIONS)[number];

/** The key of an option, in camelCase. */
export type OptionKey = Row['key'];

interface ValueOf {
  readonly text: string;
  readonly flag: boolean;
  readonly texts: readonly string[];
  readonly 'text-map': Readonly<Record<string, string>>;
  readonly 'platform-map': Readonly<Record<string, PlatformOptions>>;
}

/** The options of one level as written: validated, nothing filled in. Keys in camelCase, whatever the file's spelling. */
export type WrittenOptions = { readonly [R in Row as R['key']]?: ValueOf[R['type']] };

/** The options that a `platform.<name>` table may have. */
export type PlatformOptions = Pick<WrittenOptions, 'backend' | 'profile' | 'features' | 'rustflags' | 'env' | 'linkage' | 'glibc' | 'minOs' | 'apiLevel' | 'sdk' | 'driver' | 'interpreter' | 'allow' | 'reproducible' | 'smoke' | 'tests' | 'testTimeout' | 'unrunnable' | 'layer'>;

/** `outDir` as Cargo metadata spells it: `out-dir`. */
export function kebabCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
