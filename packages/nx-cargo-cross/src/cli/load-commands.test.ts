import { expect, test } from '@jest/globals';
import { COMMANDS } from './commands.js';
import { loadCommands } from './load-commands.js';

test.each(COMMANDS.map((command) => [command.name, command] as const))('%s is loaded alone', async (name, command) => {
  expect(await loadCommands(name)).toEqual([command]);
});

test.each([undefined, 'help', '--help', 'proof', 'toString'])('%s loads all', async (word) => {
  expect(await loadCommands(word)).toBe(COMMANDS);
});
