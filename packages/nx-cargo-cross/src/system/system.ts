/** The machine as the engine sees it: everything with an effect, in one value that tests replace. */
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { makeCorePool, type CorePool } from './cores.js';
import { withFixedPlace } from './fixed-place.js';
import { cacheFolder, cargoHome } from './user-folders.js';
import { canonicalPath, exists } from './files.js';
import { captureOnce } from './kept-answers.js';
import { runCaptured, runStreaming, type Captured, type CaptureSpec, type RunOutcome, type RunSpec } from './process.js';
import { findOnPath, probeTool, type ToolProbe } from './tools.js';
import type { ToolNeed } from '../backend/contract.js';

export interface System {
  /** The environment that this process was started with. */
  readonly env: Readonly<Record<string, string>>;
  /** The plugin's own cache folder, absolute, shared by all workspaces of the user. */
  readonly cacheFolder: string;
  /** Cargo's home folder, absolute. */
  readonly cargoHome: string;
  /** At most a few at once run, however many are asked for: a doctor has a question for every crate and platform. */
  capture(spec: CaptureSpec): Promise<Captured>;
  /** For a program whose answer depends on nothing but its own file and the words: the answer is kept with the file. */
  captureOnce(spec: CaptureSpec): Promise<Captured>;
  stream(spec: RunSpec): Promise<RunOutcome>;
  /** The cores that all of the user's builds share. */
  readonly cores: CorePool;
  findOnPath(name: string, env: Readonly<Record<string, string>>): Promise<string | undefined>;
  probeTool(need: ToolNeed, workspaceRoot: string, env: Readonly<Record<string, string>>): Promise<ToolProbe>;
  exists(path: string): Promise<boolean>;
  /** The path without symbolic links in it; the path itself where it cannot be resolved. */
  canonicalPath(path: string): Promise<string>;
  /** Milliseconds of a clock that only runs forward. */
  now(): number;
}

export function realSystem(): System {
  const few = pLimit(2 * availableParallelism());
  const env = definedOnly(process.env);
  const folder = cacheFolder(env);
  return {
    env,
    cacheFolder: folder,
    cargoHome: cargoHome(env),
    capture: (spec) => few(() => runCaptured(spec)),
    captureOnce: (spec) => captureOnce(spec, folder),
    stream: runStreaming,
    cores: makeCorePool(folder, env),
    findOnPath,
    probeTool: async (...asked) => withFixedPlace(await probeTool(...asked), 'ZIG_LIB_DIR', folder),
    exists,
    canonicalPath,
    now: () => performance.now(),
  };
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) defined[name] = value;
  return defined;
}
