import { expect, test } from '@jest/globals';
import { readBinary } from '../artifact/binary.js';
import { RANDOM_DLL, randomDll } from './random-dll.js';

test.each([64, 32] as const)('the library for %i-bit programs is a DLL without code that forwards its one export', (bits) => {
  const bytes = randomDll(bits);
  const read = readBinary(bytes);
  if (!read.ok) throw new Error(read.problem.message);
  const { format, kind, machine, ownName, needed } = read.value;
  expect({ format, kind, machine, bits: read.value.bits, ownName, needed }).toEqual({
    format: 'pe',
    kind: 'library',
    machine: bits === 64 ? 'x86_64' : 'i386',
    bits,
    ownName: RANDOM_DLL,
    needed: [],
  });
  const text = new TextDecoder('latin1').decode(bytes);
  expect(text).toContain('\0ProcessPrng\0advapi32.SystemFunction036\0');
});
