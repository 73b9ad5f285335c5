import { expect, test } from '@jest/globals';
import { macho } from '../testkit/binaries.js';
import { withSharedSignedName } from './signed-name.js';

const named = (identifier: string): Uint8Array => macho({ signature: true, identifier });

test('two checkouts give the same program, whose signature is that of a program of this name', () => {
  const [here, there] = ['app-9d8dfecaf39d0b2e', 'app-ca950bb245c25f6a'].map((name) => withSharedSignedName(named(name)));
  expect(here).toEqual(there);
  expect(here).toEqual(named('app-0000000000000000'));
});

test.each<readonly [string, Uint8Array]>([
  ['named by hand', named('com.example.app')],
  ['without a signature', macho()],
  ['none at all', new TextEncoder().encode('app-9d8dfecaf39d0b2e')],
])('a program %s stays as it is', (_, bytes) => {
  expect(withSharedSignedName(bytes)).toBe(bytes);
});
