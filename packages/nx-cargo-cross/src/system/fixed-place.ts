/**
 * A place for a tool's own files that is the same in all checkouts: a symbolic link in the plugin's cache folder. zig names entries of its cache after the folder of its own files (zig 0.16: compilers of C are told folders of headers as
 * they are called), so that out of node_modules each checkout would build the C libraries once more, and no other machine's would serve.
 */
import { join } from 'node:path';
import { digest } from './digest.js';
import { attempt, canonicalPath, replaceSymlink } from './files.js';
import { readTextNow } from './files-now.js';
import type { ToolProbe } from './tools.js';

/**
 * Of a tool out of npm with files in another package, the same with the link; all else as it was found, and where no link can be made.
 * @param variable names the folder of the tool's files
 */
export async function withFixedPlace(probe: ToolProbe, variable: string, cacheFolder: string): Promise<ToolProbe> {
  if (probe.found !== true) return probe;
  const own = probe.tool.env[variable];
  const manifest = own === undefined ? undefined : manifestIn(own);
  if (own === undefined || manifest === undefined) return probe;
  const link = join(await canonicalPath(cacheFolder), 'tools', `zig-lib-${probe.tool.version}-${digest(manifest).slice(0, 12)}`);
  // One that leads to the same package is left alone, wherever that lies: a zig that runs would find its files changed. A package that was updated is another.
  const leads = (): boolean => manifestIn(link) === manifest;
  if (!leads()) await attempt(() => replaceSymlink(own, link));
  return leads() ? { ...probe, tool: { ...probe.tool, env: { ...probe.tool.env, [variable]: link } } } : probe;
}

function manifestIn(folder: string): string | undefined {
  return readTextNow(join(folder, 'package.json'));
}
