import { describe, expect, test } from '@jest/globals';
import { wasm, type WasmOptions } from '../testkit/binaries.js';
import { readBinary, type Binary } from './binary.js';
import { viewOf } from './bytes.js';
import { readWasm } from './wasm.js';

function summary(options: WasmOptions): Binary {
  const result = readBinary(wasm(options));
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

describe('kind', () => {
  test.each<[string, WasmOptions, Partial<Binary>]>([
    ['module', {}, { kind: 'module', linkage: 'static' }],
    ['shared library', { customs: ['dylink.0'] }, { kind: 'module', linkage: 'dynamic' }],
    ['object', { customs: ['linking', 'reloc.CODE'] }, { kind: 'object', linkage: undefined }],
    ['component', { component: true }, { kind: 'component' }],
  ])('%s', (_, options, expected) => {
    expect(summary(options)).toMatchObject({ format: 'wasm', machine: 'wasm32', bits: 32, endian: 'little', ...expected });
  });

  test('another version is a failure', () => {
    const bytes = wasm();
    bytes[4] = 2;
    expect(readBinary(bytes)).toMatchObject({ ok: false, problem: { offset: 4 } });
  });
});

test('imports and exports', () => {
  const options = {
    imports: ['wasi_snapshot_preview1.fd_write', 'env.memory', 'env.sqlite3_open'],
    exports: ['_start', 'memory'],
    customs: ['name', 'producers'],
  };
  expect(summary(options).detail).toMatchObject({
    imports: [
      { module: 'wasi_snapshot_preview1', name: 'fd_write', kind: 'function' },
      { module: 'env', name: 'memory', kind: 'memory' },
      { module: 'env', name: 'sqlite3_open', kind: 'function' },
    ],
    exports: [
      { name: '_start', kind: 'function' },
      { name: 'memory', kind: 'function' },
    ],
  });
});

describe('types of imports', () => {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const end = [1, 0x65, 1, 0x66, 0, 7];
  test.each([
    ['function', [0, 0x85, 0x01]],
    ['table of functions', [1, 0x70, 0, 5]],
    ['table of typed references', [1, 0x63, 0x05, 1, 5, 9]],
    ['memory', [2, 0, 1]],
    ['shared memory', [2, 3, 1, 0x80, 0x80, 1]],
    ['64-bit memory', [2, 5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 1]],
    ['memory with a page size', [2, 8, 1, 0]],
    ['global', [3, 0x7f, 1]],
    ['tag', [4, 0, 2]],
  ])('%s', (_, description) => {
    const imports = [2, 1, 0x61, 1, 0x62, ...description, ...end];
    const read = readWasm(viewOf(new Uint8Array([...header, 2, imports.length, ...imports])));
    expect(read).toMatchObject({
      ok: true,
      value: {
        imports: [
          { module: 'a', name: 'b' },
          { module: 'e', name: 'f', kind: 'function' },
        ],
      },
    });
  });
});
