import { describe, expect, test } from '@jest/globals';
import type { ExpectedArtifact } from '../plan/steps.js';
import { aMessage } from '../testkit/builders.js';
import { collectArtifacts } from './collect.js';

const MANIFEST = '/ws/rust/vault/Cargo.toml';
const R = '/ws/target/aarch64-unknown-linux-gnu/release';

const expected = (fileName: string, more: Partial<ExpectedArtifact> = {}): ExpectedArtifact => ({ kind: 'bin', target: 'vault', fileName, certain: true, ...more });

describe('what cargo made', () => {
  test('is found by its name', () => {
    const messages = [aMessage([`${R}/vault`]), aMessage([`${R}/libvault.so`, `${R}/libvault.a`, `${R}/libvault.rlib`], { targetKinds: ['cdylib', 'staticlib', 'rlib'] })];
    const wanted = [expected('vault'), expected('libvault.so', { kind: 'cdylib' }), expected('libvault.a', { kind: 'staticlib' })];
    expect(collectArtifacts(messages, MANIFEST, wanted)).toEqual({
      found: [
        { kind: 'bin', fileName: 'vault', path: `${R}/vault`, companions: [] },
        { kind: 'cdylib', fileName: 'libvault.so', path: `${R}/libvault.so`, companions: [] },
        { kind: 'staticlib', fileName: 'libvault.a', path: `${R}/libvault.a`, companions: [] },
      ],
      missing: [],
      made: ['vault', 'libvault.so', 'libvault.a', 'libvault.rlib'],
    });
  });

  test('by other packages is passed over, whatever its name', () => {
    const messages = [aMessage([`${R}/vault`], { manifestPath: '/ws/rust/other/Cargo.toml' }), aMessage([`${R}/build/vault`], { targetKinds: ['custom-build'] })];
    expect(collectArtifacts(messages, MANIFEST, [expected('vault')])).toEqual({ found: [], missing: [expected('vault')], made: [] });
  });

  test('on a Windows host has paths of its own', () => {
    expect(collectArtifacts([aMessage(['C:\\ws\\target\\vault.exe', 'C:\\ws\\target\\vault.pdb'])], MANIFEST, [expected('vault.exe')])).toMatchObject({
      found: [{ path: 'C:\\ws\\target\\vault.exe' }],
      made: ['vault.exe', 'vault.pdb'],
    });
  });

  test('is found again when nothing had to be compiled', () => {
    expect(collectArtifacts([aMessage([`${R}/vault`], { fresh: true })], MANIFEST, [expected('vault')]).missing).toEqual([]);
  });
});

describe('what cargo did not make', () => {
  test('is missing, all of it', () => {
    const [a, b] = [expected('a'), expected('b')];
    expect(collectArtifacts([aMessage([`${R}/c`])], MANIFEST, [a, b])).toEqual({ found: [], missing: [a, b], made: ['c'] });
  });

  test('is not missing where its features may be off', () => {
    expect(collectArtifacts([], MANIFEST, [expected('vault', { certain: false })])).toEqual({ found: [], missing: [], made: [] });
  });

  test('is found all the same where they are on', () => {
    expect(collectArtifacts([aMessage([`${R}/vault`])], MANIFEST, [expected('vault', { certain: false })]).found).toHaveLength(1);
  });

  test('is not taken for a file whose name only ends alike', () => {
    expect(collectArtifacts([aMessage([`${R}/my-vault`, `${R}/vault.d`])], MANIFEST, [expected('vault')]).missing).toHaveLength(1);
  });
});

describe('an import library', () => {
  test.each([
    ['GNU', `${R}/libvault.dll.a`],
    ['Microsoft', `${R}/vault.dll.lib`],
  ])('of %s goes with its DLL', (_, path) => {
    const messages = [aMessage([`${R}/vault.dll`, path, `${R}/libvault.a`, `${R}/libother.dll.a`], { targetKinds: ['cdylib'] })];
    const [dll] = collectArtifacts(messages, MANIFEST, [expected('vault.dll', { kind: 'cdylib' })]).found;
    expect(dll?.companions).toEqual([{ fileName: path.slice(R.length + 1), path }]);
  });

  test('goes with nothing else', () => {
    const [bin] = collectArtifacts([aMessage([`${R}/vault.exe`, `${R}/libvault.exe.a`])], MANIFEST, [expected('vault.exe')]).found;
    expect(bin?.companions).toEqual([]);
  });
});
