import { expect, test } from '@jest/globals';
import { parseToml } from '../cargo/toml.js';
import { SEED, seedFiles } from './toolchain-seed.js';

const file = (files: ReturnType<typeof seedFiles>, path: string): string => files.find(([name]) => name === path)?.[1] ?? '';

test.each([
  [{ strip: undefined, cxx: false }, 'none', false],
  [{ strip: 'debuginfo', cxx: true }, 'debuginfo', true],
] as const)('%j', (links, strip, cxx) => {
  const files = seedFiles(links);
  const manifest = parseToml('Cargo.toml', file(files, 'Cargo.toml'));
  expect(manifest).toMatchObject({ ok: true, value: { profile: { release: { strip } }, workspace: {} } });
  expect(file(files, 'src/bin/cxx.rs').includes('name = "c++"')).toBe(cxx);
});

test('its lock file, which cargo may not change, has it alone', () => {
  const [name = '', version = ''] = SEED.split('@');
  expect(parseToml('Cargo.lock', file(seedFiles({ strip: undefined, cxx: false }), 'Cargo.lock'))).toMatchObject({ ok: true, value: { package: [{ name, version }] } });
});
