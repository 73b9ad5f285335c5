/** The layers of `packages/nx-cargo-cross/src`, as tables. What is checked with them is in `check.mjs`. */

/**
 * Every folder of src, from the bottom up; `index` and `index.ts` mean the file. A folder may import from lower rows, and from its own row as long
 * as no two folders import each other.
 */
export const LAYERS = [
  ['platform', 'diagnostics'],
  ['config', 'cargo', 'artifact', 'runner'],
  ['backend', 'graph', 'remote', 'why', 'layer'],
  ['plan', 'toolchain'],
  ['doctor', 'build', 'link', 'history'],
  ['executors', 'generators', 'cli', 'index'],
];

/** Outside the layers: the code that touches the machine, and what only tests may use. */
export const SYSTEM = 'system';
export const TESTKIT = 'testkit';

/** Folders that know no machine: no node built-ins, no clock, no chance, no environment, and never `system`. */
export const PURE = new Set(['platform', 'diagnostics', 'cargo', 'config', 'artifact', 'backend', 'graph', 'plan', 'runner', 'remote', 'why', 'layer']);

/** The highest layer whose types `system` may speak of: it answers the backends' questions. */
export const SYSTEM_KNOWS_UP_TO = 'backend';

/** Packages that may be imported by folder; a pattern ending in `*` stands for all that begin so. */
export const BARE_IMPORTS = {
  pure: ['smol-toml', 'picomatch', 'leven'],
  system: ['node:*', 'execa', 'p-limit'],
  edge: ['node:path', 'node:url', 'node:crypto', 'node:events', 'node:util', 'p-limit', 'semver', 'semver/*'],
  door: ['node:path', 'node:url', 'node:util', 'node:crypto', '@nx/devkit', 'nx/src/*', 'p-limit'],
};

/** Nx's own words come in here alone, below the doors: the files whose exports Nx calls, and what they return. */
export const NX_ENTRY_FILES = new Set(['graph/create-nodes.ts', 'graph/create-dependencies.ts']);

/** Names that pure code must not say: each with why. */
export const IMPURE_NAMES = [
  { pattern: /(?<![.\w$]|\binstanceof\s+)Date\b(?!\s*[:?])/, name: 'Date', why: 'a clock' },
  { pattern: /(?<![.\w$])Math\.random\b/, name: 'Math.random', why: 'chance' },
  { pattern: /(?<![.\w$])process\s*\??[.[]/, name: 'process', why: 'the environment' },
  { pattern: /(?<![.\w$])console\s*\??\./, name: 'console', why: 'output' },
  { pattern: /(?<![.\w$])(setTimeout|setInterval|performance|globalThis|fetch)\b(?!\s*[:?])/, name: 'timers, globals', why: 'the world' },
];

/** Files that may say `throw`: everything expected is returned as a Result. Nx knows a failed graph or generator only by what it throws. */
export const MAY_THROW = new Set(['diagnostics/internal-error.ts', 'index.ts', 'generators/init/generator.ts']);

/** File names that Nx asks a default export of. */
export const DEFAULT_EXPORT_FILES = new Set(['executor.ts', 'batch.ts', 'generator.ts']);

export const MAX_LINES = 300;

/** Files that are tables, and as long as what they list. */
export const TABLES = new Set(['packages/nx-cargo-cross/src/platform/known.ts', 'packages/nx-cargo-cross/src/diagnostics/raw-errors.ts']);
