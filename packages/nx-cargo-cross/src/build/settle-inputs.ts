/** What follows from what a build read: nothing, a warning, lines in manifests, or a failure. Whatever is not covered is kept out of the caches. */
import { join } from 'node:path';
import { addToList } from '../cargo/add-to-list.js';
import { METADATA_KEY } from '../cargo/workspace-model.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { COMMIT_HELP, type InputLine, type InputsUncovered, type Uncovered, type UncoveredNote } from '../diagnostics/uncovered.js';
import type { BuildRequest } from '../plan/request.js';
import { digest } from '../system/digest.js';
import { attempt, readFile, writeIfDifferent } from '../system/files.js';
import { withLock } from '../system/locks.js';
import { isCi } from '../system/ci.js';
import { markUncovered, unmarkUncovered } from '../system/uncovered-marks.js';
import { checkInputs, makeLocalRoots, type CheckedBuild } from './check-inputs.js';
import type { CargoOutcome } from './cargo-call.js';
import type { Emit, RequestRef } from './events.js';
import { readInputs } from './read-inputs.js';

/**
 * Holds what the cargo calls of a build read against the task's key.
 * Returns whether the key holds all of it. Fails with `inputs-uncovered` in a CI service; elsewhere a word is said, and the result is kept out of the caches.
 * @param base where cargo ran, without symbolic links
 */
export async function settleInputs(build: CheckedBuild, outcomes: readonly CargoOutcome[], base: string, emit: Emit, ref: RequestRef): Promise<Result<{ readonly covered: boolean }>> {
  const { system, planned, workspaceRoot } = build;
  const { hash, fix } = build.task;
  const rootOf = makeLocalRoots(workspaceRoot);
  const calls = outcomes.map(({ messages, scripts }) => readInputs(messages, scripts, base, (folder) => rootOf(folder) !== undefined));
  for (const unit of new Set(calls.flatMap(({ unread }) => unread))) emit({ type: 'preparing', what: `what the compiler read for ${unit} is not known: its dep-info was not found`, ...ref });
  const reads = calls.flatMap((call) => call.reads);
  const read = await checkInputs(build, reads, rootOf);
  const uncovered = [...read, ...overridden(planned.request)];
  if (uncovered.length === 0) {
    if (hash !== undefined) await unmarkUncovered(system.cacheFolder, hash);
    return success({ covered: true });
  }
  const failure: InputsUncovered = { code: 'inputs-uncovered', crate: planned.request.crate.name, platform: planned.request.build.platform.name, task: ref.task, uncovered };
  // Words of the command line are no mistake, and need not be in a key: the result is not kept, that is all.
  if (!fix && read.length > 0 && isCi(system.env)) return failed(failure);
  const wrote = fix ? await writeLines(workspaceRoot, system.cacheFolder, uncovered) : [];
  const note: UncoveredNote = { failure, wrote };
  const cause = hash === undefined ? undefined : await markUncovered(system.cacheFolder, hash, Date.now(), note);
  const kept = sayKept(system.env, cause);
  emit({ type: 'uncovered', failure: fix ? { ...failure, uncovered: uncovered.filter(({ line }) => line === undefined) } : failure, wrote, kept, ...ref });
  return success({ covered: false });
}

/** Options that the key was not made for. */
function overridden({ overrides }: Pick<BuildRequest, 'overrides'>): readonly Uncovered[] {
  return overrides.map(({ option, value }) => ({ kind: 'option', what: `${option} = ${value}`, reader: "the command line or the target's options", line: undefined }));
}

/** What becomes of the result. A cache that is not asked for by way of the guard cannot be kept from storing it. */
function sayKept(env: Readonly<Record<string, string>>, cause: string | undefined): readonly string[] {
  const server = env['NX_SELF_HOSTED_REMOTE_CACHE_SERVER'];
  return [
    ...(cause === undefined ? ['It is not kept in the cache.'] : [`It could not be kept out of the cache (${cause}): do not rely on what the cache says.`]),
    ...(server && env['NX_CARGO_CROSS_GUARDED'] !== server ? ['The remote cache has no guard before it and stores it all the same.'] : []),
    ...(env['NX_CLOUD_ACCESS_TOKEN'] && env['NX_NO_CLOUD'] !== 'true' ? ['Nx Cloud stores it all the same.'] : []),
  ];
}

/** Writes what is missing, manifest by manifest. Returns what was done, in words. */
async function writeLines(workspaceRoot: string, cacheFolder: string, uncovered: readonly Uncovered[]): Promise<readonly string[]> {
  const lines = uncovered.flatMap(({ line }) => line ?? []);
  const said: string[] = [];
  for (const manifest of new Set(lines.map((line) => line.manifest))) said.push(...(await writeManifest(workspaceRoot, cacheFolder, manifest, lines.filter((line) => line.manifest === manifest))));
  return uncovered.some(({ kind }) => kind === 'commit') ? [...said, ...COMMIT_HELP] : said;
}

async function writeManifest(workspaceRoot: string, cacheFolder: string, manifest: string, lines: readonly InputLine[]): Promise<readonly string[]> {
  const file = join(workspaceRoot, manifest);
  // The other platforms of the crate are built at the same time, and find the same.
  const lock = join(cacheFolder, 'locks', digest(file));
  const written = await attempt(() => withLock(lock, `adding what is read to ${manifest}`, () => undefined, async () => {
    let text: string | undefined = await readFile(file, 'utf8');
    for (const key of ['inputs', 'env-inputs'] as const) {
      text = text === undefined ? undefined : addToList(text, ['package', 'metadata', METADATA_KEY], key, lines.filter((line) => line.key === key).map(({ entry }) => entry));
    }
    if (text !== undefined) await writeIfDifferent(file, text, false);
    return text !== undefined;
  }));
  const what = (['inputs', 'env-inputs'] as const).flatMap((key) => {
    const entries = [...new Set(lines.filter((line) => line.key === key).map(({ entry }) => JSON.stringify(entry)))];
    return entries.length > 0 ? [`${key} = [${entries.join(', ')}]`] : [];
  });
  if (written.ok && written.value) return what.map((line) => `${manifest}: added ${line}`);
  const why = written.ok ? 'its options are written in a way that is not changed by itself' : written.cause;
  return what.map((line) => `${manifest} was not changed (${why}); add, below [package.metadata.${METADATA_KEY}]: ${line}`);
}
