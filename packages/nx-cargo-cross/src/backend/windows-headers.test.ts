import { expect, test } from '@jest/globals';
import { WINDOWS_HEADERS } from './windows-headers.js';

const names = WINDOWS_HEADERS.map(({ path }) => path.replace(/^headers\//, ''));

test('each spelling is there once, and includes the header that has small letters', () => {
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['Windows.h', 'WinSock2.h', 'PowrProf.h', 'ShlObj.h']));
  for (const [index, name] of names.entries()) {
    expect(name).toMatch(/^\w+\.[hH]$/);
    expect(name).not.toBe(name.toLowerCase());
    expect(WINDOWS_HEADERS[index]?.text).toBe(`#include <${name.toLowerCase()}>\n`);
  }
});

test('no header of the C library is among them, which another one of that name would mean', () => {
  const standard = /^(assert|ctype|errno|math|stdio|stdlib|string|time|signal|limits|float|locale|memory|process|io|direct|search|version|security)\.h$/i;
  expect(names.filter((name) => standard.test(name))).toEqual([]);
});
