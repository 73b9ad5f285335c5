import { expect, test } from '@jest/globals';
import { aBuild } from '../testkit/builders.js';
import { ar, ascii, macho, pe } from '../testkit/binaries.js';
import { sharedBytes } from './shared-bytes.js';

const PROGRAM = pe({ pdb: { identifier: [...new Array<number>(8).fill(1), ...ascii('LLD PDB.')], path: 'app.pdb' } });
const ARCHIVE = ar({ 'shared-30015d8aebe6796c.shared.rcgu.o': ascii('x') });

test.each<readonly [string, Uint8Array, Parameters<typeof sharedBytes>[1], ReturnType<typeof aBuild>, boolean]>([
  ['a static library', ARCHIVE, 'staticlib', aBuild('aarch64-linux', { reproducible: true }), true],
  ['a static library whose bytes may differ', ARCHIVE, 'staticlib', aBuild('aarch64-linux'), false],
  ['an import library, which has no such names', ARCHIVE, 'import-library', aBuild('x86_64-windows', { reproducible: true }), false],
  ["zig's program for Windows", PROGRAM, 'bin', aBuild('x86_64-windows', { reproducible: true }), true],
  ["zig's DLL", PROGRAM, 'cdylib', aBuild('x86_64-windows', { reproducible: true }), true],
  ['a program for macOS', macho({ signature: true, identifier: 'app-30015d8aebe6796c' }), 'bin', aBuild('aarch64-macos', { reproducible: true }), true],
  ["zig's program whose bytes may differ", PROGRAM, 'bin', aBuild('x86_64-windows'), false],
  ["a program of Microsoft's linker, whose PDB a debugger reads", PROGRAM, 'bin', aBuild('x86_64-windows-msvc', { reproducible: true, backend: { id: 'xwin', reason: '' } }), false],
])('%s', (_, bytes, kind, build, changes) => {
  expect(sharedBytes(bytes, kind, build, () => 'ab'.repeat(32)) !== bytes).toBe(changes);
});
