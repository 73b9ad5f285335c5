/**
 * Runs a WASI program (preview 1) in Node: `node --no-warnings wasi-main.js <module.wasm> [argument ...]`. The working directory and the whole file
 * system are open to it, as they are to every other test program.
 */
import { readFileSync } from 'node:fs';
import { WASI } from 'node:wasi';

/** Node's types leave WebAssembly to those of browsers. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object>; instantiate(module: object, imports: object): Promise<object> };

const [file = '', ...args] = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', args: [file, ...args], env: process.env as Record<string, string>, preopens: { '.': process.cwd(), '/': '/' }, returnOnExit: true });
const module = await WebAssembly.compile(readFileSync(file));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
process.exitCode = wasi.start(instance);
