/** Binaries made to measure, for tests: small, and each honest but for what its options say. */
import { ascii, uleb, writer } from './binaries-writer.js';

export { elf, elfPlaces, type ElfOptions, type ElfPlaces, type ElfVersions } from './binaries-elf.js';
export { macho, fat, CPU, type MachoOptions } from './binaries-macho.js';
export { pe, coff, coffOf, coffAnonymous, type PeOptions } from './binaries-pe.js';
export { ascii, uleb, writer, type Writer } from './binaries-writer.js';

export interface ArOptions {
  /** `gnu` when nothing is said. */
  readonly style?: 'gnu' | 'bsd' | 'coff' | 'thin';
  /** With a symbol table, as every archive for linkers has. */
  readonly symbols?: boolean;
}

export function ar(members: Readonly<Record<string, Uint8Array>>, options: ArOptions = {}): Uint8Array<ArrayBuffer> {
  const { style = 'gnu', symbols = true } = options;
  const out = writer();
  out.bytes(ascii(style === 'thin' ? '!<thin>\n' : '!<arch>\n'));
  const add = (name: string, content: Uint8Array, stored = content): void => {
    out.bytes(ascii(`${name.padEnd(16)}0           0     0     100644  ${String(content.length).padEnd(10)}\`\n`));
    out.bytes(stored);
    if (out.size() % 2 === 1) out.bytes([0x0a]);
  };
  const table = new Uint8Array([0, 0, 0, 0]);
  if (symbols) add(style === 'bsd' ? '__.SYMDEF SORTED' : '/', table);
  if (symbols && style === 'coff') add('/', table);
  const names = Object.keys(members);
  const end = style === 'coff' ? '\0' : '/\n';
  const long = style === 'bsd' ? [] : names.filter((name) => name.length > 15 || style === 'thin');
  if (long.length > 0) add('//', ascii(long.map((name) => name + end).join('')));
  for (const [name, content] of Object.entries(members)) {
    const place = long.indexOf(name);
    if (style === 'bsd') add(`#1/${name.length}`, new Uint8Array([...ascii(name), ...content]));
    else if (place < 0) add(`${name}/`, content);
    else add(`/${long.slice(0, place).reduce((sum, one) => sum + one.length + end.length, 0)}`, content, style === 'thin' ? new Uint8Array() : content);
  }
  return out.done();
}

export interface WasmOptions {
  /** Each `module.name`; functions, but for `memory`. */
  readonly imports?: readonly string[];
  readonly exports?: readonly string[];
  readonly customs?: readonly string[];
  readonly component?: boolean;
}

export function wasm(options: WasmOptions = {}): Uint8Array<ArrayBuffer> {
  const out = writer();
  out.bytes([0, ...ascii('asm'), ...(options.component ? [0x0d, 0, 1, 0] : [1, 0, 0, 0])]);
  const text = (value: string): number[] => [...uleb(value.length), ...ascii(value)];
  const section = (id: number, content: readonly number[]): void => void out.bytes([id, ...uleb(content.length), ...content]);
  for (const custom of options.customs ?? []) section(0, text(custom));
  const { imports = [], exports = [] } = options;
  const described = imports.map((one) => {
    const [module = '', name = ''] = one.split('.');
    return [...text(module), ...text(name), ...(name === 'memory' ? [2, 3, 1, 0x80, 0x80, 1] : [0, 0])];
  });
  if (imports.length > 0) section(2, [...uleb(imports.length), ...described.flat()]);
  if (exports.length > 0) section(7, [...uleb(exports.length), ...exports.flatMap((name) => [...text(name), 0, 0])]);
  return out.done();
}
