import { describe, expect, test } from '@jest/globals';
import { parseLayerIndex, partsOf, renderLayerIndex, type LayerIndex, type LayerUnit } from './layer-index.js';

const HASH = '0123456789abcdef';
const TREES = ['', 'x86_64-unknown-linux-musl'];
const file = (path: string): LayerUnit['files'][number] => ({ path, size: 3, executable: false });
const UNIT: LayerUnit = {
  profile: 'x86_64-unknown-linux-musl/release',
  hash: HASH,
  files: [`deps/libring-${HASH}.rlib`, `.fingerprint/ring-${HASH}/lib-ring`, `build/ring-${HASH}/output`, `build/ring-${HASH}/out/a/b.o`].map(file),
  folders: [`build/ring-${HASH}/out`],
};
const INDEX: LayerIndex = { packages: 1, size: 12, sha256: 'f'.repeat(64), std: 'std', units: [UNIT] };
const parsed = (index: unknown): unknown => {
  const result = parseLayerIndex(typeof index === 'string' ? index : renderLayerIndex(index as LayerIndex), TREES);
  return result.ok ? result.index : result.why;
};

test('what is written is read', () => expect(parsed(INDEX)).toMatchObject(INDEX));

test('the fingerprint comes last, and parts once', () =>
  expect(partsOf(UNIT)).toEqual([`build/ring-${HASH}`, `deps/libring-${HASH}.rlib`, `.fingerprint/ring-${HASH}`]));

describe('what is refused', () => {
  const withFile = (path: string): LayerIndex => ({ ...INDEX, units: [{ ...UNIT, files: [file(path)] }] });
  const noFile = (path: string): string => `layer.json has ${JSON.stringify(path)}, which is no file of unit ${HASH}`;
  const paths = [
    `deps/../../../libring-${HASH}.rlib`,
    `/etc/libring-${HASH}.rlib`,
    `../deps/libring-${HASH}.rlib`,
    `deps/sub/libring-${HASH}.rlib`,
    `deps/libring-${HASH}x.rlib`,
    'deps/libother-fedcba9876543210.rlib',
    `build/ring-${HASH}/../../x`,
    `build/ring-${HASH}/out//x`,
    `build/ring-${HASH}\\..\\x/out`,
    `build/ring-${HASH}`,
    `.fingerprint/ring-${HASH}/a/b`,
    `incremental/ring-${HASH}/x`,
    '',
  ];
  test.each(paths)('the path %j', (path) => expect(parsed(withFile(path))).toBe(noFile(path)));
  test.each(['..', '../release', 'x86_64-unknown-linux-musl', '/tmp', 'x86_64-unknown-linux-musl/../release', 'aarch64-unknown-linux-musl/release', ''].filter((profile) => profile !== 'x86_64-unknown-linux-musl'))('the place %j', (profile) =>
    expect(parsed({ ...INDEX, units: [{ ...UNIT, profile }] })).toBe(`layer.json has a unit in ${JSON.stringify(profile)}, where this build has none`),
  );
  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'layer.json is none of this version of nx-cargo-cross'],
    ['another form', '{"form":2}', 'layer.json is none of this version of nx-cargo-cross'],
    ['nothing of std', { ...INDEX, std: undefined }, 'layer.json is damaged'],
    ['no units', { ...INDEX, units: undefined }, 'layer.json is damaged'],
    ['a size below nothing', { ...INDEX, units: [{ ...UNIT, files: [{ ...file(`deps/a-${HASH}.d`), size: -1 }] }] }, 'layer.json is damaged'],
    ['a hash that is a pattern', { ...INDEX, units: [{ ...UNIT, hash: '.*' }] }, 'layer.json is damaged'],
    ['a folder elsewhere', { ...INDEX, units: [{ ...UNIT, folders: ['build/../out'] }] }, `layer.json has "build/../out", which is no folder of unit ${HASH}`],
    ['a file twice', { ...INDEX, units: [UNIT, UNIT] }, `layer.json has "deps/libring-${HASH}.rlib" twice`],
  ])('%s', (_, index, why) => expect(parsed(index)).toBe(why));
});
