import { describe, expect, test } from '@jest/globals';
import { baseName, fileIn, isWithin, joinOnDisk, joinPath, parentOf, relativePath, upwards } from './paths.js';

describe('a path', () => {
  test.each([
    ['', 'a', 'a'],
    ['a/b', '../c', 'a/c'],
    ['a/b', '../../c', 'c'],
    ['a', './b/./c/', 'a/b/c'],
    ['a', '.', 'a'],
    ['a', '..', ''],
    ['a', '..\\b', 'b'],
    ['a', '../..', undefined],
    ['', '../x', undefined],
    ['a', '/abs', undefined],
    ['a', 'C:\\abs', undefined],
  ])('from "%s" along "%s" leads to %s', (directory, path, expected) => {
    expect(joinPath(directory, path)).toBe(expected);
  });

  test.each([
    ['home/me', '../you', 'home/you'],
    ['home/me', '/etc/x', 'etc/x'],
    ['home/me', 'C:\\etc\\x', 'etc/x'],
    ['home', '../../x', undefined],
  ])('on a disk, from "%s" along "%s" leads to %s', (directory, path, expected) => {
    expect(joinOnDisk(directory, path)).toBe(expected);
  });

  test.each([
    ['crates/app', 'schemas/a.json', '../../schemas/a.json'],
    ['crates/app', 'crates/app/src/x', 'src/x'],
    ['crates/app', 'crates/apple', '../apple'],
    ['', 'a/b', 'a/b'],
    ['a', '', '..'],
    ['a', 'a', '.'],
  ])('is named from "%s": "%s" is %s', (directory, path, expected) => {
    expect(relativePath(directory, path)).toBe(expected);
  });

  test.each([
    ['a/b/c', 'a/b'],
    ['a', ''],
    ['', undefined],
  ])('"%s" lies in %s', (path, parent) => {
    expect(parentOf(path)).toBe(parent);
  });

  test.each([
    ['a/b', 'a', true],
    ['a', 'a', true],
    ['ab', 'a', false],
    ['a', '', true],
    ['a', 'a/b', false],
  ])('"%s" within "%s": %s', (path, directory, expected) => {
    expect(isWithin(path, directory)).toBe(expected);
  });

  test('has all the folders above it', () => {
    expect(upwards('a/b')).toEqual(['a/b', 'a', '']);
  });

  test('has a last part', () => {
    expect([baseName('a/b.rs'), baseName('b.rs')]).toEqual(['b.rs', 'b.rs']);
    expect([fileIn('', 'x'), fileIn('a', 'x')]).toEqual(['x', 'a/x']);
  });
});
