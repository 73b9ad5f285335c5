/** A machine that writes down what it is asked to run, and answers as a test says. Files are real; give them folders of their own. */
import { exists } from '../system/files.js';
import type { Captured, CaptureSpec, RunOutcome, RunSpec } from '../system/process.js';
import type { System } from '../system/system.js';

export interface FakeSystem extends System {
  /** Every command, in order, as one would type it; the first word without its folder. Before what need only be asked once: `once: `. */
  readonly ran: string[];
  /** The streamed ones in full. */
  readonly streamed: RunSpec[];
}

export interface FakeAnswers {
  readonly env?: Readonly<Record<string, string>>;
  readonly cacheFolder?: string;
  /** Tools on the PATH, by name. */
  readonly onPath?: Readonly<Record<string, string>>;
  readonly capture?: (command: string, spec: CaptureSpec) => Partial<Captured> | Promise<Partial<Captured>>;
  readonly stream?: (spec: RunSpec) => Partial<RunOutcome> | Promise<Partial<RunOutcome>>;
  /** Paths that are there, or not, whatever the disk says. */
  readonly exists?: Readonly<Record<string, boolean>>;
  /** Where symbolic links lead; every other path is none. */
  readonly links?: Readonly<Record<string, string>>;
}

const DONE: Captured = { exitCode: 0, signal: undefined, spawnError: undefined, stdout: '', stderr: '' };

export function aSystem(answers: FakeAnswers = {}): FakeSystem {
  const ran: string[] = [];
  const streamed: RunSpec[] = [];
  const note = ({ command, args }: CaptureSpec | RunSpec, how = ''): string => {
    const line = [command.slice(command.lastIndexOf('/') + 1), ...args].join(' ');
    ran.push(how + line);
    return line;
  };
  const answer = async (line: string, spec: CaptureSpec): Promise<Captured> => ({ ...DONE, ...(await answers.capture?.(line, spec)) });
  return {
    ran,
    streamed,
    env: answers.env ?? { PATH: '/usr/bin' },
    cacheFolder: answers.cacheFolder ?? '/no/cache/folder',
    cargoHome: '/home/user/.cargo',
    capture: (spec) => answer(note(spec), spec),
    captureOnce: (spec) => answer(note(spec, 'once: '), spec),
    async stream(spec) {
      note(spec);
      streamed.push(spec);
      const { exitCode, signal, spawnError } = { ...DONE, ...(await answers.stream?.(spec)) };
      return { exitCode, signal, spawnError };
    },
    cores: { borrow: async () => ({ env: {}, descriptors: [], lastCrate: async () => undefined, release: async () => undefined }) },
    findOnPath: async (name) => answers.onPath?.[name],
    probeTool: async () => ({ found: false, searched: [] }),
    exists: async (path) => answers.exists?.[path] ?? exists(path),
    canonicalPath: async (path) => answers.links?.[path] ?? path,
    now: () => 0,
  };
}
