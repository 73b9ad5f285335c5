import { describe, expect, test } from '@jest/globals';
import { declarationsOf } from './declarations.js';

const read = (...sources: readonly string[]) => {
  const { named, loose, libraries } = declarationsOf(sources);
  return { named: Object.fromEntries([...named].map(([symbol, keys]) => [symbol, [...keys]])), loose: [...loose], libraries: [...libraries] };
};

describe('declarations of Rust sources', () => {
  test.each<readonly [string, string, Partial<ReturnType<typeof read>>]>([
    ['a block that names its framework', '#[link(name = "Security", kind = "framework")]\nextern "C" { pub fn SecItemAdd(a: CFTypeRef) -> OSStatus; pub static kSecClass: CFStringRef; }', { named: { _SecItemAdd: ['framework:Security'], _kSecClass: ['framework:Security'] }, loose: [] }],
    ['an unsafe block of edition 2024', '#[link(kind = "framework", name = "IOKit")] unsafe extern "C" { pub safe fn IOObjectRelease(o: u32) -> i32; }', { named: { _IOObjectRelease: ['framework:IOKit'] } }],
    ['an attribute under a condition', '#[cfg_attr(target_os = "macos", link(name = "CoreServices", kind = "framework"))] extern "C" { fn FSEventStreamStart(); }', { named: { _FSEventStreamStart: ['framework:CoreServices'] } }],
    ['a plain library', '#[link(name = "objc")] extern { fn objc_retain(); }', { named: { _objc_retain: ['lib:objc'] }, libraries: ['lib:objc'] }],
    ['a static library, which is no dylib', '#[link(name = "z", kind = "static")] extern "C" { fn inflate(); }', { named: {}, loose: ['_inflate'], libraries: [] }],
    ['two frameworks of one block', '#[link(name = "A", kind = "framework")] #[link(name = "B", kind = "framework")] extern "C" { fn x(); }', { named: { _x: ['framework:A', 'framework:B'] } }],
    ['a block that names nothing', 'extern "C" { fn a(); static mut B: i32; }', { named: {}, loose: ['_a', '_B'] }],
    ['an attribute in front of an empty block', '#[link(name = "AppKit", kind = "framework")] extern "C" {}', { named: {}, loose: [], libraries: ['framework:AppKit'] }],
    ['a name of its own', 'extern "C" { #[link_name = "fstat$INODE64"] fn fstat(); #[link_name = "\\u{1}_exact"] static E: u8; fn plain(); }', { loose: ['_fstat$INODE64', '_exact', '_plain'] }],
    ['a block inside a function', 'pub fn f() { extern "C-unwind" { fn CFRetain(x: &T) -> *mut T; } unsafe { CFRetain(x) } }', { loose: ['_CFRetain'] }],
    ['a block inside a macro', 'cfg_if! { if #[cfg(x)] { #[link(name = "Metal", kind = "framework")] extern { fn MTLCreateSystemDefaultDevice(); } } }', { named: { _MTLCreateSystemDefaultDevice: ['framework:Metal'] } }],
    ['a function of ours', '#[no_mangle] pub extern "C" fn ours(callback: extern "C" fn(i32) -> i32) { let x = { 1 }; fn inner() {} }', { named: {}, loose: [] }],
    ['types of functions and variables', 'extern "C" { fn set(callback: unsafe extern "C" fn(*mut u8), other: Option<fn(i32)>); fn variadic(first: i32, ...); }', { loose: ['_set', '_variadic'] }],
    ['an attribute of something else', '#[link(name = "X", kind = "framework")] struct S; extern "C" { fn a(); }', { named: {}, loose: ['_a'], libraries: [] }],
    ['comments and texts', '// extern "C" { fn no(); }\n/* /* extern "C" { fn no2(); } */ extern "C" { fn no3(); } */ const S: &str = r#"extern "C" { fn no4(); }"#; const T: &str = "extern \\"C\\" { fn no5(); }"; const C: char = \'"\'; const D: char = \'\\\'\'; fn l<\'a>(x: &\'a str) {} extern "C" { fn yes(); }', { loose: ['_yes'] }],
    ['lifetimes', 'extern "C" { static Key: &\'static NSString; fn f<\'a>(x: &\'a u8); }', { loose: ['_Key', '_f'] }],
    ['a build script', 'fn main() { println!("cargo:rustc-link-lib=framework=SystemConfiguration"); }', { libraries: ['framework:SystemConfiguration'] }],
    ['an unfinished file', '#[link(name = "A" extern "C" { fn x(', { named: {} }],
  ])('read %s', (_, source, expected) => {
    expect(read(source)).toMatchObject(expected);
  });

  test('are gathered over files', () => {
    expect(read('#[link(name = "A", kind = "framework")] extern {}', 'extern "C" { fn a(); }')).toMatchObject({ loose: ['_a'], libraries: ['framework:A'] });
  });
});
