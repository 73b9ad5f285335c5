/** What a command of the package's own program `nx-cargo-cross` is. One file per command; `commands.ts` lists them. */
import type { Failure } from '../diagnostics/failure.js';
import type { System } from '../system/system.js';

/** 0: all is well. 1: the command found what it looks for. 2: it could not look, because it was called wrongly or a file is not there. */
export type ExitCode = 0 | 1 | 2;

/** A flag of a command. `--help` and `--json` are flags of every command. */
export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  /** What stands behind it, as the help shows it; undefined for a flag that is there or not. */
  readonly value?: string;
  readonly repeated?: boolean;
  /** One sentence. */
  readonly doc: string;
}

/** A command line, read. */
export interface Words {
  /** What is no flag, in order. */
  readonly operands: readonly string[];
  has(flag: string): boolean;
  /** The last value of a flag; undefined where it was not given. */
  text(flag: string): string | undefined;
  /** Every value of a flag. */
  texts(flag: string): readonly string[];
}

/** What a command may touch. */
export interface World {
  readonly system: System;
  /** Absolute. */
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether a person sits at both ends: only then may a command ask. */
  readonly interactive: boolean;
}

/** A command. */
export interface Command {
  readonly name: string;
  /** What stands behind the name in the first line of its help: `FILE... --platform NAME`. */
  readonly usage: string;
  /** One sentence. */
  readonly doc: string;
  readonly flags: readonly Flag[];
  run(words: Words, world: World): Promise<ExitCode>;
}

/** A command line that is wrong in a way that no word alone is. */
export function misused(command: Command, message: string): Failure {
  return { code: 'usage', message, command: `nx-cargo-cross ${command.name}`, usage: `nx-cargo-cross ${command.name} ${command.usage}` };
}
