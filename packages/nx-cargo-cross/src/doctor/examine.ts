/** Asks the machine what the backends of the platforms need, and holds it against what is there. Changes nothing. */
import { isAbsolute, join } from 'node:path';
import type { FoundTools, Host, ToolNeed } from '../backend/contract.js';
import { native } from '../backend/native.js';
import { backendOf, backendsFor } from '../backend/registry.js';
import { hostOf, judgeTool, makeProber, type Probed } from '../build/probe.js';
import type { Failure } from '../diagnostics/failure.js';
import type { Result } from '../diagnostics/result.js';
import { describe } from '../diagnostics/describe.js';
import { lockCommand } from '../plan/lock-command.js';
import { planBuild } from '../plan/plan.js';
import type { BuildRequest } from '../plan/request.js';
import { parsePlatform } from '../platform/platform.js';
import type { Triple } from '../platform/triple.js';
import { runWays, type RunWay } from '../runner/ways.js';
import type { Captured, CaptureSpec } from '../system/process.js';
import type { System } from '../system/system.js';
import type { ToolProbe } from '../system/tools.js';
import { readToolchain, type Toolchain } from '../toolchain/identity.js';
import { otherWays } from '../toolchain/other-toolchains.js';
import { findStd, type StdState } from '../toolchain/std-sysroot.js';
import { openAnswers, type Answers } from './answers.js';
import { readMend, readMends, type MendHost } from './mend.js';
import type { Check, PlatformReport, Report } from './report.js';
import type { Subject } from './subjects.js';

export interface Examination {
  readonly system: System;
  /** Where tools are looked for and toolchains are asked: the workspace's root, or the folder that the doctor was called in. */
  readonly root: string;
  readonly subjects: readonly Subject[];
  /** What is wrong in the workspace. */
  readonly failures: readonly Failure[];
  readonly mendHost: MendHost;
  /** All of the workspace that decides what cargo answers. */
  readonly sources: string;
  /** The machine, as far as it is known before rustc is asked. */
  readonly guessedHost: Host;
}

/** Looks at everything at once. */
export async function examine(asked: Examination): Promise<Report> {
  const { root, subjects, failures } = asked;
  const known: Remembered = { tools: new Map(), paths: new Map(), captured: new Map(), answers: undefined };
  const system = remembering(asked.system, known);
  const directories = [...new Set(subjects.flatMap(({ requests }) => requests.map(({ workspace }) => join(root, workspace.root))))];
  const reading = (directories.length > 0 ? directories : [root]).map(async (directory) => ({ directory, read: await readToolchain(system, directory, system.env) }));
  // The tools are asked while rustc is; another host than the guessed one changes what is needed for its own triple alone.
  for (const subject of subjects) for (const need of needsOf(subject, asked.guessedHost)) void system.probeTool(need, root, system.env);
  const toolchains = await Promise.all(reading);
  const host = firstOf(toolchains.map(({ read }) => (read.ok ? hostOf(read.value) : undefined))) ?? asked.guessedHost;
  known.answers = await openAnswers(system.cacheFolder, root, stateOf(asked, toolchains));
  const prober = makeProber({ system, workspaceRoot: root, color: false });
  const probes = new Map<BuildRequest, Promise<Result<Probed>>>();
  const examination: Looking = { ...asked, system, host, toolchains, answered: known.answers.kept, probe: (request) => remember(probes, request, () => prober.probe(request)) };
  const [machine, platforms] = await Promise.all([machineChecks(examination), Promise.all(subjects.map((subject) => examineSubject(examination, subject)))]);
  await known.answers.save();
  return { machine, platforms, failures };
}

interface Looking extends Examination {
  readonly host: Host;
  readonly toolchains: readonly { readonly directory: string; readonly read: Result<Toolchain> }[];
  /** Whether cargo was asked at an earlier time. */
  readonly answered: boolean;
  probe(request: BuildRequest): Promise<Result<Probed>>;
}

