/** The program without the process around it: words in, text and an exit code out. Whatever happens, nothing is thrown. */
import { internalFailure } from '../diagnostics/internal-failure.js';
import type { Failure } from '../diagnostics/failure.js';
import { failuresAsJson } from '../diagnostics/json.js';
import { renderFailures } from '../diagnostics/render.js';
import type { Command, ExitCode, World } from './command.js';
import { renderCommandHelp, renderHelp } from './help.js';
import { parseCommandLine } from './parse.js';

/** Runs one command line. */
export async function runCommandLine(argv: readonly string[], commands: readonly Command[], world: World): Promise<ExitCode> {
  const json = argv.includes('--json');
  try {
    const call = parseCommandLine(argv, commands);
    if (!call.ok) return refuse(call.failures, json, world);
    if (call.value.kind === 'help') {
      world.out(call.value.command ? renderCommandHelp(call.value.command) : renderHelp(commands));
      return 0;
    }
    return await call.value.command.run(call.value.words, world);
  } catch (error) {
    return refuse([internalFailure(error)], json, world);
  }
}

/** Says why a command did not do what it is for. With `--json` on standard output, as everything then. */
export function refuse(failures: readonly Failure[], json: boolean, world: Pick<World, 'out' | 'error'>): 2 {
  if (json) world.out(`${JSON.stringify({ schema: 1, failures: failuresAsJson(failures) }, undefined, 2)}\n`);
  else world.error(`${renderFailures(failures)}\n`);
  return 2;
}
