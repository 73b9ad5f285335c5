import { expect, test } from '@jest/globals';
import { isCi } from './ci.js';

test.each<[Readonly<Record<string, string>>, boolean]>([
  [{}, false],
  [{ CI: 'true' }, true],
  [{ CI: '1' }, true],
  [{ CI: '' }, false],
  [{ CI: 'false', GITHUB_ACTIONS: 'true' }, false],
  [{ GITHUB_ACTIONS: 'true' }, true],
  [{ GITHUB_ACTIONS: '1' }, false],
  [{ GITLAB_CI: 'yes' }, true],
  [{ JENKINS_URL: 'x' }, true],
])('%j: %s', (env, expected) => {
  expect(isCi(env)).toBe(expected);
});
