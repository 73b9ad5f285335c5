import { describe, expect, test } from '@jest/globals';
import { LINUX, MAC, aSetUp, aTriple } from '../testkit/builders.js';
import { native } from './native.js';

const WINDOWS = { triple: 'x86_64-pc-windows-msvc', os: 'windows' } as const;

describe('the machine\'s own toolchain', () => {
  test.each([
    ['aarch64-apple-darwin', MAC, true],
    ['x86_64-apple-darwin', MAC, true],
    ['aarch64-apple-darwin', LINUX, false],
    ['x86_64-apple-darwin', WINDOWS, false],
    ['x86_64-unknown-linux-gnu', LINUX, true],
    ['x86_64-unknown-linux-musl', LINUX, true],
    ['i686-unknown-linux-gnu', LINUX, true],
    ['x86_64-pc-windows-msvc', WINDOWS, true],
    ['x86_64-pc-windows-gnu', WINDOWS, true],
    ['riscv64gc-unknown-linux-gnu', LINUX, false],
    ['x86_64-unknown-linux-gnu', MAC, false],
    ['x86_64-pc-windows-msvc', LINUX, false],
    ['wasm32-wasip1', LINUX, false],
  ])('for %s on $os serves: %p', (triple, host, served) => {
    const why = native.refuses(aTriple(triple), host);
    if (served) expect(why).toBeUndefined();
    else expect(why).toMatch(/^The .+\.$/);
  });

  test.each([
    ['x86_64-unknown-linux-gnu', LINUX, 'apt-get install gcc libc6-dev'],
    ['aarch64-apple-darwin', MAC, 'xcode-select --install'],
  ])('needs a C driver for the host itself, %s', (triple, host, install) => {
    expect(native.needs(aTriple(triple), host)).toEqual([{ key: 'cc', label: 'cc', candidates: [{ from: 'path', name: 'cc' }], version: undefined, install }]);
  });

  test.each(['wasm32-wasip1', 'wasm32-unknown-unknown', 'aarch64-unknown-linux-gnu'])('asks for nothing of its own for %s', (triple) => {
    expect(native.needs(aTriple(triple), LINUX)).toEqual([]);
  });

  test('sets nothing, and so stands in nobody\'s way', () => {
    expect(native.setUp(aSetUp('x86_64-unknown-linux-gnu', { tools: {} }))).toEqual({ ok: true, value: { files: [], env: [], rustflags: [], version: '' } });
  });

  test('links as asked', () => {
    expect(native.setUp(aSetUp('x86_64-unknown-linux-gnu', { linkage: 'static' }))).toMatchObject({ value: { rustflags: ['-Ctarget-feature=+crt-static'] } });
  });

  test('says the minimum macOS on macOS alone, and never an empty one, which rustc takes for an error', () => {
    const env = (triple: string, minOs: string | undefined, user = {}) => {
      const result = native.setUp(aSetUp(triple, { host: MAC, minOs, env: user }));
      return result.ok && result.value.env.map((edit) => ('value' in edit ? `${edit.kind} ${edit.name}=${edit.value}` : edit.kind));
    };
    expect(env('aarch64-apple-darwin', '12.0')).toEqual(['set MACOSX_DEPLOYMENT_TARGET=12.0']);
    expect(env('aarch64-apple-darwin', undefined, { MACOSX_DEPLOYMENT_TARGET: '' })).toEqual(['set MACOSX_DEPLOYMENT_TARGET=11.0']);
    expect(env('aarch64-apple-darwin', undefined, { MACOSX_DEPLOYMENT_TARGET: '12.0' })).toEqual(['set-if-missing MACOSX_DEPLOYMENT_TARGET=12.0']);
    expect(env('x86_64-unknown-linux-gnu', '12.0')).toEqual([]);
  });
});