async function machineChecks({ system, root, host, toolchains, mendHost }: Looking): Promise<readonly Check[]> {
  const rust = new Map<string, Check>();
  for (const { read } of toolchains) {
    if (!read.ok) for (const failure of read.failures) rust.set(JSON.stringify(failure), illCheck('tool' in failure ? failure.tool : 'rustc', failure, mendHost));
    else rust.set(read.value.label + read.value.rustc, { code: 'ok', what: 'rustc', required: true, path: read.value.rustc, version: read.value.release, ...(read.value.rustupName === undefined ? {} : { note: read.value.rustupName }), mends: [] });
  }
  const own = parsePlatform(host.triple, new Map());
  if (!own.ok) return [...rust.values()];
  const build = { platform: own.platform, backend: { id: native.id, reason: '' } };
  // Build scripts and proc macros are programs of this machine, whatever the target is.
  const tools = await Promise.all(native.needs(own.platform.triple, host).map(async (need) => ({ ...toolCheck(need, await system.probeTool(need, root, system.env), build, host, mendHost), note: 'for build scripts and proc macros, which run here' })));
  return [...rust.values(), ...tools];
}

async function examineSubject(looking: Looking, subject: Subject): Promise<PlatformReport> {
  const { system, root, host, mendHost } = looking;
  const { platform, backend } = subject.build;
  const crates = [...new Set(subject.requests.map(({ crate }) => crate.name))];
  const head = { name: platform.name, triple: platform.triple.name, backend: backend.id, reason: backend.reason, crates };
  const why = backendOf(backend.id).refuses(platform.triple, host);
  if (why !== undefined) {
    const alternatives = backendsFor(platform.triple, host).filter((id) => id !== backend.id);
    const failure: Failure = { code: 'triple-unserved', triple: platform.triple.name, backend: backend.id, why, alternatives };
    return { ...head, checks: [illCheck(`backend ${backend.id}`, failure, mendHost)] };
  }
  const [std, tools, runner] = await Promise.all([
    stdChecks(looking, subject).then((checks) => {
      // Where cargo need not be asked again, what crates need is looked for together with what the backends need.
      if (looking.answered && checks.every(isWellOrAbsent)) for (const request of subject.requests) void looking.probe(request);
      return checks;
    }),
    Promise.all(needsOf(subject, host).map(async (need) => toolCheck(need, await system.probeTool(need, root, system.env), subject.build, host, mendHost))),
    runnerChecks(looking, platform.triple),
  ]);
  const checks = [...std, ...tools];
  const planned = checks.every(isWellOrAbsent) ? await planChecks(looking, subject) : [];
  return { ...head, checks: [...checks, ...planned, ...runner] };
}

function isWellOrAbsent({ code }: Check): boolean {
  return code === 'ok' || code === 'absent';
}

/** What needs say for a subject, each once; what one wish needs and another may do without is needed. */
function needsOf({ build, wishes }: Subject, host: Host): readonly ToolNeed[] {
  const backend = backendOf(build.backend.id);
  if (backend.refuses(build.platform.triple, host) !== undefined) return [];
  const needs = new Map<string, ToolNeed>();
  for (const need of wishes.flatMap((wish) => backend.needs(build.platform.triple, host, wish))) {
    const key = JSON.stringify([need.label, need.candidates]);
    const known = needs.get(key);
    if (!known || (known.optional === true && need.optional !== true)) needs.set(key, need);
  }
  return [...needs.values()];
}

function toolCheck(need: ToolNeed, probed: ToolProbe, build: Subject['build'], host: Host, mendHost: MendHost): Check {
  const judged = judgeTool(need, probed, build, host);
  if (!judged.ok) return { ...illCheck(need.label, judged.failures[0], mendHost), ...(need.minimum === undefined ? {} : { minimum: need.minimum }) };
  const required = need.optional !== true;
  if (!judged.value) return { code: 'absent', what: need.label, required, mends: readMends(need.install, mendHost) };
  const { path, version } = judged.value;
  return { code: 'ok', what: need.label, required, path, ...(version === '' ? {} : { version }), ...(need.minimum === undefined ? {} : { minimum: need.minimum }), mends: [] };
}

