#!/usr/bin/env node
/** `nx-cargo-cross`: the process around the commands. */
import { realSystem } from '../system/system.js';
import { isInteractive } from '../system/terminal.js';
import { loadCommands } from './load-commands.js';
import { runCommandLine } from './run.js';

const argv = process.argv.slice(2);
process.exitCode = await runCommandLine(argv, await loadCommands(argv[0]), {
  system: realSystem(),
  cwd: process.cwd(),
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  interactive: isInteractive(),
});
