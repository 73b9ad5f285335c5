import { expect, test } from '@jest/globals';
import { readLinkLine, readResponseFile } from './link-line.js';

test.each<readonly [string, object]>([
  ['a.o -framework Security -framework CoreFoundation -framework Security', { frameworks: ['Security', 'CoreFoundation'] }],
  ['-weak_framework Metal -Wl,-framework,AppKit -Wl,-weak_framework -Wl,Network', { frameworks: ['Metal', 'AppKit', 'Network'] }],
  ['-Xlinker -framework -Xlinker IOKit', { frameworks: ['IOKit'] }],
  ['a.o -lobjc -liconv -l z -Wl,-lresolv -weak-lcups', { libraries: ['objc', 'iconv', 'z', 'resolv', 'cups'] }],
  ['-F/a -F /b -L/c -L /d -Wl,-F,/e', { frameworkFolders: ['/a', '/b', '/e'], libraryFolders: ['/c', '/d'] }],
  ['a.o -o out/program -lSystem', { output: 'out/program', outputAt: 2 }],
  ['a.o', { output: undefined, outputAt: undefined, dynamicLookup: false, frameworks: [], libraries: [] }],
  ['-undefined dynamic_lookup a.o', { dynamicLookup: true }],
  ['-Wl,-undefined,dynamic_lookup a.o', { dynamicLookup: true }],
  ['-Wl,-undefined=dynamic_lookup a.o', { dynamicLookup: true }],
  ['-undefined error a.o', { dynamicLookup: false }],
  ['-o -lodd -framework -lname', { output: '-lodd', frameworks: ['-lname'], libraries: [] }],
])('the line %s', (line, expected) => {
  expect(readLinkLine(line.split(' '))).toMatchObject(expected);
});

test.each([
  ['"a.o"\n"-framework"\n"Security"\n', ['a.o', '-framework', 'Security']],
  ['"two words"\n"a\\"b"\n"end\\\\"\n"C:\\dir"\n""\n', ['two words', 'a"b', 'end\\', 'C:\\dir', '']],
])('the response file %j', (text, words) => {
  expect(readResponseFile(text)).toEqual(words);
});
