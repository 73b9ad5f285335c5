/**
 * What builds begin with comes by way of Nx, as tasks of their own, so that whatever cache the workspace has serves it. It is asked for by a build that really runs, not by `dependsOn`: Nx would bring, or make, it for builds that it takes
 * from the cache itself, on machines that need none of it.
 */
import { withoutTask } from '../../build/task-variables.js';
import { isStatusLine } from '../../cargo/status-line.js';
import { nxProgram } from '../../system/nx-version.js';
import type { System } from '../../system/system.js';

/** Characters of what Nx says that are looked through for a reason. */
const TAIL = 20_000;

export interface NestedRun {
  /** The Nx workspace root. */
  readonly root: string;
  readonly target: string;
  readonly projects: readonly string[];
  /** Words for the tasks. */
  readonly words: readonly string[];
  /** Whether a line that a task prints now is to be heard. */
  readonly shows?: (line: string) => boolean;
  /** Gets whole lines. */
  readonly hear: (text: string) => void;
  readonly signal: AbortSignal | undefined;
}

/** Runs one target of some projects. Returns undefined when all went well, else why not. */
export async function runNested(system: System, { root, target, projects, words, shows = isStatusLine, hear, signal }: NestedRun): Promise<string | undefined> {
  const nx = nxProgram(root);
  if (nx === undefined) return 'no Nx was found that could bring it';
  let tail = '';
  let line = '';
  let replayed = false;
  const listen = (text: string): void => {
    tail = (tail + text).slice(-TAIL);
    const lines = (line + text).split(/(?<=\n)/);
    line = lines.at(-1)?.endsWith('\n') === false ? (lines.pop() ?? '') : '';
    const said = lines.filter((one) => {
      replayed = isReplay(one) ?? replayed;
      return !replayed && shows(one);
    }).join('');
    if (said !== '') hear(said);
  };
  const { exitCode } = await system.stream({
    command: process.execPath,
    args: [nx, 'run-many', `--targets=${target}`, `--projects=${projects.join(',')}`, '--parallel=1', '--nxBail=false', '--outputStyle=stream-without-prefixes', ...words],
    cwd: root,
    // A worker for each plugin is half of what such a run costs, where nothing has to be made.
    env: { NX_ISOLATE_PLUGINS: 'false', ...withoutTask(system.env), NX_TUI: 'false' },
    onStdout: listen,
    onStderr: listen,
    ...(signal ? { signal } : {}),
  });
  return exitCode === 0 ? undefined : `it could not be made${reasonIn(tail)}`;
}

/** What Nx says before the words of a task: whether they are those of an earlier run. Nx 22 to 24, `tasks-runner/life-cycles`. */
function isReplay(line: string): boolean | undefined {
  const plain = line.replace(ESCAPES, '');
  return /^\s*> nx run /.test(plain) ? /\[[^\]]*cache[^\]]*\]/.test(plain) : undefined;
}

const ESCAPES = /\u001b\[[0-9;]*[A-Za-z]/g;

/** The first error that was told; the build tells all of it. */
function reasonIn(text: string): string {
  const line = /^\s*(error(?:\[[a-z-]+\])?: .*)$/m.exec(text.replace(ESCAPES, ''))?.[1];
  return line === undefined ? '' : `: ${line.slice(0, 300)}`;
}
