/** The plugin's entry in nx.json. Pure. */
import type { NxJsonConfiguration } from '@nx/devkit';
import type { ChosenBackend } from './backends.js';

export const PLUGIN = 'nx-cargo-cross';
export const OUT_DIR = 'dist/cross';

type WithPlugins = Pick<NxJsonConfiguration, 'plugins'>;

/** Whether nx.json has the plugin already, in whichever form. */
export function hasPlugin(nxJson: WithPlugins): boolean {
  return (nxJson.plugins ?? []).some(isOurs);
}

/** Where the existing entry has the artifacts laid out. */
export function outDirOf(nxJson: WithPlugins): string {
  const entry = (nxJson.plugins ?? []).find(isOurs);
  const options: unknown = typeof entry === 'object' ? entry.options : undefined;
  const named: unknown = typeof options === 'object' && options !== null && 'outDir' in options ? options.outDir : undefined;
  return typeof named === 'string' && named !== '' ? named.replace(/\/$/, '') : OUT_DIR;
}

function isOurs(entry: string | { readonly plugin: string }): boolean {
  return (typeof entry === 'string' ? entry : entry.plugin) === PLUGIN;
}

/** nx.json with the plugin's entry behind the others. The backends are named by whole triples, so that a platform added later gets the plugin's own choice. */
export function withPlugin<T extends WithPlugins>(nxJson: T, chosen: readonly ChosenBackend[]): T {
  const backends = Object.fromEntries(chosen.flatMap(({ platform, id }) => (id === undefined ? [] : [[platform.triple.name, id]])));
  const options = { platforms: chosen.map(({ platform }) => platform.word), backends, outDir: OUT_DIR };
  return { ...nxJson, plugins: [...(nxJson.plugins ?? []), { plugin: PLUGIN, options }] };
}
