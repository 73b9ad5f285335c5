#!/usr/bin/env node
/** `nx-cargo-cross`: the process around the commands. */
import { realSystem } from '../system/system.js';
import { COMMANDS } from './commands.js';
import { runCommandLine } from './run.js';

process.exitCode = await runCommandLine(process.argv.slice(2), COMMANDS, {
  system: realSystem(),
  cwd: process.cwd(),
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
});
