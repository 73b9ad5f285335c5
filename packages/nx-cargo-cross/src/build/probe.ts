/** Looks at the machine for what a request's plan needs to know. The only questions asked are those that the plan's backend names. */
import { delimiter, isAbsolute, join, relative, sep } from 'node:path';
import gte from 'semver/functions/gte.js';
import coerce from 'semver/functions/coerce.js';
import type { FoundTool, Host, ToolNeed } from '../backend/contract.js';
import { recipeNeeds } from '../backend/recipes/recipe.js';
import { RECIPES } from '../backend/recipes/table.js';
import { backendOf, backendsFor } from '../backend/registry.js';
import type { PlatformBuild } from '../config/resolved.js';
import type { Failure } from '../diagnostics/failure.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { OUTPUTS, sdkFolder } from '../plan/plan.js';
import type { BuildRequest, Probe } from '../plan/request.js';
import { digest } from '../system/digest.js';
import type { System } from '../system/system.js';
import { ownProgram } from '../system/own-package.js';
import type { ToolProbe } from '../system/tools.js';
import { readToolchain, type Toolchain } from '../toolchain/identity.js';
import { buildFolders } from './build-folders.js';
import { answersFolder, openKeptAnswers, stateOf } from './cargo-answers.js';
import { checkRustPin, checkToolPin } from './pins.js';
import { usedPackages } from './used-packages.js';
import { checkLinker } from './user-linker.js';
import { readUserCargoConfig } from './user-cargo-config.js';

export interface Probed {
  readonly probe: Probe;
  readonly toolchain: Toolchain;
}

export interface Prober {
  probe(request: BuildRequest): Promise<Result<Probed>>;
}

export interface ProberOptions {
  readonly system: System;
  readonly workspaceRoot: string;
  readonly color: boolean;
  /** Everything in the repository that decides what cargo would compile; undefined where cargo is to be asked each time. */
  readonly sources?: ((request: BuildRequest) => string | undefined) | undefined;
}

/** A prober for one run: each directory's toolchain and each tool is asked once, however many requests there are. */
export function makeProber({ system, workspaceRoot, color, sources }: ProberOptions): Prober {
  const toolchains = new Map<string, Promise<Result<Toolchain>>>();
  const tools = new Map<string, Promise<ToolProbe>>();

  const toolchainOf = (directory: string): Promise<Result<Toolchain>> =>
    remember(toolchains, directory, () => readToolchain(system, directory, system.env));

  const toolOf = (need: ToolNeed): Promise<ToolProbe> =>
    remember(tools, `${need.label}\n${JSON.stringify(need.candidates)}`, () => system.probeTool(need, workspaceRoot, system.env));

  return {
    async probe(request) {
      const directory = join(workspaceRoot, request.workspace.root);
      const toolchain = await toolchainOf(directory);
      if (!toolchain.ok) return toolchain;
      const pinned = checkRustPin(request.workspace, toolchain.value, system.env);
      if (!pinned.ok) return pinned;
      const host = hostOf(toolchain.value);
      const { triple } = request.build.platform;
      const backend = backendOf(request.build.backend.id);
      const why = backend.refuses(triple, host);
      if (why !== undefined) {
        return failed({ code: 'triple-unserved', triple: triple.name, backend: backend.id, why, alternatives: backendsFor(triple, host).filter((id) => id !== backend.id) });
      }
      const found: Record<string, FoundTool | undefined> = {};
      const failures: Failure[] = [];
      for (const need of backend.needs(triple, host, { sdk: sdkFolder(request, workspaceRoot), driver: request.build.driver, closure: request.closure })) {
        const tool = judgeTool(need, await toolOf(need), request.build, host);
        const pin = tool.ok && tool.value ? checkToolPin(need, tool.value, backend.identity(triple).pins, request.lockedPackages) : success(undefined);
        if (tool.ok) found[need.key] = tool.value;
        else failures.push(...tool.failures);
        if (!pin.ok) failures.push(...pin.failures);
      }
      const user = readUserCargoConfig(system, directory, triple);
      const targetDir = system.env['CARGO_TARGET_DIR'] ?? system.env['CARGO_BUILD_TARGET_DIR'] ?? (user.ok ? user.value.targetDir : undefined) ?? 'target';
      const target = isAbsolute(targetDir) ? targetDir : join(directory, targetDir);
      const deciding = sources?.(request);
      const kept = openKeptAnswers(workspaceRoot, answersFolder(join(target, OUTPUTS), directory), deciding === undefined ? undefined : stateOf(toolchain.value, [digest(deciding)]));
      const used = await usedPackages({ system, cargo: toolchain.value.cargo, directory, kept }, request);
      for (const { need, crate } of recipeNeeds(RECIPES, { triple, host, backend: backend.id, closure: request.closure, used, env: { ...system.env, ...request.build.env } })) {
        const tool = judgeTool(need, await toolOf(need), request.build, host, crate);
        // Its version is none of the backend's, after which folders are named.
        if (tool.ok) found[need.key] ??= tool.value && { ...tool.value, version: '' };
        else failures.push(...tool.failures);
      }
      const [first, ...rest] = failures;
      if (first) return failed(first, ...rest);
      if (!user.ok) return user;
      const linker = backend.id === 'cargo-config' ? await checkLinker(system, directory, request, user.value.linker) : success(undefined);
      if (!linker.ok) return linker;
      return success({
        toolchain: toolchain.value,
        probe: {
          workspaceRoot,
          host,
          toolchain: toolchain.value,
          tools: found,
          env: system.env,
          macosLinkProgram: ownProgram('linkMacos'),
          pathDelimiter: delimiter,
          folders: await buildFolders(system, workspaceRoot, directory, target),
          targetDir: target,
          ...(isBelow(target, workspaceRoot) ? {} : { checkout: nameOf(workspaceRoot) }),
          shared: { path: join(system.cacheFolder, 'shared'), nameOf },
          rustflags: user.value.rustflags,
          ...(user.value.rustcWrapper === undefined ? {} : { rustcWrapper: user.value.rustcWrapper }),
          ...(user.value.linker ? { linker: user.value.linker.value } : {}),
          hasRunner: user.value.hasRunner,
          ...(user.value.jobs === undefined ? {} : { jobs: user.value.jobs }),
          color,
          used,
        },
      });
    },
  };
}

