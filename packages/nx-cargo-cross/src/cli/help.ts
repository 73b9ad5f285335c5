/** The help texts, made from the commands themselves. */
import type { Command, Flag } from './command.js';
import { COMMON_FLAGS } from './parse.js';

/** The help of the program. */
export function renderHelp(commands: readonly Command[]): string {
  return [
    'nx-cargo-cross: what there is to ask of this plugin besides its Nx targets',
    '',
    'Usage: nx-cargo-cross COMMAND ...',
    '',
    ...columns(commands.map(({ name, doc }) => [name, doc])),
    '',
    'nx-cargo-cross COMMAND --help tells of one command. Exit codes: 0 all is well, 1 something was found, 2 called wrongly.',
    '',
  ].join('\n');
}

/** The help of one command. */
export function renderCommandHelp({ name, usage, doc, flags }: Command): string {
  return [doc, '', `Usage: nx-cargo-cross ${name} ${usage}`, '', ...columns([...flags, ...COMMON_FLAGS].map((flag) => [spell(flag), flag.doc])), ''].join('\n');
}

function spell({ name, value }: Flag): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
