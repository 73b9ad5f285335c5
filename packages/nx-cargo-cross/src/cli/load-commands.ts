/** Loads what a command line needs and no more: most of what a command takes is the loading of its files. */
import type { Command } from './command.js';

const LOADERS: Readonly<Record<string, () => Promise<Command>>> = {
  prove: async () => (await import('./prove.js')).prove,
  doctor: async () => (await import('./doctor.js')).doctor,
  why: async () => (await import('./why.js')).why,
};

/** The command that a word names, alone; every command where it names none. */
export async function loadCommands(word: string | undefined): Promise<readonly Command[]> {
  const load = word !== undefined && Object.hasOwn(LOADERS, word) ? LOADERS[word] : undefined;
  return load ? [await load()] : (await import('./commands.js')).COMMANDS;
}
