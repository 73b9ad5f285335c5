import { describe, expect, test } from '@jest/globals';
import { macho } from '../testkit/binaries.js';
import { machoWithImports } from '../testkit/macho-imports.js';
import { readImports } from './macho/imports.js';

describe("a file's imports", () => {
  test('are its undefined symbols, each with the dylib that it is to come from', () => {
    const bytes = machoWithImports([
      { symbol: '_SecItemAdd', ordinal: 2 },
      { symbol: '_flat', ordinal: 254 },
      { symbol: '_flat_as_zig_says_it', ordinal: 0 },
      { symbol: '_of_the_program', ordinal: 255 },
      { symbol: '_defined', ordinal: 0, type: 0x0f },
      { symbol: '_local', ordinal: 1, type: 0x0e },
      { symbol: '_debugging', ordinal: 1, type: 0x24 },
      { symbol: '_private', ordinal: 1, type: 0 },
    ]);
    expect(readImports(bytes)).toEqual({
      ok: true,
      value: [
        { symbol: '_SecItemAdd', from: 1 },
        { symbol: '_flat', from: 'flat' },
        { symbol: '_flat_as_zig_says_it', from: 'flat' },
      ],
    });
  });

  test('are none where there is no symbol table', () => {
    expect(readImports(macho())).toEqual({ ok: true, value: [] });
  });

  test('are not read beyond the file', () => {
    const bytes = machoWithImports([{ symbol: '_x', ordinal: 1 }]);
    for (let length = 0; length < bytes.length; length++) expect(() => readImports(bytes.subarray(0, length))).not.toThrow();
    expect(readImports(bytes.subarray(0, bytes.length - 6))).toMatchObject({ ok: false });
    expect(readImports(new Uint8Array())).toMatchObject({ ok: false });
  });
});
