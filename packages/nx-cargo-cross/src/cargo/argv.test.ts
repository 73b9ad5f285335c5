import { describe, expect, test } from '@jest/globals';
import { parse } from 'smol-toml';
import { makeCargoBuildArgs, type CargoBuildArgs } from './argv.js';

const base: CargoBuildArgs = {
  packageSpec: 'vault@1.2.3',
  triple: 'aarch64-unknown-linux-gnu',
  profile: 'release',
  features: [],
  defaultFeatures: true,
  bins: 'all',
  lib: false,
  rustflags: [],
  targetDir: '/ws/target/nx-cross',
  color: false,
};

const argsOf = (more: Partial<CargoBuildArgs> = {}): readonly string[] => makeCargoBuildArgs({ ...base, ...more });

describe('a cargo build', () => {
  test('is locked, for one package, one triple, and a folder of its own', () => {
    expect(argsOf().join(' ')).toBe(
      'build --locked --package vault@1.2.3 --bins --target aarch64-unknown-linux-gnu --profile release --target-dir /ws/target/nx-cross --message-format json-render-diagnostics --color never',
    );
  });

  test.each<readonly [string, Partial<CargoBuildArgs>, string]>([
    ['chosen bins', { bins: ['vault', 'vault-helper'] }, '--bin vault --bin vault-helper'],
    ['every bin and the library', { lib: true }, '--bins --lib'],
    ['one bin and the library', { bins: ['vault'], lib: true }, '--bin vault --lib'],
    ['features', { features: ['a', 'b/c', 'dep:d'] }, '--features a,b/c,dep:d'],
    ['no default features', { defaultFeatures: false }, '--no-default-features'],
    ['features alone', { features: ['a'], defaultFeatures: false }, '--features a --no-default-features'],
    ['a profile', { profile: 'dev' }, '--profile dev'],
    ['colours', { color: true }, '--color always'],
    ['one rustc flag', { rustflags: ['-Ca'] }, '--config target.aarch64-unknown-linux-gnu.rustflags=["-Ca"]'],
  ])('says %s', (_, more, words) => {
    expect(` ${argsOf(more).join(' ')} `).toContain(` ${words} `);
  });

  test('of the library alone names no bin', () => {
    expect(argsOf({ bins: [], lib: true }).filter((word) => /^--(bins?|lib)$/.test(word))).toEqual(['--lib']);
  });

  test('asks for nothing it was not asked for', () => {
    expect(argsOf().filter((word) => /^--(lib|bin|features|no-default-features|config)$/.test(word))).toEqual([]);
  });
});

describe('rustc flags', () => {
  const flags = [
    '-Ctarget-feature=+crt-static',
    '-Clink-arg=a b',
    '--cfg=feature="x"',
    '-Clink-arg=back\\slash',
    '-Clink-arg=$ORIGIN',
    "-Clink-arg=it's",
    '-Clink-arg=größe 中😀',
    'tab\there',
    'line\nbreak',
    'bell\u0007del\u007f',
    '',
  ];

  test('travel as TOML that says them word for word', () => {
    const args = argsOf({ rustflags: flags });
    const config = args[args.indexOf('--config') + 1] ?? '';
    expect(config).not.toContain('\n');
    expect(parse(config)).toEqual({ target: { 'aarch64-unknown-linux-gnu': { rustflags: flags } } });
  });
});
