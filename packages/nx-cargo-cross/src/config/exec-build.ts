/** What the plugin's options in nx.json say for a platform where there is no crate: for targets that run a command of their own. */
import type { WrittenMetadata } from '../cargo/model.js';
import { joinPath } from '../cargo/paths.js';
import type { Failure } from '../diagnostics/failure.js';
import type { Location } from '../diagnostics/location.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { parsePlatform } from '../platform/platform.js';
import { chooseBackend } from './backend-choice.js';
import { checkPlatformKeys, platformScopes, refusePlatform, resolveNames } from './resolve-platforms.js';
import { takeBackend, takeBackendGlobs } from './check-values.js';
import { DEFAULT_OUT_DIR, resolveBuild } from './resolve.js';
import type { PlatformBuild } from './resolved.js';
import { makeScopes, pickOption } from './scopes.js';

/** A platform's options, and where its artifacts go. */
export interface ExecBuild {
  readonly build: PlatformBuild;
  /** Relative to the Nx workspace root. */
  readonly outDir: string;
  /** Whether machines of another system or processor take each other's cache entries. */
  readonly shareHosts: boolean;
}

/**
 * The platform that a target names, by the same options and the same choice of a backend as a crate's.
 * Fails with `unknown-word` and `option-invalid`.
 * @param location where the target stands.
 */
export function resolveExecBuild(word: string, nxOptions: WrittenMetadata | undefined, location: Location): Result<ExecBuild> {
  const failures: Failure[] = [];
  const scopes = makeScopes(undefined, undefined, nxOptions, failures);
  const names = resolveNames(scopes, failures);
  failures.push(...checkPlatformKeys(scopes, names));
  const parsed = parsePlatform(word, names);
  if (!parsed.ok) return failed(refusePlatform(parsed, word, location, [...names.keys()]), ...failures);
  const { platform } = parsed;
  const own = takeBackend([...platformScopes(scopes, names, platform), ...scopes]);
  const backend = chooseBackend(platform, { own, globs: takeBackendGlobs(scopes), linker: undefined });
  const build = resolveBuild({ scopes, names, failures }, platform, backend, undefined);
  const [first, ...rest] = failures;
  if (first) return failed(first, ...rest);
  return success({ build, shareHosts: pickOption(scopes, 'shareHosts')?.value ?? false, outDir: joinPath('', pickOption(scopes, 'outDir')?.value ?? DEFAULT_OUT_DIR) ?? DEFAULT_OUT_DIR });
}
