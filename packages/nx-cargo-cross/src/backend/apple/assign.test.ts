import { describe, expect, test } from '@jest/globals';
import { assignSymbols, type Stubbed } from './assign.js';
import { declarationsOf, type LibraryKey } from './declarations.js';
import { framework } from './frameworks.js';
import { systemLibrary } from './libraries.js';

const stubbed = (key: LibraryKey): Stubbed => {
  const name = key.slice(key.indexOf(':') + 1);
  const found = key.startsWith('framework:') ? framework(name) : systemLibrary(name);
  if (!found) throw new Error(`${key} is in no table`);
  return { key, ...found };
};
const frameworks = (...names: readonly string[]): readonly Stubbed[] => names.map((name) => stubbed(`framework:${name}`));

const assigned = (symbol: string, libraries: readonly Stubbed[], ...crates: readonly string[]): string => {
  const { exact, ambiguous, impossible } = assignSymbols([symbol], libraries, crates.map((source) => declarationsOf([source])));
  const [key] = [...exact].find(([, symbols]) => symbols.includes(symbol)) ?? [];
  return key ?? (ambiguous.includes(symbol) ? 'ambiguous' : impossible.includes(symbol) ? 'undefined' : 'lost');
};

const link = (name: string, ...names: readonly string[]): string => `#[link(name = "${name}", kind = "framework")] extern "C" { ${names.map((fn) => `fn ${fn}();`).join(' ')} }`;
const loose = (...names: readonly string[]): string => `extern "C" { ${names.map((fn) => `fn ${fn}();`).join(' ')} }`;

describe('a symbol', () => {
  test.each<readonly [string, string, readonly Stubbed[], readonly string[], string]>([
    ['goes where its block says', '_oddly_named', frameworks('Security', 'AppKit'), [link('AppKit', 'oddly_named')], 'framework:AppKit'],
    ['goes where its block says even against its name', '_SecThing', frameworks('Security', 'AppKit'), [link('AppKit', 'SecThing')], 'framework:AppKit'],
    ['that two blocks claim goes by its name', '_CFRelease', frameworks('CoreServices', 'CoreFoundation'), [link('CoreServices', 'CFRelease'), link('CoreFoundation', 'CFRelease')], 'framework:CoreFoundation'],
    ['that two blocks claim and no name tells is ambiguous', '_thing', frameworks('AppKit', 'WebKit'), [link('AppKit', 'thing'), link('WebKit', 'thing')], 'ambiguous'],
    ['whose block names a framework that is not linked goes by its name', '_CFRelease', frameworks('CoreFoundation'), [link('CoreServices', 'CFRelease')], 'framework:CoreFoundation'],
    ['without an attribute goes where its package links', '_FSEventStreamCreate', frameworks('CoreServices', 'CoreFoundation'), [`${link('CoreServices')} ${loose('FSEventStreamCreate')}`], 'framework:CoreServices'],
    ['without an attribute goes by its name among what its package links', '_IOServiceMatching', frameworks('CoreFoundation', 'IOKit'), [`${link('CoreFoundation')} ${link('IOKit')} ${loose('IOServiceMatching')}`], 'framework:IOKit'],
    ['of a package whose framework has no such names is undefined', '_lowercase', frameworks('AppKit'), [`${link('AppKit')} ${loose('lowercase')}`], 'undefined'],
    ['of a package whose framework cannot hold it is undefined', '_no_such_function', frameworks('Security'), [`${link('Security')} ${loose('no_such_function')}`], 'undefined'],
    ['of a package that links nothing is undefined', '_no_such_function', frameworks('CoreFoundation', 'Security', 'IOKit'), [loose('no_such_function')], 'undefined'],
    ['that nobody declares goes by its name', '_SCDynamicStoreCreate', frameworks('Security', 'SystemConfiguration'), [], 'framework:SystemConfiguration'],
    ['that nobody declares goes by the longer prefix', '_CGImageSourceCreateWithData', frameworks('CoreGraphics', 'ImageIO'), [], 'framework:ImageIO'],
    ['that nobody declares and several may hold is ambiguous', '_NSApp', frameworks('AppKit', 'Foundation'), [], 'ambiguous'],
    ['that nobody declares may be in a framework of unknown habits', '_SomethingNew', frameworks('Security', 'CoreHaptics'), [], 'framework:CoreHaptics'],
    ['of Rust is in no framework', '__ZN4core3fmt9Formatter3pad17h0123456789abcdefE', frameworks('Security', 'CoreHaptics'), [], 'undefined'],
    ['of Rust in its new names is in no framework', '__RNvCs1234_7mycrate3foo', frameworks('CoreHaptics'), [], 'undefined'],
    ['of C++ is in no framework', '__Znwm', frameworks('CoreHaptics', 'AppKit'), [], 'undefined'],
    ['of a class goes by its name', '_OBJC_CLASS_$_NSFileManager', frameworks('Foundation'), [], 'framework:Foundation'],
  ])('%s', (_, symbol, libraries, crates, expected) => {
    expect(assigned(symbol, libraries, ...crates)).toBe(expected);
  });

  test.each<readonly [string, LibraryKey]>([
    ['_objc_msgSend', 'lib:objc'],
    ['_sel_registerName', 'lib:objc'],
    ['_OBJC_CLASS_$_NSObject', 'lib:objc'],
    ['_inflateInit_', 'lib:z'],
    ['_res_9_ninit', 'lib:resolv'],
    ['_sqlite3_open_v2', 'lib:sqlite3'],
    ['_BZ2_bzCompress', 'lib:bz2'],
  ])('%s is found in %s by its name', (symbol, key) => {
    expect(assigned(symbol, [stubbed('lib:objc'), stubbed('lib:z'), stubbed('lib:resolv'), stubbed('lib:sqlite3'), stubbed('lib:bz2'), ...frameworks('Security')])).toBe(key);
  });

  test('is assigned once, and all are', () => {
    const symbols = ['_CFRetain', '_CFRetain', '_objc_retain', '_nothing', '_NSApp'];
    const result = assignSymbols(symbols, [...frameworks('CoreFoundation', 'AppKit', 'Foundation'), stubbed('lib:objc')], []);
    expect([...result.exact].flatMap(([, found]) => found)).toEqual(['_CFRetain', '_objc_retain']);
    expect(result).toMatchObject({ ambiguous: ['_NSApp'], impossible: ['_nothing'] });
  });
});