/**
 * What was found of a tool, or why a build that needs it would fail: `tool-missing`, `tool-broken` or `tool-too-old`.
 * @param crate whose build script starts the tool, where it is none of the backend's.
 */
export function judgeTool(
  need: ToolNeed,
  probed: ToolProbe,
  { platform, backend }: Pick<PlatformBuild, 'platform' | 'backend'>,
  host: Host,
  crate?: string,
): Result<FoundTool | undefined> {
  if (probed.found === 'broken') {
    return failed({ code: 'tool-broken', tool: need.label, path: probed.path, message: probed.message, install: need.install, platform: platform.name });
  }
  if (!probed.found) {
    if (need.optional) return success(undefined);
    return failed({
      code: 'tool-missing',
      tool: need.label,
      neededFor: crate === undefined ? `backend ${backend.id} for ${platform.triple.name}` : `the build script of ${crate}`,
      searched: probed.searched,
      install: need.install,
      ...(need.note === undefined ? {} : { note: need.note }),
      platform: platform.name,
      alternatives: crate === undefined ? backendsFor(platform.triple, host).filter((id) => id !== backend.id) : [],
    });
  }
  const { tool } = probed;
  if (need.minimum !== undefined && isOlder(tool.version, need.minimum)) {
    return failed({ code: 'tool-too-old', tool: need.label, path: tool.path, found: tool.version, minimum: need.minimum, install: need.install, platform: platform.name });
  }
  return success(tool);
}

/** A version that cannot be read is not called old. */
function isOlder(version: string, minimum: string): boolean {
  const read = coerce(version);
  return read !== null && !gte(read, minimum);
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Long enough that nobody meets another's. */
function nameOf(text: string): string {
  return digest(text).slice(0, 16);
}

/** The machine as backends see it. */
export function hostOf({ host: triple, sysroot, label: rustc }: Pick<Toolchain, 'host' | 'sysroot' | 'label'>): Host {
  const os = triple.includes('-linux') ? 'linux' : triple.includes('-apple-darwin') ? 'macos' : triple.includes('-windows') ? 'windows' : 'other';
  return { triple, os, sysroot, rustc };
}

function remember<T>(memory: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = memory.get(key);
  if (known) return known;
  const fresh = make();
  memory.set(key, fresh);
  return fresh;
}
