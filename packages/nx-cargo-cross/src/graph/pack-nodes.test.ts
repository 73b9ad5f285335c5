import { describe, expect, test } from '@jest/globals';
import { inferOf } from '../testkit/repository.js';
import { OPTIONS, SAMPLE } from '../testkit/sample.js';
import type { Files } from '../testkit/tree.js';
import { packNodes, unpackNodes, type PackedNodes } from './pack-nodes.js';

const EXEC = { targets: { lib: { executor: 'nx-cargo-cross:exec', options: { platform: 'aarch64-linux', command: 'make' } } } };

describe('packed nodes', () => {
  test.each<[string, Files, object]>([
    ['of the sample', SAMPLE.files(), OPTIONS],
    ['with closure files', SAMPLE.files(), { ...OPTIONS, closureFile: true }],
    ['with universal files', SAMPLE.files(), { platforms: ['universal-macos'] }],
    ['with commands of their own', { ...SAMPLE.files(), 'tools/project.json': JSON.stringify(EXEC) }, OPTIONS],
    ['of no files', {}, OPTIONS],
  ])('%s are unpacked as they were, key by key', (_, files, options) => {
    const { nodes } = inferOf(files, options);
    const packed = JSON.parse(JSON.stringify(packNodes(nodes))) as PackedNodes;
    expect(JSON.stringify([...unpackNodes(packed)])).toBe(JSON.stringify([...nodes]));
  });

  test('hold what targets have in common once', () => {
    const { nodes } = inferOf(SAMPLE.files(), OPTIONS);
    const text = JSON.stringify(packNodes(nodes));
    expect(JSON.stringify([...nodes]).split('"CARGO_ENCODED_RUSTFLAGS"').length).toBe(5);
    expect(text.split('"CARGO_ENCODED_RUSTFLAGS"').length).toBe(2);
    const lists = [...unpackNodes(JSON.parse(text) as PackedNodes).values()].flatMap(({ projects }) => Object.values(projects)).flatMap(({ namedInputs }) => namedInputs?.['cross-variables'] ?? []);
    expect(lists.length).toBe(4 * new Set(lists).size);
  });
});
