import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from './commands.js';
import type { Command, World } from './command.js';
import { runCommandLine } from './run.js';

const greet: Command = {
  name: 'greet',
  usage: 'NAME... [--loud] [--as TITLE]',
  doc: 'Greets.',
  flags: [
    { name: 'loud', doc: 'Loudly.' },
    { name: 'as', value: 'TITLE', doc: 'With a title.' },
    { name: 'with', value: 'WORD', repeated: true, doc: 'And more.' },
  ],
  run: async (words, world) => {
    world.out(JSON.stringify([words.operands, words.has('loud'), words.text('as'), words.texts('with'), words.has('json')]));
    return words.operands.includes('nobody') ? 1 : 0;
  },
};
const broken: Command = { ...greet, name: 'broken', flags: [], run: () => Promise.reject(new Error('oh no')) };

async function run(...argv: string[]): Promise<{ readonly code: number; readonly out: string; readonly error: string }> {
  let out = '';
  let error = '';
  const world = { out: (text: string) => (out += text), error: (text: string) => (error += text), cwd: '/', interactive: false } as unknown as World;
  const code = await runCommandLine(argv, [greet, broken], world);
  return { code, out, error };
}

describe('a command line', () => {
  test.each<[string, unknown]>([
    ['greet a b', [['a', 'b'], false, null, [], false]],
    ['greet --loud a --as Dr --json', [['a'], true, 'Dr', [], true]],
    ['greet --as=Dr --with x --with y', [[], false, 'Dr', ['x', 'y'], false]],
    ['greet -- --loud', [['--loud'], false, null, [], false]],
  ])('%s', async (line, expected) => {
    const { code, out, error } = await run(...line.split(' '));
    expect({ code, error, out: JSON.parse(out) as unknown }).toEqual({ code: 0, error: '', out: expected });
  });

  test('the exit code is the command\'s own', async () => expect((await run('greet', 'nobody')).code).toBe(1));

  test.each<[string, RegExp]>([
    ['gret', /Unknown command "gret"[^]*Did you mean "greet"\?/],
    ['help gret', /Unknown command "gret"/],
    ['--loud', /Unknown command "--loud"/],
    ['greet --lout', /Unknown flag "--lout"[^]*Did you mean "--loud"\?/],
    ['greet -l', /Unknown flag "-l"/],
    ['greet --as', /--as needs a TITLE behind it[^]*Usage: nx-cargo-cross greet NAME/],
    ['greet --as=', /--as needs a TITLE/],
    ['greet --loud=yes', /--loud takes no value/],
    ['greet --as Dr --as Mr', /--as stands there 2 times/],
    ['broken', /Internal error of nx-cargo-cross: oh no/],
  ])('%s: exit code 2, and what to do', async (line, expected) => {
    const { code, out, error } = await run(...line.split(' '));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(expected);
    const json = await run(...line.split(' '), '--json');
    expect(json).toMatchObject({ code: 2, error: '' });
    expect(JSON.parse(json.out)).toMatchObject({ schema: 1, failures: [{ code: expect.any(String), title: expect.any(String), help: expect.any(Array) }] });
  });

  test.each(['', '--help', '-h', 'help'])('"%s": the help of all', async (line) => {
    const { code, out } = await run(...line.split(' ').filter(Boolean));
    expect(code).toBe(0);
    expect(out).toMatch(/greet {3}Greets\./);
  });

  test.each(['help greet', 'greet --help', 'greet -h a', 'greet --as Dr --help'])('%s: the help of one', async (line) => {
    const { code, out } = await run(...line.split(' '));
    expect(code).toBe(0);
    expect(out).toMatch(/Usage: nx-cargo-cross greet NAME[^]*--as TITLE +With a title\.[^]*--json/);
  });
});

test.each(COMMANDS.map((command) => [command.name, command] as const))('%s is told of in words that end', (_, { doc, usage, flags }) => {
  for (const text of [doc, ...flags.map((flag) => flag.doc)]) expect(text).toMatch(/^[A-Z].*\.$/);
  for (const { name } of flags) if (usage.includes('--')) expect(name).toMatch(/^[a-z][a-z-]*$/);
});
