/** What cargo's configuration outside the repository decides: the files above the Nx workspace root, and the one in cargo's home. */
import { parse, relative, sep } from 'node:path';
import { canonicalJson } from '../cargo/canonical.js';
import { findCargoConfigs, parseCargoConfigs } from '../cargo/cargo-config.js';
import { decidingConfig } from '../cargo/deciding-config.js';
import { joinOnDisk, parentOf } from '../cargo/paths.js';
import { parseTriple } from '../platform/triple.js';
import { makeSourceTree } from '../system/source-tree.js';
import { cargoHome } from '../system/user-folders.js';

/**
 * As text for a key: what decides, and no path of this machine; empty where nothing does.
 * @param root the Nx workspace root
 * @param triple a triple that the plugin knows
 */
export function outsideConfig(root: string, environment: Readonly<Record<string, string | undefined>>, triple: string): string {
  const top = parse(root).root;
  const tree = makeSourceTree(top);
  const fromTop = (path: string): string => relative(top, path).split(sep).join('/');
  const env = Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  const home = fromTop(cargoHome(env));
  const above = parentOf(fromTop(root));
  const ofHome = [`${home}/config`, `${home}/config.toml`].filter((file) => tree.isFile(file)).slice(0, 1);
  const files = [...(above === undefined ? [] : findCargoConfigs(above, tree)).filter((file) => !ofHome.includes(file)), ...ofHome];
  const config = parseCargoConfigs(files, tree, joinOnDisk);
  // cargo will say what is wrong with it; the key only has to tell one state from another.
  if (!config.ok) return files.map((file) => JSON.stringify(tree.readText(file))).join('\n');
  const known = parseTriple(triple);
  const deciding = known.ok ? decidingConfig(config.value, known.triple.facts) : config.value.files.map(({ table }) => table);
  return deciding.length === 0 ? '' : canonicalJson(deciding);
}
