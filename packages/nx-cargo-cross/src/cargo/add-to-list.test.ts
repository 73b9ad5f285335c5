import { describe, expect, test } from '@jest/globals';
import { addToList } from './add-to-list.js';

const PATH = ['package', 'metadata', 'nx-cargo-cross'];
const PACKAGE = '# mine\n[package]\nname = "a"   # name\n';
const add = (text: string, key = 'inputs', entries: readonly string[] = ['../x', '../y']): string | undefined => addToList(text, PATH, key, entries);

describe('entries are added', () => {
  test.each<[string, string, string]>([
    ['at the end, where there is no table', PACKAGE, `${PACKAGE}\n[package.metadata.nx-cargo-cross]\ninputs = ["../x", "../y"]\n`],
    ['at the end of a file without a last line end', PACKAGE.trimEnd(), `${PACKAGE.trimEnd()}\n\n[package.metadata.nx-cargo-cross]\ninputs = ["../x", "../y"]\n`],
    ['with the file\'s own line ends', '[package]\r\nname = "a"\r\n', '[package]\r\nname = "a"\r\n\r\n[package.metadata.nx-cargo-cross]\r\ninputs = ["../x", "../y"]\r\n'],
    ['below the header', `${PACKAGE}[package.metadata.nx-cargo-cross] # ours\nplatforms = []\n\n[dependencies]\n`, `${PACKAGE}[package.metadata.nx-cargo-cross] # ours\ninputs = ["../x", "../y"]\nplatforms = []\n\n[dependencies]\n`],
    ['below a header at the end', `${PACKAGE}[ package . metadata . "nx-cargo-cross" ]`, `${PACKAGE}[ package . metadata . "nx-cargo-cross" ]\ninputs = ["../x", "../y"]\n`],
    ['before a table below it', `${PACKAGE}\n[package.metadata.nx-cargo-cross.platform.x]\nstrip = 1\n`, `${PACKAGE}\n[package.metadata.nx-cargo-cross]\ninputs = ["../x", "../y"]\n\n[package.metadata.nx-cargo-cross.platform.x]\nstrip = 1\n`],
    ['to an inline table', `${PACKAGE}[package.metadata]\nnx-cargo-cross = { bins = ["a"] }\n`, `${PACKAGE}[package.metadata]\nnx-cargo-cross = { inputs = ["../x", "../y"], bins = ["a"] }\n`],
    ['to an empty inline table', `${PACKAGE}metadata.nx-cargo-cross = {}\n`, `${PACKAGE}metadata.nx-cargo-cross = { inputs = ["../x", "../y"] }\n`],
    ['to a list', `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = ["../w"] # those\n`, `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = ["../w", "../x", "../y"] # those\n`],
    ['to a list with a comma at its end', `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = [ "a]b", 'c"#d', ]\n`, `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = [ "a]b", 'c"#d', "../x", "../y", ]\n`],
    ['to an empty list', `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = []\n`, `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = ["../x", "../y"]\n`],
    ['to a list over several lines', `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = [\n    "../w", # w ]\n]\n`, `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = [\n    "../w",\n    "../x",\n    "../y", # w ]\n]\n`],
    ['to an empty list over several lines', `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = [\n]\n`, `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = [\n  "../x", "../y"\n]\n`],
    ['to a list with some of them', `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = ["../y"]\n`, `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = ["../y", "../x"]\n`],
    ['not where all are there', `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = ["../y", "../x"]\n`, `${PACKAGE}[package.metadata.nx-cargo-cross]\ninputs = ["../y", "../x"]\n`],
    ['beside a header in a text', `${PACKAGE}description = """\n[package.metadata.nx-cargo-cross]\n"""\n`, `${PACKAGE}description = """\n[package.metadata.nx-cargo-cross]\n"""\n\n[package.metadata.nx-cargo-cross]\ninputs = ["../x", "../y"]\n`],
  ])('%s', (_, text, expected) => {
    expect(add(text)).toBe(expected);
    expect(add(expected)).toBe(expected);
  });

  test('under another key, whatever they are', () => {
    expect(add(PACKAGE, 'env-inputs', ['A', 'a "b" \\'])).toBe(`${PACKAGE}\n[package.metadata.nx-cargo-cross]\nenv-inputs = ["A", "a \\"b\\" \\\\"]\n`);
  });
});

test.each([
  ['a file that does not parse', '[package\n'],
  ['a table made of dotted keys', '[package]\nmetadata.nx-cargo-cross.bins = ["a"]\n'],
  ['a list that is none', '[package.metadata.nx-cargo-cross]\ninputs = "x"\n'],
])('%s is left as it is', (_, text) => {
  expect(add(text)).toBeUndefined();
});
