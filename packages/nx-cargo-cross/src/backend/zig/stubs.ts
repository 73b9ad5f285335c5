/** Stubs of the macOS libraries that zig has none of and that std names for every program: which symbols are asked of them is known. */
import { renderStub } from '../apple/stub-text.js';
import type { GeneratedFile } from '../contract.js';

const STUBS = [
  {
    file: 'libiconv.tbd',
    installName: '/usr/lib/libiconv.2.dylib',
    symbols: ['_iconv', '_iconv_close', '_iconv_open', '_iconvctl', '_iconvlist', '_libiconv', '_libiconv_close', '_libiconv_open'],
  },
  { file: 'libcharset.tbd', installName: '/usr/lib/libcharset.1.dylib', symbols: ['_locale_charset'] },
] as const;

/** The stubs, as files below `stubs/`. */
export function macosStubs(): readonly GeneratedFile[] {
  return STUBS.map(({ file, installName, symbols }) => ({ path: `stubs/${file}`, text: renderStub(installName, symbols, '7'), executable: false }));
}
