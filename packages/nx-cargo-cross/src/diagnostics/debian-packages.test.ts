import { expect, test } from '@jest/globals';
import { install } from './debian-packages.js';

test.each([
  ['perl', 'apt-get install perl'],
  ['/usr/bin/cmake', 'apt-get install cmake'],
  ['aarch64-linux-gnu-gcc', 'apt-get install gcc-aarch64-linux-gnu'],
  ['/opt/x86_64-linux-gnu-g++', 'apt-get install g++-x86-64-linux-gnu'],
  ['i686-w64-mingw32-g++', 'apt-get install g++-mingw-w64-i686'],
  ['some-vendors-cc', undefined],
])('%s: %s', (program, command) => expect(install(program)).toBe(command));
