import { describe, expect, test } from '@jest/globals';
import type { PlatformBuild } from '../config/resolved.js';
import { aPlan, aProbe, aRequest } from '../testkit/builders.js';
import { toldLinkers } from './host-linker.js';
import type { PlannedBuild } from './plan.js';
import type { Probe } from './request.js';

const SCRIPT = /^\/home\/me\/.*\/x86_64-unknown-linux-gnu-clang$/;
const CARGOS = 'CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER';
const OURS = 'NX_CARGO_CROSS_LINKER_x86_64_unknown_linux_gnu';

function planOf(platform: string, probe: Partial<Probe> = {}, build: Partial<PlatformBuild> = {}): PlannedBuild {
  return aPlan(aRequest(platform, { build: { reproducible: true, ...build } }), aProbe(probe));
}
const linkersOf = ({ calls }: PlannedBuild) => Object.fromEntries(calls.flatMap(({ env }) => env.flatMap(({ name, value }) => (name.includes('_LINKER') ? [[name, value]] : []))));

describe('a platform with the triple of the machine', () => {
  test('has its linker told past cargo, which would link build scripts with it', () => {
    expect(linkersOf(planOf('x86_64-linux'))).toEqual({ [OURS]: expect.stringMatching(SCRIPT) });
  });

  test.each<readonly [string, Partial<Probe>, Partial<PlatformBuild>, unknown]>([
    ['on another machine', { host: { triple: 'aarch64-unknown-linux-gnu', os: 'linux' } }, {}, expect.stringMatching(SCRIPT)],
    ["where the environment names the user's own", { env: { [CARGOS]: '/my/ld' } }, {}, '/my/ld'],
    ["where the package's variables do", {}, { env: { [CARGOS]: '/my/ld' } }, '/my/ld'],
    ['where the configuration names one, which cargo would tell rustc', { linker: 'mold' }, {}, expect.stringMatching(SCRIPT)],
    ['where nothing stands before rustc', {}, { reproducible: false }, expect.stringMatching(SCRIPT)],
  ])("has it in cargo's variable %s", (_, probe, build, linker) => {
    expect(linkersOf(planOf('x86_64-linux', probe, build))).toEqual({ [CARGOS]: linker });
  });

  test("is no reason to tell other platforms' linkers past cargo", () => {
    expect(Object.keys(linkersOf(planOf('aarch64-linux')))).toEqual(['CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER']);
  });
});

test('what cargo does not see is told by the crate and the variable', () => {
  expect(toldLinkers('rust/vault', planOf('x86_64-linux'))).toEqual({ [`rust/vault: ${OURS}`]: expect.stringMatching(SCRIPT) });
  expect(toldLinkers('rust/vault', planOf('aarch64-linux'))).toEqual({});
});
