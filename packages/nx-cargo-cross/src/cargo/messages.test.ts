import { describe, expect, test } from '@jest/globals';
import { MESSAGES } from '../testkit/cargo-recordings.js';
import { parseArtifactMessage } from './messages.js';

const T = '/repo/target/x86_64-unknown-linux-gnu/release';
const whole = JSON.parse(MESSAGES.bin) as Record<string, unknown>;

describe('a line of cargo', () => {
  test('that tells of a program is read', () => {
    expect(parseArtifactMessage(MESSAGES.bin)).toEqual({ manifestPath: '/repo/app/Cargo.toml', targetName: 'app', targetKinds: ['bin'], filenames: [`${T}/app`], fresh: false });
  });

  test('that tells of a library is read', () => {
    expect(parseArtifactMessage(MESSAGES.lib)).toMatchObject({ manifestPath: '/repo/dep-a/Cargo.toml', targetName: 'dep_a', targetKinds: ['lib'], fresh: false });
    expect(parseArtifactMessage(MESSAGES.lib)?.filenames).toHaveLength(2);
  });

  test('that tells of a build script says so', () => {
    expect(parseArtifactMessage(MESSAGES.buildScript)).toMatchObject({ targetKinds: ['custom-build'], targetName: 'build-script-build' });
  });

  test('may say that nothing had to be done', () => {
    expect(parseArtifactMessage(MESSAGES.bin.replace('"fresh":false', '"fresh":true'))?.fresh).toBe(true);
  });

  test('may hold fields that came later', () => {
    expect(parseArtifactMessage(JSON.stringify({ ...whole, later: { x: [1] } }))).toEqual(parseArtifactMessage(MESSAGES.bin));
  });

  test.each([
    ['another kind of message', MESSAGES.buildScriptExecuted],
    ['the end', MESSAGES.finished],
    ['nothing', ''],
    ['text of a program', 'Hello {"reason":"compiler-artifact"}'],
    ['a line that is cut off', MESSAGES.bin.slice(0, -1)],
    ['no manifest', JSON.stringify({ ...whole, manifest_path: undefined })],
    ['no target', JSON.stringify({ ...whole, target: null })],
    ['a target without a kind', JSON.stringify({ ...whole, target: { name: 'x' } })],
    ['a target that is a list', JSON.stringify({ ...whole, target: ['bin'] })],
    ['file names that are none', JSON.stringify({ ...whole, filenames: [1] })],
    ['a file name that is none', JSON.stringify({ ...whole, filenames: ['/work/app', 1] })],
    ['no file names', JSON.stringify({ ...whole, filenames: '/repo/app' })],
  ])('that holds %s tells of no artifact', (_, line) => {
    expect(parseArtifactMessage(line)).toBeUndefined();
  });
});
