/**
 * Text stubs (`.tbd`, version 4) for the macOS system libraries that zig has none of and that Rust's std or common crates name.
 * A stub says which symbols a library exports and under which name it is loaded; format: LLVM's TextAPI, `tapi-tbd` version 4.
 */
import type { GeneratedFile } from '../contract.js';

interface Stub {
  readonly file: string;
  readonly installName: string;
  readonly symbols: readonly string[];
}

const STUBS: readonly Stub[] = [
  {
    file: 'libiconv.tbd',
    installName: '/usr/lib/libiconv.2.dylib',
    symbols: ['_iconv', '_iconv_close', '_iconv_open', '_iconvctl', '_iconvlist', '_libiconv', '_libiconv_close', '_libiconv_open'],
  },
  { file: 'libcharset.tbd', installName: '/usr/lib/libcharset.1.dylib', symbols: ['_locale_charset'] },
  {
    file: 'libobjc.tbd',
    installName: '/usr/lib/libobjc.A.dylib',
    symbols: [
      '_class_getName',
      '_objc_alloc',
      '_objc_alloc_init',
      '_objc_autorelease',
      '_objc_autoreleasePoolPop',
      '_objc_autoreleasePoolPush',
      '_objc_getClass',
      '_objc_msgSend',
      '_objc_release',
      '_objc_retain',
      '_object_getClass',
      '_sel_registerName',
    ],
  },
];

/** The stubs, as files below `stubs/`. */
export function macosStubs(): readonly GeneratedFile[] {
  return STUBS.map((stub) => ({ path: `stubs/${stub.file}`, text: renderStub(stub), executable: false }));
}

function renderStub({ installName, symbols }: Stub): string {
  return `--- !tapi-tbd
tbd-version: 4
targets: [ x86_64-macos, arm64-macos ]
install-name: '${installName}'
current-version: 7
compatibility-version: 7
exports:
  - targets: [ x86_64-macos, arm64-macos ]
    symbols: [ ${symbols.join(', ')} ]
...
`;
}
