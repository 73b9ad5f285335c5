import { isatty } from 'node:tty';

/**
 * Whether colours are wanted. NO_COLOR comes first (no-color.org): Nx sets FORCE_COLOR for the processes it starts, whatever its user said.
 * Else FORCE_COLOR decides (force-color.org), else what the stream is.
 */
export function wantsColor(env: Readonly<Record<string, string>>, isTerminal: boolean): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal;
}

/** Whether somebody is there to be asked: input and output are a terminal. Asked of the system, since opening `process.stdin` costs more. */
export function isInteractive(): boolean {
  return isatty(0) && isatty(1);
}
