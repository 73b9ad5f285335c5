import { expect, test } from '@jest/globals';
import { envFilesOf } from './env-files.js';

test.each<readonly [string, string, string | undefined, readonly string[]]>([
  [
    'apps/one',
    'cross-x',
    undefined,
    ['apps/one/.env.cross-x.local', 'apps/one/.env.cross-x', 'apps/one/.cross-x.local.env', 'apps/one/.cross-x.env', 'apps/one/.env.local', 'apps/one/.local.env', 'apps/one/.env', '.env.cross-x.local', '.env.cross-x', '.cross-x.local.env', '.cross-x.env'],
  ],
  ['.', 'cross-x', undefined, ['.env.cross-x.local', '.env.cross-x', '.cross-x.local.env', '.cross-x.env']],
])('%s %s %s', (root, target, configuration, expected) => {
  expect(envFilesOf(root, target, configuration)).toEqual(expected);
});

test('a configuration has files of its own', () => {
  expect(envFilesOf('one', 'cross-x', 'ci')).toEqual(expect.arrayContaining(['one/.env.cross-x.ci', 'one/.env.ci', '.env.ci', 'one/.env.cross-x', 'one/.env']));
});
