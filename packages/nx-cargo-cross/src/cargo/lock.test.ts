import { describe, expect, test } from '@jest/globals';
import { lockToml, REGISTRY } from '../testkit/cargo-files.js';
import { parseLock, resolveDependency, type Lock } from './lock.js';

function lock(text: string): Lock {
  const parsed = parseLock('Cargo.lock', text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failures));
  return parsed.value;
}

const VERSION_1 = `
[root]
name = "app"
version = "0.1.0"
dependencies = ["itoa 1.0.0 (${REGISTRY})"]

[[package]]
name = "itoa"
version = "1.0.0"
source = "${REGISTRY}"

[metadata]
"checksum itoa 1.0.0 (${REGISTRY})" = "abc"
`;

describe('a lock file', () => {
  test('of today has packages with checksums and short dependencies', () => {
    const { packages } = lock(
      lockToml([
        { name: 'app', dependencies: ['itoa'] },
        { name: 'itoa', version: '1.0.0', source: REGISTRY },
      ]),
    );
    expect(packages).toEqual([
      { name: 'app', version: '0.1.0', source: undefined, checksum: undefined, dependencies: ['itoa'] },
      { name: 'itoa', version: '1.0.0', source: REGISTRY, checksum: 'sum-of-itoa-1.0.0', dependencies: [] },
    ]);
  });

  test('of the first version has a root and its checksums apart', () => {
    const { packages } = lock(VERSION_1);
    expect(packages.map(({ name, checksum }) => [name, checksum])).toEqual([
      ['app', undefined],
      ['itoa', 'abc'],
    ]);
  });

  test('without packages is none the less one', () => {
    expect(lock('version = 3').packages).toEqual([]);
  });

  test.each([
    ['a merge conflict', '<<<<<<< HEAD\nversion = 4\n', 1, 'it holds a merge conflict'],
    ['a format of the future', '# x\nversion = 5\n', 2, 'its format, version 5, is not known'],
    [
      'no version of a package',
      'version = 4\n[[package]]\nname = "a"\nversion = "1.0.0"\n[[package]]\nname = "b"\n',
      5,
      'a [[package]] has no name or no version',
    ],
    ['a package that is no table', 'package = 1\n', 1, '"package" must be an array of tables'],
  ])('with %s is unreadable, with the line', (_, text, line, message) => {
    expect(parseLock('Cargo.lock', text)).toMatchObject({
      ok: false,
      failures: [{ code: 'lock-unreadable', message, location: { file: 'Cargo.lock', line } }],
    });
  });
});

describe('an entry of dependencies', () => {
  const git = 'git+https://github.com/x/y?branch=main';
  const twice = lock(
    lockToml([
      { name: 'a', version: '1.0.0', source: REGISTRY },
      { name: 'a', version: '2.0.0', source: REGISTRY },
      { name: 'a', version: '2.0.0', source: `${git}#0123` },
      { name: 'a', version: '2.0.0' },
    ]),
  );

  test.each([
    ['a 1.0.0', [REGISTRY]],
    [`a 2.0.0 (${REGISTRY})`, [REGISTRY]],
    [`a 2.0.0 (${git})`, [`${git}#0123`]],
    [`a 2.0.0 (${git}#0123)`, [`${git}#0123`]],
    ['a 2.0.0', [REGISTRY, `${git}#0123`, undefined]],
    ['a 3.0.0', []],
    ['b', []],
  ])('%s means what fits', (dependency, sources) => {
    expect(resolveDependency(twice, dependency).map(({ source }) => source)).toEqual(sources);
  });
});
