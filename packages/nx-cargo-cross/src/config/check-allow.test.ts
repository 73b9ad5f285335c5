import { expect, test } from '@jest/globals';
import { checkAllowWord } from './check-allow.js';

const LOCATION = { file: 'nx.json', line: 3 };

test.each<[string, object | undefined]>([
  ['cpu', undefined],
  ['rpath', undefined],
  ['rpath:/opt/*', undefined],
  ['import:env.proxy_*', undefined],
  ['needed:C:\\x.dll', undefined],
  ['rpaht:/opt', { code: 'unknown-word', kind: 'finding', word: 'rpaht', nearest: 'rpath' }],
  ['', { code: 'unknown-word', kind: 'finding', word: '' }],
  ['machine', { code: 'option-invalid', message: expect.stringContaining('"machine" cannot be accepted') }],
  ['cpu:ARMv7', { code: 'option-invalid', message: expect.stringContaining('"cpu" stands alone') }],
])('"%s"', (word, failure) => {
  expect(checkAllowWord(word, LOCATION)).toMatchObject(failure ? [{ ...failure, location: LOCATION }] : []);
});
