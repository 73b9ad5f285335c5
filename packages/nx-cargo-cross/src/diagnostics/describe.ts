/** Every failure in words: what is wrong, why, and the exact command that mends it. */
import type { Diagnosis } from './diagnose.js';
import { formatLocation, type Location } from './location.js';
import type { Failure } from './failure.js';
import { describeNotStatic } from './not-static.js';
import { quoteWord } from './quote.js';
import { helpOfFindings, sayFinding } from './say-finding.js';
import { describeUncovered } from './uncovered.js';

export interface Description {
  /** One line: what is wrong. */
  readonly title: string;
  readonly location?: Location;
  /** Further lines: where, why, what was read. */
  readonly details: readonly string[];
  /** What to do next; each entry a sentence or a command. Never empty. */
  readonly help: readonly [string, ...string[]];
}

/** Says a failure in words. Pure: the same failure always gives the same text. */
export function describe(failure: Failure): Description {
  switch (failure.code) {
    case 'manifest-syntax':
      return { title: `${failure.location.file} is not valid TOML: ${failure.message}`, location: failure.location, details: [], help: [`Mend the file at ${formatLocation(failure.location)}.`, ...(failure.help === undefined ? [] : [failure.help])] };
    case 'manifest-invalid':
      return { title: failure.message, location: failure.location, details: [], help: [failure.help] };
    case 'file-unreadable':
      return { title: `${failure.file} cannot be read: ${failure.cause}`, details: [], help: [unreadableHelp(failure.file, failure.cause)] };
    case 'unknown-word':
      return {
        title: `Unknown ${failure.kind} "${failure.word}"`,
        location: failure.location,
        details: [`Valid: ${failure.valid.join(', ')}`],
        help: [failure.nearest === undefined ? `Take one of the valid words.` : `Did you mean "${failure.nearest}"?`],
      };
    case 'option-invalid':
      return { title: `Option "${failure.key}": ${failure.message}`, location: failure.location, details: [], help: [`Change "${failure.key}" at ${formatLocation(failure.location)}.`] };
    case 'platform-name-taken':
      return {
        title: `${failure.triples.length} triples share the platform name "${failure.name}": ${failure.triples.join(', ')}`,
        location: failure.location,
        details: ['A platform has one folder in the output, and one set of targets.'],
        help: [`Keep one of them, or give one a name of its own: "names": { "my-name": "${failure.triples.at(-1) ?? ''}" }`],
      };
    case 'triple-unserved':
      return {
        title: `Backend "${failure.backend}" cannot build for ${failure.triple}`,
        details: [failure.why],
        help: failure.alternatives.length > 0
          ? [`Choose another backend in nx.json: "backends": { "${failure.triple}": "${failure.alternatives[0] ?? ''}" }${failure.alternatives.length > 1 ? ` (or ${failure.alternatives.slice(1).join(', ')})` : ''}`]
          : [`No backend of this version serves ${failure.triple}. Take it out of "platforms".`],
      };
    case 'linkage-impossible':
      return { title: `${failure.asked} is impossible for ${failure.triple} with backend "${failure.backend}"`, ...(failure.location ? { location: failure.location } : {}), details: [failure.why], help: [failure.help] };
    case 'tool-missing':
      return {
        title: `${failure.tool} was not found; it is needed for ${failure.neededFor}`,
        details: [`Looked for in: ${failure.searched.join(', ')}`, ...(failure.note === undefined ? [] : [failure.note])],
        help: [
          `Install it: ${failure.install}`,
          ...doctorFor(failure),
          ...(failure.alternatives.length > 0 ? [`Or choose another backend for the platform in nx.json: ${failure.alternatives.join(', ')}`] : []),
        ],
      };
    case 'tool-broken':
      return { title: `${failure.tool} at ${failure.path} does not work: ${failure.message}`, details: [], help: [`Install it anew: ${failure.install}`, ...doctorFor(failure)] };
    case 'tool-too-old':
      return { title: `${failure.tool} ${failure.found} at ${failure.path} is too old: ${failure.minimum} or newer is needed`, details: [], help: [`Install a newer one: ${failure.install}`, ...doctorFor(failure)] };
    case 'pin-broken':
      return {
        title: `${failure.tool} ${failure.pinned} is pinned, and ${failure.found} would build`,
        location: failure.location,
        details: [`Found at ${failure.path}.`, `The cache key says ${failure.pinned} without asking: what another one makes would be handed out in its name.`],
        help: failure.mends,
      };
    case 'std-missing':
      return {
        title: `${failure.toolchain} has no standard library for ${failure.triple}`,
        details: failure.tried,
        help: ['Any of these mends it:', ...failure.commands],
      };
    case 'start-files-missing':
      return {
        title: `std for ${failure.triple} has no start files (${failure.missing.join(', ')}), and a bare linker needs them`,
        details: [`They belong into: ${failure.directory}`, ...failure.tried],
        help: ['Any of these mends it:', ...failure.commands],
      };
    case 'std-build-failed':
      return {
        title: `Building the standard library for ${failure.triple} with ${failure.toolchain} failed`,
        details: [failure.excerpt, `Whole log: ${failure.log}`],
        help: [`Install it instead: rustup target add ${failure.triple.replaceAll(',', '')}`],
      };
    case 'cache-unwritable':
      return {
        title: `The cache folder ${failure.directory} cannot be written: ${failure.cause}`,
        details: ['Scripts that stand between cargo and compilers are kept there, and standard libraries that had to be built.'],
        help: ['Make it writable, or name a folder that is: export NX_CARGO_CROSS_CACHE="$HOME/nx-cargo-cross-cache"'],
      };
    case 'lock-missing':
      return { title: `${failure.file} is missing; builds are only repeatable with it`, details: [], help: [`Make it and commit it: ${failure.command}`] };
    case 'lock-stale':
      return { title: `${failure.file} does not fit the manifests`, details: [failure.message], help: [`Bring it up to date and commit it: ${failure.command}`] };
    case 'lock-unreadable':
      return { title: `${failure.location.file} cannot be understood: ${failure.message}`, location: failure.location, details: [], help: [`Make it anew: cargo generate-lockfile --manifest-path ${quoteWord(failure.location.file.replace(/Cargo\.lock$/, 'Cargo.toml'))}`] };
    case 'artifact-name-taken':
      return {
        title: `${failure.artifacts.join(' and ')} of ${failure.crate} would both be ${failure.file}`,
        location: failure.location,
        details: [],
        help: ['Give the library a name of its own in Cargo.toml: [lib] name = "...", or build one of them for this platform: "bins" in the options of the package.'],
      };
    case 'nothing-to-build':
      return {
        title: `Crate ${failure.crate} has no bin, cdylib or staticlib to build`,
        location: failure.location,
        details: [],
        help: ['Add a src/main.rs, or crate-type = ["cdylib"] under [lib].'],
      };
    case 'crate-unbuildable':
      return { title: `${failure.crate} cannot be built for ${failure.triple} with backend "${failure.backend}"`, details: [failure.why], help: failure.help };
    case 'not-static':
      return describeNotStatic(failure);
    case 'compile-failed':
      return {
        title: `cargo could not build ${failure.crate} for ${failure.triple}${failure.exitCode === undefined ? '' : ` (exit code ${failure.exitCode})`}`,
        details: [...failure.diagnoses.map(({ id, line, script, cause }) => `${script === undefined ? '' : `The build script of ${script}: `}${line}\n  = ${cause} (${id})`), `Command: ${failure.command}`, `Whole log: ${failure.log}`],
        help: helpOf(failure.diagnoses),
      };
    case 'command-failed':
      return {
        title: `The command of ${failure.project} for ${failure.triple} failed${failure.exitCode === undefined ? '' : ` (exit code ${failure.exitCode})`}`,
        details: [`Command: ${failure.command}`, `Whole log: ${failure.log}`],
        help: ['Its own messages are above, and in the log; --dry-run shows the environment that it got.'],
      };
    case 'artifact-not-made':
      return {
        title: `The commands of ${failure.project} for ${failure.triple} ended well, but made no ${failure.missing.join(', no ')}`,
        details: [`Whole log: ${failure.log}`],
        help: ['Change "artifacts" in the target\'s options: paths are relative to the directory in which the commands run; --dry-run shows it.'],
      };
    case 'artifact-missing':
      return {
        title: `cargo built ${failure.crate} for ${failure.triple} without ${failure.missing.join(', ')}`,
        details: [`It made: ${failure.found.join(', ') || 'nothing'}`, `Whole log: ${failure.log}`],
        help: ['Look for required-features of that target in Cargo.toml; "features" in [package.metadata.nx-cargo-cross] switches them on, "bins" takes the target out.'],
      };
    case 'artifact-unreadable':
      return { title: `${failure.file} cannot be read as a program or library: ${failure.message}`, details: [], help: ['If it was just built, delete it and build again; if it stays so, the linker of this platform is at fault.', 'If it is a text (a linker script, a wrapper), prove the file that it stands for.'] };
    case 'promise-broken':
      return {
        title: `${failure.file} is not what platform ${failure.platform} promises`,
        details: failure.findings.map(sayFinding),
        help: helpOfFindings(failure.findings),
      };
    case 'universal-impossible':
      return { title: `The artifacts of ${failure.crate} for both Macs cannot be joined: ${failure.why}`, details: [], help: [`Build both anew: ${failure.command}`] };
    case 'stage-failed':
      return { title: `The artifacts could not be written to ${failure.directory}: ${failure.cause}`, details: ['The previous output, if there was one, is untouched.'], help: [failure.help] };
    case 'tests-failed':
      return {
        title: `Tests of ${failure.crate} failed for ${failure.triple}`,
        details: [...failure.stopped.map((program) => `Stopped by the time limit: ${program}`), `Command: ${failure.command}`, `Whole log: ${failure.log}`],
        help: failure.stopped.length > 0 ? ['What the tests printed is above, and in the log. If they only need longer, set "testTimeout" (seconds).'] : ['What the tests printed is above, and in the log.'],
      };
    case 'smoke-failed':
      return {
        title: `${failure.file} for ${failure.platform} does not start as it should${failure.exitCode === undefined ? '' : ` (exit code ${failure.exitCode})`}`,
        details: [`Started: ${failure.command} (${failure.how})`, ...(failure.output === '' ? ['It printed nothing.'] : failure.output.split('\n')), `Whole log: ${failure.log}`],
        help: ['Nothing was handed out. If the program does not know these words, change "smoke"; if it needs something that is not here, take "smoke" away for this platform.'],
      };
    case 'not-runnable':
      return {
        title: `Programs for ${failure.triple} are not runnable here`,
        details: failure.reasons.map((reason) => `because: ${reason}`),
        help: [failure.install === undefined ? 'Run it on a machine of that kind.' : `Install what is missing: ${failure.install}`],
      };
    case 'restored-damaged':
      return {
        title: `What Nx took from its cache for ${failure.task} is damaged, or another task's`,
        details: [`In ${failure.directory}, which was removed:`, ...failure.wrong.slice(0, 5).map((line) => `  ${line}`), ...(failure.wrong.length > 5 ? [`  and ${failure.wrong.length - 5} more`] : [])],
        help: [`Build it: npx nx run ${quoteWord(failure.task)} (this entry is not taken again on this machine)`, 'If a task of yours changes these files in place, have it write elsewhere: outputs of a cached task must stay as they are.'],
      };
    case 'no-record':
      return {
        title: `There is no record of a run of ${failure.task}`,
        details: [failure.folder === undefined ? 'Recording is off: NX_CARGO_CROSS_RECORDS is "false".' : `Looked for in: ${failure.folder}`],
        help: [`${failure.folder === undefined ? 'Unset NX_CARGO_CROSS_RECORDS, and run' : 'Run'} it once: npx nx run ${quoteWord(failure.command)}`],
      };
    case 'closure-stale':
      return {
        title: `${failure.file} does not say what ${failure.project} is built from now`,
        details: ['nx affected goes by this file. So that no change passes it by, nothing is built in a CI service while it is not right.'],
        help: ['Bring it up to date, and commit it: npx nx sync', 'To be told before anything runs, check it first in CI: npx nx sync:check'],
      };
    case 'other-platform':
      return {
        title: `${failure.task} is for ${failure.platform}, and was told ${failure.asked}`,
        details: ['Its cache key is made for its own platform, and Nx stores the outputs of that.'],
        help: [failure.own === undefined ? `Add it: "platforms": [..., ${JSON.stringify(failure.asked)}] in nx.json` : `npx nx run ${quoteWord(failure.own)}`],
      };
    case 'env-file-in-batch':
      return {
        title: `${failure.task} was handed over in a batch, for which Nx does not read ${failure.file}`,
        details: ['The key of the task holds the variables of the file, and the build would do without them.'],
        help: [`Run it without --batch, and without NX_BATCH_MODE: npx nx run ${quoteWord(failure.task)}`, `Or put what the build needs into "env" of the crate, and take ${failure.file} away.`],
      };
    case 'inputs-uncovered':
      return describeUncovered(failure);
    case 'interrupted':
      return { title: `The build of ${failure.crate} for ${failure.triple} was stopped (${failure.signal})`, details: [], help: ['Run the same command again; what cargo had finished is kept.'] };
    case 'usage':
      return { title: `${failure.command}: ${failure.message}`, details: [`Usage: ${failure.usage}`], help: [`All it takes is listed by: npx ${failure.command} --help`] };
    case 'internal':
      return {
        title: `Internal error of nx-cargo-cross: ${failure.message}`,
        details: failure.stack === undefined ? [] : [failure.stack],
        help: ['This is a bug of the plugin. Please report it with the lines above.'],
      };
    default:
      return unreachable(failure);
  }
}

/** The command that looks for all that a platform needs, and gets it. */
function doctorFor({ platform }: { readonly platform?: string }): readonly string[] {
  return platform === undefined ? [] : [`Or have everything that the platform lacks installed: npx nx-cargo-cross doctor --platform ${quoteWord(platform)} --fix`];
}

function helpOf(diagnoses: readonly Diagnosis[]): readonly [string, ...string[]] {
  const [first, ...rest] = new Set(diagnoses.flatMap(({ help }) => help));
  return first === undefined ? ["The compiler's own messages are above, and in the log."] : [first, ...rest];
}

/** The system's own code says what is to be done. */
function unreadableHelp(file: string, cause: string): string {
  const slash = file.lastIndexOf('/');
  if (cause.startsWith('ENOENT')) return `There is nothing of that name; look for it: ls ${quoteWord(slash < 0 ? '.' : file.slice(0, Math.max(slash, 1)))}`;
  if (cause.startsWith('EISDIR')) return 'It is a folder; name a file in it.';
  return `Make the file readable: chmod u+r ${quoteWord(file)}`;
}

function unreachable(value: never): never {
  return value;
}
