import { describe, expect, test } from '@jest/globals';
import { applyEnvEdits, mergeEnvironment, type Environment } from '../backend/env-edit.js';
import { mergeRustflags } from './rustflags.js';
import type { UserRustflags } from './request.js';

const OWN = ['-Ctarget-feature=+crt-static', '-Clink-arg=a b'];
const none: UserRustflags = { targetTable: false, build: [] };
const S = '\u001f';

/** The flags that rustc would get, by cargo's rules, and those of `target.*` tables that the user's files hold. */
function effective(env: Environment, user: UserRustflags, table: readonly string[] = []): readonly string[] {
  const merged = mergeRustflags(OWN, env, user);
  const after = mergeEnvironment(env, applyEnvEdits(env, merged.env, ':'));
  const encoded = after['CARGO_ENCODED_RUSTFLAGS'];
  if (encoded !== undefined) return encoded === '' ? [] : encoded.split(S);
  if (after['RUSTFLAGS'] !== undefined) return after['RUSTFLAGS'].split(' ').filter(Boolean);
  const joined = [...table, ...merged.config];
  return joined.length > 0 ? joined : [...user.build, ...(after['CARGO_BUILD_RUSTFLAGS'] ?? '').split(' ').filter(Boolean)];
}

describe('our rustc flags come behind the user\'s, and hide none of them:', () => {
  test.each<readonly [string, Environment, UserRustflags, readonly string[], readonly string[]]>([
    ['none', {}, none, [], []],
    ['CARGO_ENCODED_RUSTFLAGS', { CARGO_ENCODED_RUSTFLAGS: `-Ca${S}-Cb c` }, none, [], ['-Ca', '-Cb c']],
    ['CARGO_ENCODED_RUSTFLAGS before RUSTFLAGS', { CARGO_ENCODED_RUSTFLAGS: '-Ca', RUSTFLAGS: '-Cb' }, none, [], ['-Ca']],
    ['an empty CARGO_ENCODED_RUSTFLAGS, which hides all others', { CARGO_ENCODED_RUSTFLAGS: '', RUSTFLAGS: '-Cb' }, { targetTable: true, build: ['-Cc'] }, ['-Ct'], []],
    ['RUSTFLAGS', { RUSTFLAGS: '  -Ca   -Cb\t-Cc ' }, none, [], ['-Ca', '-Cb', '-Cc']],
    ['RUSTFLAGS before tables', { RUSTFLAGS: '-Ca', CARGO_BUILD_RUSTFLAGS: '-Cx' }, { targetTable: true, build: ['-Cc'] }, ['-Ct'], ['-Ca']],
    ['an empty RUSTFLAGS, which hides all tables', { RUSTFLAGS: '' }, { targetTable: true, build: ['-Cc'] }, ['-Ct'], []],
    ['a target table, which hides build.rustflags', {}, { targetTable: true, build: ['-Cc'] }, ['-Ct'], ['-Ct']],
    ['a target table, which hides CARGO_BUILD_RUSTFLAGS', { CARGO_BUILD_RUSTFLAGS: '-Cx' }, { targetTable: true, build: [] }, ['-Ct'], ['-Ct']],
    ['build.rustflags', {}, { targetTable: false, build: ['-Cc', '--cfg=x y'] }, [], ['-Cc', '--cfg=x y']],
    ['CARGO_BUILD_RUSTFLAGS, behind the files', { CARGO_BUILD_RUSTFLAGS: '-Cx  -Cy' }, { targetTable: false, build: ['-Cc'] }, [], ['-Cc', '-Cx', '-Cy']],
  ])('%s', (_, env, user, table, users) => {
    expect(effective(env, user, table)).toEqual([...users, ...OWN]);
  });
});

test('flags that travel in the environment leave nothing on the command line, and nothing half-said', () => {
  expect(mergeRustflags(OWN, { RUSTFLAGS: '-Ca' }, none)).toEqual({
    config: [],
    env: [
      { kind: 'set', name: 'CARGO_ENCODED_RUSTFLAGS', value: ['-Ca', ...OWN].join(S) },
      { kind: 'unset', name: 'RUSTFLAGS' },
    ],
  });
});

test('flags that travel on the command line leave the environment alone', () => {
  expect(mergeRustflags(OWN, {}, none)).toEqual({ config: OWN, env: [] });
});

test('no flags at all change nothing but where the user\'s hide others', () => {
  expect(mergeRustflags([], {}, none)).toEqual({ config: [], env: [] });
  expect(mergeRustflags([], { RUSTFLAGS: '-Ca' }, none).env[0]).toMatchObject({ value: '-Ca' });
});
