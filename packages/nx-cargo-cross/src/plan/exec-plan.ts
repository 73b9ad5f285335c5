/** The plan of a task that runs commands of its own with a platform's C toolchain: environment, files, command lines, expected artifacts. */
import { deploymentTarget } from '../backend/apple/deployment-target.js';
import { plainCcEnv, type CcTools } from '../backend/cc-env.js';
import { cmakeToolchainFile } from '../backend/cmake-toolchain.js';
import type { CrossSetUp, GeneratedFile } from '../backend/contract.js';
import { applyEnvEdits, mergeEnvironment, type EnvEdit, type EnvOutcome } from '../backend/env-edit.js';
import { backendOf } from '../backend/registry.js';
import { execEnvNames } from '../config/exec-env-names.js';
import type { ExecArtifact, ExecKind } from '../config/exec-options.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { ExecProbe, ExecRequest } from './exec-request.js';
import { goEnv, mesonCrossFile, namePlaceholders } from './foreign-tools.js';
import { directoryName, type PlannedBackend } from './plan.js';
import { effectiveLinkage } from './steps.js';

/** One task, planned. All paths are absolute. */
export interface PlannedExec {
  readonly request: ExecRequest;
  readonly triple: string;
  readonly backend: PlannedBackend;
  readonly minOs: string | undefined;
  /** Where the commands run. */
  readonly directory: string;
  /** The project's folder of which a fresh copy is made, and the copy. */
  readonly copy: { readonly from: string; readonly to: string } | undefined;
  /** `{buildDir}`: kept from run to run. */
  readonly buildDirectory: string;
  /** Commands and variables as text: CMake and Meson keep what they were first told, so another text wants a folder without that. */
  readonly configuredBy: string;
  readonly files: readonly GeneratedFile[];
  readonly filesDirectory: string;
  readonly commands: readonly (readonly [string, ...string[]])[];
  readonly env: readonly EnvOutcome[];
  readonly expected: readonly ExpectedFile[];
  /** Libraries of the toolchain that are shipped where an artifact needs them. */
  readonly ships: Readonly<Record<string, string>>;
  readonly destination: string;
  readonly log: string;
}

export interface ExpectedFile {
  readonly kind: ExecKind;
  readonly path: string;
  readonly fileName: string;
}

/** These are the host's own where a user has them set; a command that builds for another machine must not see them. */
const OF_THE_HOST = ['CC', 'CXX', 'AR', 'RANLIB', 'STRIP', 'RC', 'WINDRES', 'LD', 'NM', 'OBJCOPY'];

/** `sdk` as an absolute path. */
export function execSdk(sdk: string | undefined, workspaceRoot: string): string | undefined {
  return sdk === undefined || sdk.startsWith('/') ? sdk : join(workspaceRoot, sdk);
}

/** Plans one task. Pure. Fails with what the backend refuses. */
export function planExec(request: ExecRequest, probe: ExecProbe): Result<PlannedExec> {
  const { build, options } = request;
  const { triple } = build.platform;
  const backend = backendOf(build.backend.id);
  const versions = Object.values(probe.tools).flatMap((tool) => (tool && tool.version !== '' ? [tool.version] : []));
  const minOs = deploymentTarget(triple.facts, build.minOs, { ...probe.env, ...build.env });
  const place = [[backend.id, ...versions.slice(0, 1)].join('-'), directoryName(build, minOs)];
  const filesDirectory = join(probe.workFolder, 'backend', ...place);
  const setUp = backend.setUp({
    triple,
    host: probe.host,
    tools: probe.tools,
    directory: filesDirectory,
    cacheDirectory: join(probe.workFolder, 'cache'),
    linkage: effectiveLinkage(triple.facts, build.linkage),
    glibc: build.glibc,
    minOs,
    apiLevel: build.apiLevel,
    sdk: execSdk(build.sdk, probe.workspaceRoot),
    driver: build.driver,
    interpreter: build.interpreter,
    strip: undefined,
    closure: [],
    macosLinkProgram: probe.macosLinkProgram,
    env: { ...probe.env, ...build.env, ...options.env },
  });
  if (!setUp.ok) return setUp;
  const { tools } = setUp.value;
  const ownHost = backend.id === 'native' && triple.name === probe.host.triple;
  if (!tools && !ownHost && triple.facts.format !== 'wasm') {
    return failed({ code: 'triple-unserved', triple: triple.name, backend: backend.id, why: 'It has no C compiler, so there is nothing to tell a command of your own.', alternatives: ['zig', 'gcc'] });
  }
  const names = [request.project.replaceAll('/', '+'), ...place].join('-');
  const buildDirectory = join(probe.workFolder, 'build', names);
  const from = join(probe.workspaceRoot, request.root);
  const copy = options.copy ? { from, to: join(probe.workFolder, 'copy', names) } : undefined;
  const own = toolFiles(triple.facts, tools, filesDirectory);
  const placeholders = { ...namePlaceholders(triple.facts), platform: build.platform.name, triple: triple.name, buildDir: buildDirectory, ...own.placeholders };
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => (placeholders as Readonly<Record<string, string>>)[name] ?? whole);
  const directory = workingDirectory(request, probe, copy?.to);
  const commands = options.commands.map((words) => words.map(fill) as [string, ...string[]]);
  const env = planEnv(request, probe, setUp.value, own.tools, fill);
  return success({
    request,
    triple: triple.name,
    backend: { id: backend.id, reason: build.backend.reason, version: setUp.value.version },
    minOs,
    directory,
    copy,
    buildDirectory,
    configuredBy: configuredBy(request, probe, commands, env),
    files: [...setUp.value.files, ...own.files.filter(({ path }) => !setUp.value.files.some((file) => file.path === path))],
    filesDirectory,
    commands,
    env,
    ships: setUp.value.ships ?? {},
    expected: options.artifacts.map((artifact) => expectedFile(artifact, directory, fill)),
    destination: join(probe.workspaceRoot, request.outDir, build.platform.name, request.project),
    log: join(probe.workFolder, 'logs', `${names}.log`),
  });
}

