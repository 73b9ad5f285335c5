/** Which Nx this plugin runs under. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The first major in which every release takes fields of JSON files for inputs: 22.7 does, 22.0 ends with "Value is non of these types" (measured). */
const READS_JSON = 23;

/** Whether this Nx takes `{ json, fields }` for an input. Where no Nx is found beside the plugin, it is taken for a new one. */
export function readsJsonInputs(): boolean {
  try {
    const { version } = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('nx/package.json'), 'utf8')) as { readonly version: string };
    return Number(version.split('.')[0]) >= READS_JSON;
  } catch {
    return true;
  }
}

/** The file by which Node starts the Nx of a workspace; undefined where it has none. */
export function nxProgram(workspaceRoot: string): string | undefined {
  try {
    const manifest = createRequire(join(workspaceRoot, 'package.json')).resolve('nx/package.json');
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly bin: { readonly nx: string } };
    return join(dirname(manifest), bin.nx);
  } catch {
    return undefined;
  }
}
