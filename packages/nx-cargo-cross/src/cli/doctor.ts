/** `nx-cargo-cross doctor`: what the configured platforms need, what of it is here, and the commands that mend the rest. */
import { relative, sep } from 'node:path';
import { BACKEND_IDS, isBackendId, type BackendId } from '../config/backend-id.js';
import type { ReadText } from '../cargo/source-tree.js';
import { parseLocatedJson } from '../config/json-locator.js';
import { resolvePlatformAt } from '../config/platform-at.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { quoteWords } from '../diagnostics/quote.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { configuredRequests, type Configured } from '../doctor/configured.js';
import { examine, type Examination } from '../doctor/examine.js';
import { fix } from '../doctor/fix.js';
import type { MendHost, PackageManager } from '../doctor/mend.js';
import { mendsFor, renderReport, renderReportJson, type Wording } from '../doctor/render.js';
import { isWell } from '../doctor/report.js';
import { byBackend, looseSubject, subjectsOf, type Subject } from '../doctor/subjects.js';
import type { Platform } from '../platform/platform.js';
import { universalTriples } from '../platform/universal.js';
import { askYesOrNo, runAttached } from '../system/attached.js';
import { digest } from '../system/digest.js';
import { isRoot, thisHost } from '../system/host.js';
import { listManifests } from '../system/manifests.js';
import { findRepositoryRoot } from '../system/repository-root.js';
import { makeSourceTree } from '../system/source-tree.js';
import { misused, type Command, type ExitCode, type Words, type World } from './command.js';
import { refuse } from './run.js';

export const doctor: Command = {
  name: 'doctor',
  usage: '[--platform NAME]... [--backend NAME] [--optional] [--fix [--yes]] [--json]',
  doc: 'Says what the platforms of this workspace need on this machine, what is missing or too old, and the commands that mend it.',
  flags: [
    { name: 'platform', value: 'NAME', repeated: true, doc: 'Only this platform; also one that nothing is configured for, and outside of any workspace.' },
    { name: 'backend', value: 'NAME', doc: `With another backend than the configured one: ${BACKEND_IDS.join(', ')}.` },
    { name: 'optional', doc: 'Count what is optional as needed: C++ compilers, emulators for running tests.' },
    { name: 'fix', doc: 'Run the commands, after asking.' },
    { name: 'yes', doc: 'Do not ask.' },
  ],
  run: runDoctor,
};

async function runDoctor(words: Words, world: World): Promise<ExitCode> {
  const json = words.has('json');
  const [operand] = words.operands;
  if (operand !== undefined) return refuse([misused(doctor, `"${operand}" is no flag; a platform is asked for by --platform ${operand}`)], json, world);
  const { system, cwd } = world;
  const repository = findRepositoryRoot(cwd);
  const root = repository ?? cwd;
  const [configured, mendHost] = await Promise.all([configuredIn(repository, world), mendHostOf(root, world)]);
  const subjects = chooseSubjects(words, configured, repository, cwd);
  if (!subjects.ok) return refuse(subjects.failures, json, world);

  const asked: Examination = { system, root, subjects: subjects.value, failures: configured.failures, sources: configured.sources, mendHost, guessedHost: thisHost() };
  const optional = words.has('optional');
  const wording: Wording = { host: mendHost, optional, folder: root === cwd ? undefined : relative(cwd, root), fixCommand: fixCommand(words) };
  let report = await examine(asked);
  if (words.has('fix') && mendsFor(report, optional).some(({ kind }) => kind !== 'advice')) {
    world.error(renderReport(report, wording));
    if (!words.has('yes')) {
      if (!world.interactive) return refuse([misused(doctor, 'nobody is there to be asked whether the commands above may be run; say --fix --yes')], json, world);
      if (!(await askYesOrNo('Run these commands?'))) return 1;
    }
    const run = ([command, ...args]: readonly [string, ...string[]]): Promise<number> => runAttached({ command, args, cwd: root, env: { ...system.env, DEBIAN_FRONTEND: 'noninteractive' } });
    report = await fix(report, { host: mendHost, optional, run, examine: () => examine(asked), say: (line) => world.error(`${line}\n`) });
  }
  world.out(json ? renderReportJson(report, wording) : renderReport(report, wording));
  return isWell(report, optional) ? 0 : 1;
}

async function configuredIn(repository: string | undefined, { system }: World): Promise<Configured> {
  if (repository === undefined) return { requests: [], failures: [], sources: '' };
  return configuredRequests(await listManifests(system, repository), makeSourceTree(repository), digest);
}

/** The configured platforms, or those of them that are asked for; one that is not configured is looked at by the table's backend. */
function chooseSubjects(words: Words, { requests }: Configured, repository: string | undefined, cwd: string): Result<readonly Subject[]> {
  const named = words.text('backend');
  if (named !== undefined && !isBackendId(named)) {
    return failed({ code: 'unknown-word', kind: 'backend', word: named, location: { file: 'command line' }, nearest: nearestWord(named, BACKEND_IDS), valid: BACKEND_IDS });
  }
  const backend = named as BackendId | undefined;
  const configured = subjectsOf(requests, repository ?? cwd);
  const asked = words.texts('platform').flatMap((word) => universalTriples(word) ?? [word]);
  if (asked.length === 0) {
    if (configured.length === 0 && repository === undefined) return failed(misused(doctor, 'there is no workspace here; say --platform NAME'));
    return success(backend === undefined ? configured : byBackend(configured, backend));
  }
  const place = repository === undefined ? undefined : { tree: makeSourceTree(repository), folder: relative(repository, cwd).split(sep).join('/') };
  const chosen: Subject[] = [];
  for (const word of asked) {
    const own = configured.filter(({ build }) => build.platform.name === word || build.platform.triple.name === word);
    if (own.length > 0) {
      chosen.push(...(backend === undefined ? own : byBackend(own, backend)));
      continue;
    }
    const platform: Result<Platform> = resolvePlatformAt(word, place, { file: 'command line' });
    if (!platform.ok) return platform;
    const same = configured.filter(({ build }) => build.platform.triple.name === platform.value.triple.name);
    chosen.push(...(same.length > 0 && backend === undefined ? same : [looseSubject(platform.value, backend)]));
  }
  return success(chosen);
}

const LOCK_FILES: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
];

async function mendHostOf(root: string, { system }: World): Promise<MendHost> {
  const [apt, ...locks] = await Promise.all([system.findOnPath('apt-get', system.env), ...LOCK_FILES.map(([file]) => system.exists(`${root}/${file}`))]);
  const manager = LOCK_FILES.find((_, index) => locks[index])?.[1] ?? 'npm';
  return { isRoot: isRoot(), hasApt: apt !== undefined, packageManager: manager, declared: declaredIn(makeSourceTree(root).readText('package.json')) };
}

/** The packages that a package.json names; none where there is none, or where it is no JSON. */
function declaredIn(read: ReadText | undefined): readonly string[] {
  const manifest = read && 'text' in read ? parseLocatedJson(read.text)?.value : undefined;
  const { dependencies, devDependencies } = Object(manifest) as { readonly dependencies?: unknown; readonly devDependencies?: unknown };
  return [dependencies, devDependencies].flatMap((named) => Object.keys(Object(named) as object));
}

function fixCommand(words: Words): string {
  const backend = words.text('backend');
  const flags = [...words.texts('platform').flatMap((name) => ['--platform', name]), ...(backend === undefined ? [] : ['--backend', backend]), ...(words.has('optional') ? ['--optional'] : [])];
  return quoteWords(['npx', 'nx-cargo-cross', 'doctor', ...flags, '--fix']);
}
