import { describe, expect, test } from '@jest/globals';
import { aMessage } from '../testkit/builders.js';
import { whoLinks } from './who-links.js';

const FILES: Readonly<Record<string, string>> = {
  '/t/deps/pnet-0123456789abcdef.d': '/t/deps/libpnet-0123456789abcdef.rlib: /r/pnet/lib.rs /r/pnet/ffi.rs\n\n/r/pnet/lib.rs:\n/r/pnet/ffi.rs:\n/r/pnet/gone.rs:\n',
  '/r/pnet/lib.rs': 'mod ffi;',
  '/r/pnet/ffi.rs': '#[link(name = "iphlpapi")]\nextern "C" {}\n#[cfg_attr(not(x), link(name = "Packet", kind = "dylib"))]\nextern "C" {}\n#[link(kind = "static", name = "c++abi")] extern {}',
  '/t/deps/other-0123456789abcdef.d': '/r/other/lib.rs:\n',
  '/r/other/lib.rs': 'const NAME: &str = "Packet"; // link(none)',
};
const read = (path: string) => FILES[path];
const MESSAGES = [
  aMessage(['/t/deps/libother-0123456789abcdef.rlib'], { package: 'other 1.0.0', targetKinds: ['lib'] }),
  aMessage(['/t/deps/libpnet-0123456789abcdef.rlib', '/t/deps/libpnet-0123456789abcdef.rmeta'], { package: 'pnet 0.34.0', targetKinds: ['lib'] }),
  aMessage(['/t/debug/app'], { package: 'app 1.0.0' }),
];
const SCRIPTS = [{ package: 'foo-sys 0.3.0', packageId: 'foo-sys', outDir: '/t/out', sets: [], libraries: ['static:+whole-archive=foo:renamed', 'dylib=bar', 'baz'], folders: [] }];
const missing = (said: string) => whoLinks({ tail: `  = note: ${said}\n`, scripts: SCRIPTS, messages: MESSAGES }, read);

describe('who links a library that is missing', () => {
  test.each([
    ["error: unable to find dynamic system library 'Packet' using strategy 'paths_first'. searched paths: none", ['pnet 0.34.0']],
    ['ld: cannot find -liphlpapi: No such file or directory', ['pnet 0.34.0']],
    ['ld.lld: error: unable to find library -lc++abi', ['pnet 0.34.0']],
    ['error: could not find native static library `foo`, perhaps an -L flag is missing?', ['foo-sys 0.3.0']],
    ['rust-lld: error: unable to find library -lbar', ['foo-sys 0.3.0']],
    ['ld: library not found for -lbaz', ['foo-sys 0.3.0']],
    ['ld: cannot find -lnobody: No such file or directory', []],
    ['undefined reference to `Packet`', []],
  ])('by "%s"', (said, crates) => {
    expect(missing(said)).toEqual(crates);
  });
});
