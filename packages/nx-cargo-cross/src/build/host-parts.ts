/**
 * Whether what a build runs on the machine that builds (build scripts, macros, and what they are made of) lies compiled in the target folder: noted when a call has made it, and held against what decides it. Where the note is wrong,
 * cargo compiles it a second time, and nothing else comes of it.
 */
import { dirname, join, resolve, sep } from 'node:path';
import { parseDepInfo } from '../cargo/dep-info.js';
import type { ArtifactMessage } from '../cargo/messages.js';
import { attemptNow, listNow, readTextNow, stampNow, writeNow } from '../system/files-now.js';
import { digest } from '../system/digest.js';
import { candidateOf, type Candidate } from './call-groups.js';
import type { CargoOutcome } from './cargo-call.js';
import { profileFolder } from './cargo-turn.js';
import type { EngineOptions } from './engine.js';
import type { Prepared } from './prepare.js';

/** What one build runs on the machine that builds. */
export interface HostParts {
  /** Whether nothing of it has to be compiled. */
  areMade(): boolean;
  /** To be told of each call of the build that ended well. */
  made(outcome: Pick<CargoOutcome, 'messages' | 'beside'>): void;
}

/** Undefined where it is not known what decides it, and where bytes depend on the folder that a call has: such builds take turns. */
export function hostPartsOf(options: Pick<EngineOptions, 'sources'>, build: Prepared): HostParts | undefined {
  const candidate = build.request.build.reproducible ? candidateOf(options, build) : undefined;
  const note = candidate && hostPartsNote(candidate);
  if (!candidate || note === undefined) return undefined;
  const { registries, checkouts } = build.probed.probe.folders;
  return {
    areMade: () => areHostPartsMade(note),
    made: ({ messages, beside }) => {
      if (beside !== true) noteHostParts(note, candidate, messages, [...registries, ...checkouts]);
    },
  };
}

/** Where it is noted, absolute; undefined where what decides it is not known. Exported for its tests, like what is below. */
export function hostPartsNote({ call, toolchain, directory, sources }: Candidate): string | undefined {
  if (sources === undefined) return undefined;
  const { packageSpec, profile, features, defaultFeatures, lib, bins } = call.selection;
  const name = digest(JSON.stringify([sources, toolchain, directory, packageSpec, features, defaultFeatures, lib, bins]));
  return join(call.targetDir, `${profileFolder(profile)}.host-parts`, `${name.slice(0, 32)}.json`);
}

/** By path, the stamps of the repository's own files that host parts were compiled from. */
type Noted = Readonly<Record<string, string>>;

export function areHostPartsMade(note: string): boolean {
  const text = readTextNow(note);
  const noted = text === undefined ? undefined : attemptNow(() => Object(JSON.parse(text)) as Noted);
  return noted !== undefined && Object.entries(noted).every(([path, stamp]) => stampNow(path)?.stamp === stamp);
}

/**
 * Notes that a call has made them.
 * @param downloaded folders of packages that never change
 */
export function noteHostParts(note: string, { call, directory }: Pick<Candidate, 'call' | 'directory'>, messages: readonly ArtifactMessage[], downloaded: readonly string[]): void {
  const folder = join(call.targetDir, profileFolder(call.selection.profile)) + sep;
  const own = messages.filter(({ manifestPath, filenames }) => filenames[0]?.startsWith(folder) === true && !downloaded.some((above) => manifestPath.startsWith(above + sep)));
  const files = own.flatMap(({ filenames: [file = ''] }) => sourcesOf(file)).map((path) => resolve(directory, path));
  const noted: Noted = Object.fromEntries([...new Set(files)].sort().map((path) => [path, stampNow(path)?.stamp ?? '']));
  const text = `${JSON.stringify(noted)}\n`;
  // A disk that is busy with a build takes its time for each file.
  if (readTextNow(note) !== text) attemptNow(() => writeNow(note, text));
}

/** What rustc noted beside a file that it made. */
function sourcesOf(file: string): readonly string[] {
  const folder = dirname(file);
  const unit = file.slice(folder.length + 1).replace(/^lib/, '').replace(/\.[^.]*$/, '');
  const notes = listNow(folder).filter((name) => name === `${unit}.d` || (unit.startsWith('build-script') && name.endsWith('.d')));
  return notes.flatMap((name) => parseDepInfo(readTextNow(join(folder, name)) ?? '').files);
}
