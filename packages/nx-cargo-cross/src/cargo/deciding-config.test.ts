import { describe, expect, test } from '@jest/globals';
import { aTriple } from '../testkit/builders.js';
import { aTree } from '../testkit/tree.js';
import { parseCargoConfigs } from './cargo-config.js';
import { decidingConfig } from './deciding-config.js';

function deciding(text: string, triple = 'aarch64-unknown-linux-gnu'): unknown {
  const config = parseCargoConfigs(['.cargo/config.toml'], aTree({ '.cargo/config.toml': text }));
  return config.ok ? decidingConfig(config.value, aTriple(triple).facts) : config.failures;
}

const FLAGS = { rustflags: ['-Ca'] };

describe("what of cargo's configuration decides bytes", () => {
  test.each<[string, string, unknown]>([
    ['nothing', '# words\n', []],
    ['not where packages come from, nor how cargo talks', '[net]\nretry = 1\n[registries.x]\nindex = "y"\n[source.crates-io]\nreplace-with = "z"\n[alias]\nb = "build"\n[term]\nquiet = true\n', []],
    ['not how many jobs there are, nor where they write', '[build]\njobs = 1\ntarget-dir = "x"\ntarget = "y"\n', []],
    ["the triple's own table, but not its runner", '[target.aarch64-unknown-linux-gnu]\nrustflags = ["-Ca"]\nrunner = "qemu"\n', [{ target: { 'aarch64-unknown-linux-gnu': FLAGS } }]],
    ["no other triple's", '[target.x86_64-pc-windows-gnu]\nrustflags = ["-Ca"]\n', []],
    ['a cfg that holds', "[target.'cfg(unix)']\nrustflags = [\"-Ca\"]\n", [{ target: { 'cfg(unix)': FLAGS } }]],
    ['a cfg that may hold', "[target.'cfg(target_feature = \"neon\")']\nlinker = \"x\"\n", [{ target: { 'cfg(target_feature = "neon")': { linker: 'x' } } }]],
    ['no cfg that does not', "[target.'cfg(windows)']\nrustflags = [\"-Ca\"]\n", []],
    ['flags of [build], where the triple has none', '[build]\nrustflags = ["-Ca"]\n', [{ build: FLAGS }]],
    ['no flags of [build] where it has', '[build]\nrustflags = ["-Cb"]\n[target.aarch64-unknown-linux-gnu]\nrustflags = ["-Ca"]\n', [{ target: { 'aarch64-unknown-linux-gnu': FLAGS } }]],
    ['variables, profiles, and what nobody knows yet', '[env]\nA = "b"\n[profile.release]\nlto = true\n[new]\nkey = 1\n', [{ env: { A: 'b' }, profile: { release: { lto: true } }, new: { key: 1 } }]],
  ])('is %s', (_, text, expected) => {
    expect(deciding(text)).toEqual(expected);
  });
});
