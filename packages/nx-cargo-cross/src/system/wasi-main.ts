/**
 * Runs a WASI program (preview 1) in Node: `node --no-warnings wasi-main.js <module.wasm> [argument ...]`.
 *
 * Open to it are the working directory, by relative paths and by its own, and cargo's target folder. Not the whole file system: wasi-libc takes `/` and `.` for
 * the same prefix (`preopens.c`, leading slashes and dots are dropped), and would look relative paths up in the root.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { WASI } from 'node:wasi';

/** Node's types leave WebAssembly to those of browsers. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object>; instantiate(module: object, imports: object): Promise<object> };

const [file = '', ...args] = process.argv.slice(2);
const cwd = process.cwd();
const targetFolder = resolve(dirname(file), '../../..');
const wasi = new WASI({
  version: 'preview1',
  args: [file, ...args],
  env: process.env as Record<string, string>,
  preopens: { '.': cwd, [cwd]: cwd, [targetFolder]: targetFolder },
  returnOnExit: true,
});
const module = await WebAssembly.compile(readFileSync(file));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
process.exitCode = wasi.start(instance);
