import { expect, test } from '@jest/globals';
import { isDownloaded, selectUnits, type CompiledUnit } from './select-units.js';

const unit = (own: string, needs: readonly string[] = [], more: Partial<CompiledUnit> = {}): CompiledUnit => ({ hash: own, downloaded: true, readsRepository: false, fingerprint: { own, needs }, ...more });

test.each<[string, readonly CompiledUnit[], readonly string[]]>([
  ['downloaded ones', [unit('a'), unit('b', ['a'])], ['a', 'b']],
  ['nothing of the repository', [unit('a', [], { downloaded: false }), unit('b')], ['b']],
  ['nothing that depends on the repository, by however many steps', [unit('d', ['c']), unit('c', ['b']), unit('b', ['a']), unit('a', [], { downloaded: false }), unit('e')], ['e']],
  ['nothing that read files of the repository', [unit('a', [], { readsRepository: true }), unit('b', ['a']), unit('c')], ['c']],
  ['nothing of which cargo left no notes that can be read', [unit('a', [], { fingerprint: undefined }), unit('b', ['a'])], []],
  ['nothing that depends on what is not there', [unit('a', ['elsewhere'])], []],
])('%s', (_, units, expected) => expect(selectUnits(units).map(({ hash }) => hash)).toEqual(expected));

test.each<[string, boolean]>([
  ['registry+https://github.com/rust-lang/crates.io-index#ring@0.17.14', true],
  ['sparse+https://cargo.example.com/index/#ring@0.17.14', true],
  ['git+https://example.com/x?rev=1#0.3.0', true],
  ['ring 0.17.14 (registry+https://github.com/rust-lang/crates.io-index)', true],
  ['path+file:///ws/registry+dep#0.3.0', false],
  ['dep 0.3.0 (path+file:///ws/dep)', false],
])('%s', (id, expected) => expect(isDownloaded(id)).toBe(expected));
