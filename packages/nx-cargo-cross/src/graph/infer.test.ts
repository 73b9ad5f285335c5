import { describe, expect, test } from '@jest/globals';
import { aRepository } from '../testkit/cargo-files.js';
import { inferOf, projectOf, projectsOf, summaries } from '../testkit/repository.js';
import { OPTIONS, SAMPLE } from '../testkit/sample.js';
import type { Files } from '../testkit/tree.js';

const inferred = inferOf(SAMPLE.files(), OPTIONS);

describe('the projects', () => {
  test('are one per crate, and one per virtual workspace', () => {
    expect(
      Object.entries(projectsOf(inferred))
        .map(([root, { name }]) => `${root} ${name}`)
        .sort(),
    ).toEqual([
      '. cargo-workspace',
      'crates/app app',
      'crates/greet greet',
      'crates/lib lib',
      'crates/tool tool',
      'station station-cargo-workspace',
      'station/beacon beacon',
    ]);
  });

  test('of crates with something to ship have targets, those of libraries none', () => {
    expect(Object.keys(projectOf(inferred, 'crates/app').targets ?? {})).toEqual([
      'cross-aarch64-linux',
      'cross-x86_64-windows',
      'cross',
      'cross-test-aarch64-linux',
      'cross-test-x86_64-windows',
      'cross-test',
    ]);
    expect(Object.keys(projectOf(inferred, 'crates/greet').targets ?? {})).toHaveLength(6);
    expect(projectOf(inferred, 'crates/lib').targets).toEqual({});
  });

  test('that own a Cargo.lock carry its tag and the input by which it touches tasks', () => {
    expect(projectOf(inferred, 'station')).toMatchObject({ tags: ['cargo-workspace:station'], namedInputs: { 'cargo-workspace': [] } });
    const lone = inferOf(aRepository().bin('').files());
    expect(projectOf(lone, '.')).toMatchObject({ name: 'root', tags: ['cargo-workspace:.'], namedInputs: { 'cargo-workspace': [] } });
  });

  test.each<[string, Files, Readonly<Record<string, string>>]>([
    ['by folder where crates share a name', aRepository().bin('a/api').bin('b/api').bin('c').files(), { 'a/api': 'a-api', 'b/api': 'b-api', c: 'c' }],
    [
      'by crate where project.json names one of them',
      aRepository().bin('a/api').bin('b/api').file('b/api/project.json', '{}').files(),
      { 'a/api': 'api', 'b/api': 'api' },
    ],
  ])('are named %s', (_, files, expected) => {
    expect(Object.fromEntries(Object.entries(projectsOf(inferOf(files))).map(([root, { name }]) => [root, name]))).toEqual(expected);
  });

  test.each<[string, Files]>([
    ['no manifest', { 'Cargo.lock': 'version = 4' }],
    ['an empty workspace', { 'Cargo.toml': '[workspace]', 'Cargo.lock': '' }],
  ])('are none where there is %s', (_, files) => {
    expect(projectsOf(inferOf(files))).toEqual({});
  });
});

describe('what is wrong', () => {
  test('is told once, and what is whole is inferred all the same', () => {
    const broken = inferOf(SAMPLE.file('crates/greet/Cargo.toml', '[').file('station/Cargo.lock', '<<<<<<< HEAD\n').files(), { ...OPTIONS, outdir: 'x' });
    expect(summaries(broken.failures)).toEqual([
      'manifest-syntax crates/greet/Cargo.toml:1',
      'unknown-word nx.json:13 option outdir -> outDir',
      'lock-unreadable station/Cargo.lock:1',
    ]);
    const whole = inferOf(SAMPLE.file('crates/greet/Cargo.toml', '[').files(), OPTIONS);
    expect([...whole.nodes.keys()]).toContain('crates/app/Cargo.toml');
  });
});
