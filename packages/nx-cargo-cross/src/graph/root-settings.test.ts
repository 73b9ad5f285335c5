import { describe, expect, test } from '@jest/globals';
import { parseManifest } from '../cargo/manifest.js';
import { profileChain, rootSettings } from './root-settings.js';

function settings(text: string, profile = 'release', packages: readonly string[] = ['app', 'serde']): unknown {
  const manifest = parseManifest('Cargo.toml', text.startsWith('workspace') ? text : `${text}\n[workspace]\n`);
  return manifest.ok ? rootSettings(manifest.value, profileChain([manifest.value.table], profile), new Set(packages)) : manifest.failures;
}

const NONE = { resolver: '1', profiles: { release: {} }, patch: {}, replace: {} };

describe('the settings of a workspace that decide bytes', () => {
  test.each<[string, string, unknown]>([
    ['none', '', NONE],
    ['the resolver', 'workspace.resolver = "2"', { ...NONE, resolver: '2' }],
    ['the edition that stands for a resolver', '[package]\nname = "x"\nedition = "2024"', { ...NONE, resolver: '3' }],
    ['the inherited edition that stands for a resolver', 'workspace.package.edition = "2021"\n[package]\nname = "x"\nedition.workspace = true', { ...NONE, resolver: '2' }],
    ['the profile', '[profile.release]\nlto = true', { ...NONE, profiles: { release: { lto: true } } }],
    ['no other profile', '[profile.dev]\nlto = true', NONE],
    [
      'overrides for packages that are built',
      '[profile.release.package.serde]\nopt-level = 1',
      { ...NONE, profiles: { release: { package: { serde: { 'opt-level': 1 } } } } },
    ],
    [
      'overrides by version',
      '[profile.release.package."serde@1.0.0"]\nopt-level = 1',
      { ...NONE, profiles: { release: { package: { 'serde@1.0.0': { 'opt-level': 1 } } } } },
    ],
    ['overrides for all', '[profile.release.package."*"]\nopt-level = 1', { ...NONE, profiles: { release: { package: { '*': { 'opt-level': 1 } } } } }],
    ['no overrides for other packages', '[profile.release.package.rand]\nopt-level = 1', NONE],
    [
      'patches of what is built',
      '[patch.crates-io]\nserde = { path = "x" }\nrand = { path = "y" }',
      { ...NONE, patch: { 'crates-io': { serde: { path: 'x' } } } },
    ],
    [
      'patches under another name',
      '[patch.crates-io]\nz = { path = "x", package = "serde" }',
      { ...NONE, patch: { 'crates-io': { z: { path: 'x', package: 'serde' } } } },
    ],
    ['no other patches', '[patch.crates-io]\nrand = { path = "y" }', NONE],
    ['replacements', '[replace]\n"serde:1.0.0" = { path = "x" }\n"rand:0.8.0" = { path = "y" }', { ...NONE, replace: { 'serde:1.0.0': { path: 'x' } } }],
  ])('are %s', (_, text, expected) => {
    expect(settings(text)).toEqual(expected);
  });

  test('follow a profile to those it inherits from', () => {
    const text = '[profile.release]\nlto = true\n[profile.dist]\ninherits = "release"\nstrip = true\n[profile.round]\ninherits = "round"';
    expect(settings(text, 'dist')).toMatchObject({ profiles: { dist: { strip: true, inherits: 'release' }, release: { lto: true } } });
    expect(settings(text, 'round')).toMatchObject({ profiles: { round: { inherits: 'round' } } });
  });
});
