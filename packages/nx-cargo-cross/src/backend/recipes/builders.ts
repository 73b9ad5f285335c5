/** Crates that no table lists, told by what they depend on: who uses a crate that compiles C, or finds a C library, needs a C compiler. */
import { snakeTriple } from '../../platform/triple.js';
import type { PlannedUse, Recipe, Refusal } from './recipe.js';

/** Crates whose only use is in a build script that compiles or finds C for the target. */
const BUILDERS = ['autotools', 'bindgen', 'cc', 'cmake', 'cxx-build', 'metadeps', 'nasm-rs', 'openssl-src', 'pkg-config', 'system-deps', 'vcpkg'];

/** Packages that depend on one of them and compile nothing where we build; where they would, and where that is written. */
export const HARMLESS: Readonly<Record<string, string>> = {
  backtrace: 'only for Android: backtrace 0.3.73, build.rs',
  'libsqlite3-sys': 'only with its feature "bundled", which has a recipe of its own',
};

export const BUILDERS_RECIPE: Recipe = {
  id: 'c-builders',
  crates: BUILDERS,
  why: 'the build scripts that use them compile C or look for a C library of the target',
  source: "each crate's own documentation",
  refuses: withoutCompiler,
};

function withoutCompiler({ used, all, compiles, env, triple, backend }: PlannedUse): Refusal | undefined {
  const named = [`CC_${triple.name}`, `CC_${snakeTriple(triple.name)}`, 'TARGET_CC', 'CC_FORCE_DISABLE'].some((name) => env[name] !== undefined);
  if (compiles.c || named) return undefined;
  const user = all.find(({ name, part }) => part === 'target' && used.usedBy.includes(name) && !BUILDERS.includes(name) && !(name in HARMLESS));
  if (!user) return undefined;
  return {
    crate: { name: user.name, version: user.version },
    why: `Its build script uses the crate "${used.name}", which needs a C compiler for ${triple.name}, and backend ${backend} has none.`,
    help: [
      `Choose a backend with a C compiler in nx.json: "backends": { "${triple.name}": "zig" }`,
      `Or name a compiler: CC_${snakeTriple(triple.name)}=/path/to/cc`,
      'Or, if it compiles nothing with these features, say so in the options of the platform: "env": { "CC_FORCE_DISABLE": "1" }',
    ],
  };
}
