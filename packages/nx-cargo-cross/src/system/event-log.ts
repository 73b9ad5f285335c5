/** The file that NX_CARGO_CROSS_EVENTS names: one JSON object per line for each thing that happened, for tools that show a build. */
import { appendFileSync } from 'node:fs';

/** A writer of lines, or undefined where no file is named. A file that cannot be written is given up silently: it must not end a build. */
export function openEventLog(env: Readonly<Record<string, string>>): ((event: unknown) => void) | undefined {
  const path = env['NX_CARGO_CROSS_EVENTS'];
  if (path === undefined || path === '') return undefined;
  let usable = true;
  return (event) => {
    if (!usable) return;
    try {
      // One append of one short line is atomic enough for the several executor processes of a run (POSIX write(2) with O_APPEND).
      appendFileSync(path, `${JSON.stringify(event)}\n`);
    } catch {
      usable = false;
    }
  };
}
