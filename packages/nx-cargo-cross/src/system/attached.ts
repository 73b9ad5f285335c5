/** Runs a command on the user's own terminal: it may ask, and what it prints is seen as it comes. */
import { spawn } from 'node:child_process';

export interface AttachedSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Returns the exit code; 127 where it could not be started. What it prints goes to standard error, since standard output is for results. */
export function runAttached({ command, args, cwd, env }: AttachedSpec): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { cwd, env: { ...env }, stdio: ['inherit', 2, 2], shell: false });
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 128));
  });
}

/** Asks a question that is answered with yes or no; anything but yes is no. */
export async function askYesOrNo(question: string): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