const STD_NOTES: Readonly<Record<Exclude<StdState, 'missing'>, string>> = {
  installed: 'installed',
  built: "built, in the plugin's cache folder",
  buildable: 'is built from rust-src at the first build',
};

/** One per toolchain that builds for the platform. */
async function stdChecks({ system, toolchains, root, mendHost }: Looking, { build, requests }: Subject): Promise<readonly Check[]> {
  const { name } = build.platform.triple;
  const mine = new Set(requests.length > 0 ? requests.map(({ workspace }) => join(root, workspace.root)) : toolchains.map(({ directory }) => directory));
  const checks = new Map<string, Check>();
  for (const { directory, read } of toolchains) {
    if (!read.ok || !mine.has(directory) || checks.has(read.value.sysroot)) continue;
    const toolchain = read.value;
    const state = await findStd(system.cacheFolder, toolchain, name);
    if (state !== 'missing') checks.set(toolchain.sysroot, { code: 'ok', what: 'std', required: true, note: STD_NOTES[state], mends: [] });
    else {
      const commands = (await otherWays({ system, toolchain, directory, env: system.env }))(name);
      checks.set(toolchain.sysroot, illCheck('std', { code: 'std-missing', triple: name, toolchain: toolchain.label, tried: [], commands }, mendHost));
    }
  }
  return [...checks.values()];
}

/** What planning finds wrong although every tool is there: a linkage, a floor, an SDK; each once for all crates. */
async function planChecks({ system, root, host, mendHost, probe }: Looking, subject: Subject): Promise<readonly Check[]> {
  const keys = new Set(needsOf(subject, host).map(({ key }) => key));
  const found = await Promise.all(
    subject.requests.map(async (request): Promise<readonly Check[]> => {
      const lock = await lockCheck(system, root, request, mendHost);
      const probed = await probe(request);
      const planned = probed.ok ? planBuild(request, probed.value.probe) : probed;
      const library: readonly Check[] = planned.ok && planned.value.linksStd ? [{ code: 'ok', what: 'C library', required: true, note: "that of Rust's std; the backend builds none", mends: [] }] : [];
      return [...lock, ...library, ...(probed.ok ? crateTools(probed.value.probe.tools, keys) : []), ...(planned.ok ? [] : planned.failures.map((failure) => illCheck('tool' in failure ? failure.tool : request.crate.name, failure, mendHost)))];
    }),
  );
  return [...new Map(found.flat().map((check) => [JSON.stringify(check.failure ?? check.what), check])).values()];
}

/** What build scripts of known crates start, as far as the backend did not ask for it itself. */
function crateTools(tools: FoundTools, backends: ReadonlySet<string>): readonly Check[] {
  return Object.entries(tools).flatMap(([key, tool]): readonly Check[] => (tool && !backends.has(key) ? [{ code: 'ok', what: key, required: true, path: tool.path, note: 'for build scripts of dependencies', mends: [] }] : []));
}

async function lockCheck(system: System, root: string, { workspace }: BuildRequest, mendHost: MendHost): Promise<readonly Check[]> {
  if (await system.exists(join(root, workspace.lockFile))) return [];
  return [illCheck('Cargo.lock', { code: 'lock-missing', file: workspace.lockFile, command: lockCommand(workspace) }, mendHost)];
}

/** Nobody needs a runner to build, so it is never more than absent. */
async function runnerChecks({ system, host, mendHost }: Looking, triple: Triple): Promise<readonly Check[]> {
  const { ways } = runWays(triple, host);
  const [way] = ways;
  if (!way || way.programs.length === 0) return [];
  const path = firstOf(await Promise.all(way.programs.map((name) => findProgram(system, name))));
  const hasLibraries = path === undefined || (await hasLoader(system, way, triple));
  const note = hasLibraries ? 'for running programs and tests' : `for running programs and tests; the C library of ${triple.name} is not here`;
  const head = { what: labelOf(way), required: false, note, ...(path === undefined ? {} : { path }) };
  if (path !== undefined && hasLibraries) return [{ ...head, code: 'ok', mends: [] }];
  return [{ ...head, code: 'absent', mends: way.install === undefined ? [] : [readMend(way.install, mendHost)] }];
}

