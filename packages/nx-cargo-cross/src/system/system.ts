/** The machine as the engine sees it: everything with an effect, in one value that tests replace. */
import { cacheFolder, cargoHome } from './user-folders.js';
import { exists } from './files.js';
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
  capture(spec: CaptureSpec): Promise<Captured>;
  stream(spec: RunSpec): Promise<RunOutcome>;
  findOnPath(name: string, env: Readonly<Record<string, string>>): Promise<string | undefined>;
  probeTool(need: ToolNeed, workspaceRoot: string, env: Readonly<Record<string, string>>): Promise<ToolProbe>;
  exists(path: string): Promise<boolean>;
  /** Milliseconds of a clock that only runs forward. */
  now(): number;
}

export function realSystem(): System {
  const env = definedOnly(process.env);
  return {
    env,
    cacheFolder: cacheFolder(env),
    cargoHome: cargoHome(env),
    capture: runCaptured,
    stream: runStreaming,
    findOnPath,
    probeTool,
    exists,
    now: () => performance.now(),
  };
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) defined[name] = value;
  return defined;
}
