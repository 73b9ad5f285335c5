import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { knownTriples } from '../platform/known.js';
import { askFirst } from '../diagnostics/ask.js';
import { aSetUp, aTool, aTriple, LINUX, MAC } from '../testkit/builders.js';
import type { CrossSetUp, SetUpInput } from './contract.js';
import { applyEnvEdits } from './env-edit.js';
import { ASK_ZIG } from './zig/ask-zig.js';
import { lld, needsStartFiles } from './lld.js';

const RUST_LLD = aTool('/rust/bin/rust-lld', '21.1.8');

function setUp(triple: string, more: Partial<SetUpInput> = {}): CrossSetUp {
  const result = lld.setUp(aSetUp(triple, { tools: { lld: RUST_LLD }, ...more }));
  if (!result.ok) throw new Error(result.failures[0].code);
  return result.value;
}

describe('lld', () => {
  test('serves every musl and wasm triple, and says of the others why not', () => {
    for (const facts of knownTriples()) {
      const why = lld.refuses(aTriple(facts.triple), LINUX);
      if (facts.libc === 'musl' || facts.format === 'wasm') expect(why).toBeUndefined();
      else expect(why).toMatch(/^[A-Z].+\.$/);
    }
    expect(lld.refuses(aTriple('aarch64-unknown-linux-gnu'), LINUX)).toMatch(/musl and wasm only/);
  });

  test.each([
    ['armv7-unknown-linux-musleabihf', { ...LINUX, sysroot: '/rust' }, ['env', '/rust/lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld', 'ld.lld'], 'apt-get install lld'],
    ['wasm32-wasip1', { ...MAC, sysroot: '/rust' }, ['env', '/rust/lib/rustlib/aarch64-apple-darwin/bin/rust-lld', 'wasm-ld'], 'brew install lld'],
    ['aarch64-unknown-linux-musl', MAC, ['env', 'ld.lld', '/usr/lib/llvm-*/bin/ld.lld'], 'brew install lld'],
  ])('for %s is looked for where the user says, in the toolchain, and on the PATH', (triple, host, first, install) => {
    const [need] = lld.needs(aTriple(triple), host);
    const places = need?.candidates.map((candidate) => ('path' in candidate ? candidate.path : 'name' in candidate ? candidate.name : candidate.from));
    expect(places?.slice(0, 3)).toEqual(first);
    expect(need).toMatchObject({ key: 'lld', minimum: '14.0.0', install });
  });

  test.each([
    ['LLD 22.1.2 (/checkout/src/llvm-project/llvm 1cb4e3833c) (compatible with GNU linkers)\n', '22.1.2'],
    ['Debian LLD 19.1.7 (compatible with GNU linkers)\n', '19.1.7'],
    ['GNU ld (GNU Binutils for Debian) 2.40\n', undefined],
  ])('says its version in %j', (printed, version) => {
    const [need] = lld.needs(aTriple('x86_64-unknown-linux-musl'), LINUX);
    expect(need?.version?.pattern.exec(printed)?.[1]).toBe(version);
  });

  test('needs zig only where start files may have to be made, and not then if they are there', () => {
    expect(lld.needs(aTriple('x86_64-unknown-linux-musl'), LINUX)[1]).toMatchObject({ key: 'zig', optional: true });
    expect(lld.needs(aTriple('wasm32-unknown-unknown'), LINUX)).toHaveLength(1);
    expect(needsStartFiles(aTriple('wasm32-wasip1').facts)).toBe(true);
  });

  test('sets the linker, and puts a script that says no where a C compiler would be looked for', () => {
    const { files, env, ...rest } = setUp('armv7-unknown-linux-musleabihf', { directory: '/ws/lld' });
    const script = '/ws/lld/armv7-unknown-linux-musleabihf-no-compiler';
    expect(Object.fromEntries(applyEnvEdits({}, env, ':').map(({ name, value }) => [name, value]))).toEqual({
      CARGO_TARGET_ARMV7_UNKNOWN_LINUX_MUSLEABIHF_LINKER: '/rust/bin/rust-lld',
      CC_armv7_unknown_linux_musleabihf: script,
      CXX_armv7_unknown_linux_musleabihf: script,
    });
    expect(rest).toEqual({
      rustflags: ['-Clinker-flavor=ld.lld', '-Clink-self-contained=yes', '-Ctarget-feature=+crt-static'],
      tools: undefined,
      version: '21.1.8',
    });
    const ran = spawnSync('sh', ['-c', files[0]?.text ?? '', 'cc', '-c', 'a.c'], { encoding: 'utf8' });
    expect([files.length, ran.status, ran.stdout, ran.stderr]).toEqual([
      1,
      1,
      '',
      'nx-cargo-cross: backend lld has no C compiler for armv7-unknown-linux-musleabihf; choose another in nx.json: "backends": { "armv7-unknown-linux-musleabihf": "zig" }\n',
    ]);
  });

  test('says its flavour for wasm, whose std knows the rest', () => {
    expect(setUp('wasm32-unknown-unknown').rustflags).toEqual(['-Clinker-flavor=wasm-ld']);
  });

  test.each([
    ['x86_64-unknown-linux-musl', 'linking dynamically, as every cdylib must be,', 'Choose backend "zig" for x86_64-unknown-linux-musl, or build programs and staticlibs only.'],
    ['wasm32-wasip1', 'linkage = "dynamic"', 'Take "linkage" out for wasm32-wasip1.'],
  ])('cannot link %s dynamically', (triple, asked, help) => {
    expect(lld.setUp(aSetUp(triple, { tools: { lld: RUST_LLD }, linkage: 'dynamic' }))).toMatchObject({ ok: false, failures: [{ code: 'linkage-impossible', asked, help }] });
  });

  test('that is not there sets nothing up', () => {
    expect(lld.setUp(aSetUp('x86_64-unknown-linux-musl', { tools: {} }))).toMatchObject({ ok: false, failures: [{ code: 'triple-unserved', why: 'No lld was found.' }] });
  });
});

test("rust-lld is the toolchain's: it is asked for only where that is not pinned", () => {
  const { pins, runtimes, named, ofRust, env } = lld.identity(aTriple('armv7-unknown-linux-musleabihf'));
  expect([pins, runtimes, env]).toEqual([[], [], ['NX_CARGO_CROSS_LLD']]);
  expect(named).toEqual(['[ -z "$NX_CARGO_CROSS_LLD" ] || "$NX_CARGO_CROSS_LLD" -flavor gnu --version']);
  expect(ofRust?.('"$s"')).toEqual([
    askFirst('"$s"/lib/rustlib/*/bin/rust-lld -flavor gnu --version', 'ld.lld --version', 'ls /usr/bin/ld.lld-*'),
    `test -e "$s"/lib/rustlib/armv7-unknown-linux-musleabihf/lib/self-contained/libc.a || ${ASK_ZIG}`,
  ]);
});

describe('a C compiler', () => {
  const names = (env: SetUpInput['env']) => setUp('x86_64-unknown-linux-musl', { env }).env.map(({ name }) => name);

  test.each(['CC_x86_64_unknown_linux_musl', 'CC_x86_64-unknown-linux-musl', 'TARGET_CC'])('that %s names is left to cc-rs', (variable) => {
    expect(names({ [variable]: 'my-cc' })).toEqual(['CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER']);
  });

  test.each(['CC', 'HOST_CC'])("that %s names is the host's, and stays with its build scripts", (variable) => {
    expect(names({ [variable]: 'gcc' })).toContain('CC_x86_64_unknown_linux_musl');
  });
});
