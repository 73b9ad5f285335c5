import { describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aTempFolder } from '../testkit/temp.js';
import { outsideConfig } from './outside-config.js';

const FLAGS = '[target.aarch64-unknown-linux-gnu]\nrustflags = ["-Ca"]\n';
const SAID = '[{"target":{"aarch64-unknown-linux-gnu":{"rustflags":["-Ca"]}}}]';

describe('configuration outside the repository', () => {
  const temporary = aTempFolder('outside config');

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['says nothing where there is none', {}, ''],
    ["is that of cargo's home", { 'home/config.toml': FLAGS }, SAID],
    ["is that of cargo's home under the older name", { 'home/config': FLAGS }, SAID],
    ['is that above the root', { '.cargo/config.toml': FLAGS }, SAID],
    ['is not that of the root, which is no outsider', { 'root/.cargo/config.toml': FLAGS }, ''],
    ['is not what decides nothing', { 'home/config.toml': '[net]\nretry = 1\n' }, ''],
    ['is not what another triple is told', { 'home/config.toml': FLAGS.replace('aarch64', 'riscv64gc') }, ''],
    ['is what it includes', { 'home/config.toml': 'include = ["../other/flags.toml"]', 'other/flags.toml': FLAGS }, SAID],
    ['is its text where it does not parse', { 'home/config.toml': '[' }, '{"text":"["}'],
  ])('%s', (_, files, expected) => {
    const folder = mkdtempSync(join(temporary, 'case-'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    expect(outsideConfig(join(folder, 'root'), { CARGO_HOME: join(folder, 'home') }, 'aarch64-unknown-linux-gnu')).toBe(expected);
  });

  test("counts once where cargo's home is above the root", () => {
    const folder = mkdtempSync(join(temporary, 'case-'));
    mkdirSync(join(folder, '.cargo'));
    writeFileSync(join(folder, '.cargo/config.toml'), FLAGS);
    expect(outsideConfig(join(folder, 'root'), { CARGO_HOME: join(folder, '.cargo') }, 'aarch64-unknown-linux-gnu')).toBe(SAID);
  });
});
