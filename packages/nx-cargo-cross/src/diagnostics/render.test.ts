import { describe, expect, test } from '@jest/globals';
import { FAILURES } from '../testkit/failures.js';
import type { Failure } from './failure.js';
import { formatLocation, type Location } from './location.js';
import { renderFailure, renderFailures } from './render.js';

const at = (location: Location): string[] => renderFailure({ ...FAILURES['option-invalid'], location }).split('\n').slice(1, -1);

describe('a rendered failure', () => {
  test('has code, title, place, excerpt with a caret, details and help', () => {
    expect(renderFailure(FAILURES['unknown-word'])).toBe(
      [
        'error[unknown-word]: Unknown backend "zag"',
        '  --> rust/Cargo.toml:12:5',
        '  12 | key = "value"',
        '     |     ^',
        '  Valid: native, zig, gcc',
        '  help: Did you mean "zig"?',
      ].join('\n'),
    );
  });

  test('has further help below the first', () => {
    expect(renderFailure(FAILURES['std-missing']).split('\n').slice(-2)).toEqual([
      '  help: Any of these mends it:',
      '        rustup target add aarch64-unknown-linux-gnu',
    ]);
  });

  test('keeps the lines of a detail apart, each indented', () => {
    expect(renderFailure({ ...FAILURES['std-build-failed'], excerpt: 'one\ntwo' })).toContain('\n  one\n  two\n  Whole log: ');
  });

  test.each(Object.entries(FAILURES) as [string, Failure][])('%s begins with its code and says what to do', (code, failure) => {
    const text = renderFailure(failure);
    expect(text.startsWith(`error[${code}]: `)).toBe(true);
    expect(text).toMatch(/\n {2}help: \S/);
    expect(text).not.toMatch(/\u001b|[ \t]+\n/);
  });

  test('stands apart from the next by an empty line', () => {
    const { internal, interrupted } = FAILURES;
    expect(renderFailures([internal, interrupted])).toBe(`${renderFailure(internal)}\n\n${renderFailure(interrupted)}`);
    expect(renderFailures([])).toBe('');
  });
});

describe('the place', () => {
  test.each<readonly [string, Location, readonly string[]]>([
    ['a file alone', { file: 'nx.json' }, ['  --> nx.json']],
    ['a line', { file: 'nx.json', line: 3 }, ['  --> nx.json:3']],
    ['no caret without a column', { file: 'nx.json', line: 3, excerpt: 'x = 1' }, ['  --> nx.json:3', '  3 | x = 1']],
    ['no excerpt without a line', { file: 'nx.json', excerpt: 'x = 1', column: 2 }, ['  --> nx.json']],
    ['a caret at the first column', { file: 'nx.json', line: 3, column: 1, excerpt: 'x = 1' }, ['  --> nx.json:3:1', '  3 | x = 1', '    | ^']],
    ['a caret below tabs', { file: 'a.toml', line: 100, column: 5, excerpt: '\t\tx = 1' }, ['  --> a.toml:100:5', '  100 | \t\tx = 1', '      | \t\t  ^']],
    ['a caret behind the end', { file: 'a.toml', line: 9, column: 4, excerpt: 'x' }, ['  --> a.toml:9:4', '  9 | x', '    |    ^']],
  ])('can be %s', (_, location, lines) => {
    expect(at(location)).toEqual(lines);
  });

  test('is written as editors and terminals make a link of it', () => {
    expect(formatLocation({ file: 'a b/Cargo.toml', line: 7, column: 2 })).toBe('a b/Cargo.toml:7:2');
    expect(formatLocation({ file: 'Cargo.toml', column: 2 })).toBe('Cargo.toml');
  });
});
