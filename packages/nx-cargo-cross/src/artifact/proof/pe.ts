/** The promises that only Windows files can break. */
import type { Breach } from '../../diagnostics/failure.js';
import type { Binary } from '../summary.js';

/** One C runtime only. */
export function provePe(binary: Binary): readonly Breach[] {
  if (binary.crt !== 'both') return [];
  return [
    {
      promise: 'C runtime',
      promised: 'one',
      found: 'msvcrt.dll and the Universal CRT',
      help:
        'Two C runtimes have two heaps and two tables of open files. Build all C code with one toolchain: look for prebuilt .a files, ' +
        'and for rustc\'s own start files ("-C", "link-self-contained=no").',
    },
  ];
}