interface ToolFiles {
  readonly files: readonly GeneratedFile[];
  readonly placeholders: Readonly<Record<string, string>>;
  /** With a toolchain file for CMake, which a command of the user's own needs whatever cmake-rs would guess. */
  readonly tools: CcTools | undefined;
}

function toolFiles(facts: ExecRequest['build']['platform']['triple']['facts'], tools: CcTools | undefined, directory: string): ToolFiles {
  if (!tools) return { files: [], placeholders: {}, tools };
  const cmake = tools.cmake ?? { file: join(directory, 'toolchain.cmake'), roots: [] };
  const meson = join(directory, 'cross.meson');
  return {
    // A file that lies elsewhere is somebody's own.
    files: [
      ...(cmake.file.startsWith(`${directory}/`) ? [cmakeToolchainFile(facts, tools, cmake)] : []),
      { path: 'cross.meson', text: mesonCrossFile(facts, tools), executable: false },
    ],
    placeholders: { cmakeToolchain: cmake.file, mesonCross: meson },
    tools: { ...tools, cmake },
  };
}

/** Who wins: the target's own `env`, the platform's `env`, the backend's variables, the user's environment without the host's own C toolchain. */
function planEnv({ build, options }: ExecRequest, probe: ExecProbe, setUp: CrossSetUp, tools: CcTools | undefined, fill: (text: string) => string): readonly EnvOutcome[] {
  const written = { ...build.env, ...Object.fromEntries(Object.entries(options.env).map(([name, value]) => [name, fill(value)])) };
  const foreign = tools ? OF_THE_HOST.filter((name) => probe.env[name] !== undefined) : [];
  const base: Readonly<Record<string, string | undefined>> = { ...Object.fromEntries(Object.entries(probe.env).filter(([name]) => !foreign.includes(name))), ...written };
  const go: readonly EnvEdit[] = Object.entries(goEnv(build.platform.triple.facts, tools !== undefined || build.backend.id === 'native'))
    .filter(([name]) => written[name] === undefined)
    .map(([name, value]) => ({ kind: 'set', name, value }));
  const outcomes = applyEnvEdits(base, [...setUp.env, ...(tools ? plainCcEnv(tools) : []), ...go], probe.pathDelimiter);
  const named = new Set(outcomes.map(({ name }) => name));
  return [
    ...Object.entries(written).filter(([name]) => !named.has(name)).map(([name, value]): EnvOutcome => ({ name, value })),
    ...foreign.filter((name) => !named.has(name) && written[name] === undefined).map((name): EnvOutcome => ({ name, value: undefined })),
    ...outcomes,
  ];
}

/** The variables are those of the task's key; PATH is another in every shell. */
function configuredBy({ build, options }: ExecRequest, probe: ExecProbe, commands: PlannedExec['commands'], env: readonly EnvOutcome[]): string {
  const read = [...execEnvNames(build.platform.triple), ...options.envInputs].map((name) => [name, probe.env[name]]);
  const set = env.filter(({ name }) => name !== 'PATH').map(({ name, value }) => [name, value]);
  return JSON.stringify({ commands, set, read });
}

/** The whole environment of the commands. */
export function execEnvironment(planned: PlannedExec, env: ExecProbe['env']): Record<string, string> {
  return mergeEnvironment(env, planned.env);
}

function workingDirectory({ root, options }: ExecRequest, { workspaceRoot }: ExecProbe, copy: string | undefined): string {
  if (options.cwd === undefined) return copy ?? join(workspaceRoot, root);
  const inProject = options.cwd === root ? '' : options.cwd.startsWith(`${root}/`) ? options.cwd.slice(root.length + 1) : undefined;
  return copy !== undefined && inProject !== undefined ? join(copy, inProject) : join(workspaceRoot, options.cwd);
}

function expectedFile({ path, kind, name }: ExecArtifact, directory: string, fill: (text: string) => string): ExpectedFile {
  const filled = fill(path);
  const whole = filled.startsWith('/') || /^[A-Za-z]:[\\/]/.test(filled) ? filled : join(directory, filled);
  return { kind, path: whole, fileName: name === undefined ? whole.slice(whole.lastIndexOf('/') + 1) : fill(name) };
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '' && part !== '.').join('/');
}
