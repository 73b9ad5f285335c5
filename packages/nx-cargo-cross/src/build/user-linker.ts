/** Whether the linker that the user named for a triple is there, before anything is compiled for it. */
import { isAbsolute, join } from 'node:path';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { BuildRequest } from '../plan/request.js';
import { screamingTriple } from '../platform/triple.js';
import type { System } from '../system/system.js';
import type { UserLinker } from './user-cargo-config.js';

/**
 * Looks for it where cargo will: the variable's before the files', a bare name on the PATH. That none is named at all is the plan's to say.
 * Fails with `tool-missing`.
 */
export async function checkLinker(system: System, directory: string, { build }: BuildRequest, configured: UserLinker | undefined): Promise<Result<undefined>> {
  const { triple } = build.platform;
  const env = { ...system.env, ...build.env };
  const variable = `CARGO_TARGET_${screamingTriple(triple.name)}_LINKER`;
  const fromEnv = env[variable];
  const named = fromEnv === undefined || fromEnv === '' ? configured : { value: fromEnv, file: `$${variable}`, path: fromEnv.includes('/') ? absolute(directory, fromEnv) : undefined };
  if (!named) return success(undefined);
  const found = named.path === undefined ? await system.findOnPath(named.value, env) : (await system.exists(named.path)) ? named.path : undefined;
  if (found !== undefined) return success(undefined);
  return failed({
    code: 'tool-missing',
    tool: named.value,
    neededFor: `linking for ${triple.name}, as ${named.file} says`,
    searched: [named.path ?? `${named.value} on the PATH`],
    install: `what ${named.value} belongs to; or name another linker in ${named.file}`,
    alternatives: [],
  });
}

function absolute(directory: string, path: string): string {
  return isAbsolute(path) ? path : join(directory, path);
}
