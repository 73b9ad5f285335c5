import { describe, expect, test } from '@jest/globals';
import { macosStubs } from './stubs.js';

const stubs = macosStubs().map((file) => [file.path, file] as const);

describe('stubs of macOS libraries', () => {
  test('are those that zig has none of', () => {
    expect(stubs.map(([path]) => path)).toEqual(['stubs/libiconv.tbd', 'stubs/libcharset.tbd']);
  });

  test.each(stubs)('%s is a text stub of version 4 for both processors, which says how the library is loaded', (path, { text, executable }) => {
    expect(executable).toBe(false);
    const lines = text.split('\n');
    expect(lines.slice(0, 3)).toEqual(['--- !tapi-tbd', 'tbd-version: 4', 'targets: [ x86_64-macos, arm64-macos ]']);
    expect(lines[3]).toMatch(new RegExp(`^install-name: '/usr/lib/${path.slice('stubs/'.length, -'.tbd'.length)}\\.[^']*dylib'$`));
    expect(text).toMatch(/\n {4}symbols: \[ _\w+(, _\w+)* \]\n\.\.\.\n$/);
  });

  test('have what std asks of iconv and charset', () => {
    const symbols = stubs.map(([, { text }]) => text).join();
    for (const symbol of ['_iconv', '_iconv_open', '_iconv_close', '_locale_charset']) expect(symbols).toMatch(new RegExp(`[ ,]${symbol}[ ,]`));
  });
});
