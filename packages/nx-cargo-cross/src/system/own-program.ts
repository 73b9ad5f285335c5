/** What a small program of this package is given, and how it ends. */

export interface Running {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  finish(status: number, stderr: string): void;
}

export function runningAs(program: (running: Running) => void): void {
  program({
    args: process.argv.slice(2),
    env: process.env,
    finish(status, stderr) {
      process.stderr.write(stderr);
      process.exitCode = status;
    },
  });
}
