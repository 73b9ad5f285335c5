/** The commands of `nx-cargo-cross`, in the order in which the help lists them. */
import type { Command } from './command.js';
import { doctor } from './doctor.js';
import { prove } from './prove.js';
import { why } from './why.js';

export const COMMANDS: readonly Command[] = [prove, doctor, why];