/** An emulator starts dynamic programs only where their loader is. */
async function hasLoader(system: System, { kind, roots }: RunWay, { facts }: Triple): Promise<boolean> {
  const { interpreter } = facts;
  if (kind !== 'qemu' || facts.libc !== 'glibc' || interpreter === undefined) return true;
  return (await Promise.all(roots.map((root) => system.exists(`${root}${interpreter}`)))).some((there) => there);
}

async function findProgram(system: System, name: string): Promise<string | undefined> {
  if (!isAbsolute(name)) return system.findOnPath(name, system.env);
  return (await system.exists(name)) ? name : undefined;
}

function labelOf({ kind, programs: [name = ''] }: RunWay): string {
  return kind === 'wine' ? 'wine' : name;
}

function illCheck(what: string, failure: Failure, host: MendHost): Check {
  const at = 'path' in failure ? { path: failure.path } : {};
  const version = failure.code === 'tool-too-old' ? { version: failure.found, minimum: failure.minimum } : {};
  return { code: failure.code, what, required: true, ...at, ...version, failure, mends: mendsOf(failure, host) };
}

function mendsOf(failure: Failure, host: MendHost): Check['mends'] {
  if ('install' in failure && failure.install !== undefined) return readMends(failure.install, host);
  if (failure.code === 'std-missing') return failure.commands.map((line) => readMend(line, host));
  if (failure.code === 'lock-missing' || failure.code === 'lock-stale') return [readMend(failure.command, host)];
  return describe(failure).help.map((text) => ({ kind: 'advice', text }));
}

interface Remembered {
  readonly tools: Map<string, Promise<ToolProbe>>;
  readonly paths: Map<string, Promise<string | undefined>>;
  readonly captured: Map<string, Promise<Captured>>;
  /** Of an earlier call; undefined before it is known which toolchain answers. */
  answers: Answers | undefined;
}

/** A machine that is asked each thing once: all that the doctor and its plans run are questions. */
function remembering(system: System, known: Remembered): System {
  const ask = async (spec: CaptureSpec, question: string): Promise<Captured> => {
    // What cargo makes of manifests and lock file is the one thing that takes long, and is the same until they change.
    const [verb] = spec.args;
    const answer = verb === 'tree' ? known.answers?.recall(question) : undefined;
    if (answer !== undefined) return { exitCode: 0, signal: undefined, spawnError: undefined, stdout: answer, stderr: '' };
    const captured = await system.capture(spec);
    if (verb === 'tree' && captured.exitCode === 0) known.answers?.note(question, captured.stdout);
    return captured;
  };
  return {
    ...system,
    findOnPath: (name, env) => remember(known.paths, `${name}\n${env['PATH'] ?? ''}`, () => system.findOnPath(name, env)),
    probeTool: (need, root, env) => remember(known.tools, JSON.stringify([need.label, need.candidates, root]), () => system.probeTool(need, root, env)),
    captureOnce: (spec) => remember(known.captured, JSON.stringify([spec.command, spec.args]), () => system.captureOnce(spec)),
    capture(spec) {
      const question = JSON.stringify([spec.command, spec.args, spec.cwd]);
      return remember(known.captured, question, () => ask(spec, question));
    },
  };
}

/** Everything that decides what cargo answers: the files, the toolchains, and the variables that cargo and rustc read. */
function stateOf({ system, sources }: Examination, toolchains: Looking['toolchains']): string {
  const rust = toolchains.map(({ directory, read }) => [directory, read.ok ? [read.value.label, read.value.sysroot] : '']);
  const env = Object.entries(system.env).filter(([name]) => /^(CARGO|RUST)/.test(name));
  return JSON.stringify([sources, rust, env.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function remember<K, T>(memory: Map<K, Promise<T>>, key: K, ask: () => Promise<T>): Promise<T> {
  const known = memory.get(key) ?? ask();
  memory.set(key, known);
  return known;
}

function firstOf<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.find((value) => value !== undefined);
}
