/** Whether colours are wanted. Sources: no-color.org; force-color.org; both before what the stream is. */
export function wantsColor(env: Readonly<Record<string, string>>, isTerminal: boolean): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  return isTerminal;
}
