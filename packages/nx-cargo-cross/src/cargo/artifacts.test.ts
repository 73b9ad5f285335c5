import { describe, expect, test } from '@jest/globals';
import { crateOf, repositoryOf } from '../testkit/repository.js';
import type { Files } from '../testkit/tree.js';

/** The artifacts as `kind name`, of a package in edition 2024 unless the TOML says otherwise. */
function artifacts(toml: string, sources: readonly string[]): readonly string[] {
  const files: Files = { 'Cargo.toml': `[package]\nname = "my-app"\n${toml}`, ...Object.fromEntries(sources.map((source) => [source, ''])) };
  return crateOf(repositoryOf(files), '').crate.artifacts.map(({ kind, name, requiredFeatures }) => [kind, name, ...requiredFeatures].join(' '));
}

const E24 = 'edition = "2024"\n';

describe('the artifacts of a package', () => {
  test.each<[string, string, readonly string[], readonly string[]]>([
    ['none of a plain library', E24, ['src/lib.rs'], []],
    ['src/main.rs, named after the package', E24, ['src/main.rs'], ['bin my-app']],
    ['src/bin/*.rs and src/bin/*/main.rs', E24, ['src/bin/b.rs', 'src/bin/a/main.rs', 'src/bin/a/util.rs', 'src/bin/data.txt'], ['bin a', 'bin b']],
    ['no bins where autobins is off', `${E24}autobins = false\n`, ['src/main.rs', 'src/bin/b.rs'], []],
    ['[[bin]] and what is found besides', `${E24}[[bin]]\nname = "x"\npath = "x.rs"\n`, ['src/main.rs', 'x.rs'], ['bin my-app', 'bin x']],
    ['a [[bin]] that renames src/main.rs', `${E24}[[bin]]\nname = "x"\npath = "src/main.rs"\n`, ['src/main.rs'], ['bin x']],
    ['a [[bin]] that renames ./src/bin/b.rs', `${E24}[[bin]]\nname = "x"\npath = "./src/bin/b.rs"\n`, ['src/bin/b.rs'], ['bin x']],
    ['a [[bin]] that adds to what is found', `${E24}[[bin]]\nname = "b"\nrequired-features = ["f", "g"]\n`, ['src/bin/b.rs'], ['bin b f g']],
    ['2015: [[bin]] switches the search off', '[[bin]]\nname = "x"\npath = "x.rs"\n', ['src/main.rs', 'x.rs'], ['bin x']],
    ['2015: unless autobins asks for it', 'autobins = true\n[[bin]]\nname = "x"\npath = "x.rs"\n', ['src/main.rs'], ['bin my-app', 'bin x']],
    ['2015: without [[bin]] the search is on', '', ['src/main.rs'], ['bin my-app']],
    [
      'a cdylib and staticlib, named with _',
      `${E24}[lib]\ncrate-type = ["staticlib", "rlib", "cdylib"]\n`,
      ['src/lib.rs'],
      ['cdylib my_app', 'staticlib my_app'],
    ],
    ['a library with a name of its own', `${E24}[lib]\nname = "other"\ncrate_type = ["cdylib"]\n`, ['src/lib.rs'], ['cdylib other']],
    ['none of a proc macro', `${E24}[lib]\nproc-macro = true\ncrate-type = ["cdylib"]\n`, ['src/lib.rs'], []],
    ['none of a fuzzing package', `${E24}[package.metadata]\ncargo-fuzz = true\n[[bin]]\nname = "f"\npath = "f.rs"\n`, ['f.rs'], []],
  ])('are %s', (_, toml, sources, expected) => {
    expect(artifacts(toml, sources)).toEqual(expected);
  });
});
