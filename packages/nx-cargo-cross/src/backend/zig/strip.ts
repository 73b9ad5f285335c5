/**
 * Linker scripts that strip. zig's own `--strip-debug` takes the symbol table along, and zig builds another libc for every stripped program, a minute
 * or two for musl; a script that discards sections does neither (measured with zig 0.16.0).
 */
import type { GeneratedFile } from '../contract.js';

/** What zig links in of its own: its debug information would be in every program, with the paths of zig's cache. */
const OWN_PARTS = [
  '*libc.a:',
  '*libc_nonshared.a:',
  '*libzigc*',
  '*libunwind.a:',
  '*libc++.a:',
  '*libc++abi.a:',
  '*libcompiler_rt*',
  '*libubsan_rt*',
  '*crt1.o',
  '*crti.o',
  '*crtn.o',
];

export const STRIP_SCRIPTS = {
  none: discard('own-debug.ld', OWN_PARTS.map((part) => `${part.endsWith(':') ? `${part}*` : part}(.debug_*)`)),
  debug: discard('no-debug.ld', ['*(.debug_*)']),
  all: discard('no-symbols.ld', ['*(.debug_*)', '*(.symtab)', '*(.strtab)']),
} as const satisfies Readonly<Record<string, GeneratedFile>>;

function discard(path: string, sections: readonly string[]): GeneratedFile {
  return { path, text: `SECTIONS { /DISCARD/ : { ${sections.join(' ')} } } INSERT AFTER .text;\n`, executable: false };
}
