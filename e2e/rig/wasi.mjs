/** WebAssembly programs under node's own WASI. */
import { capture } from '../../tools/lib/run.mjs';

const RUN = `
const { WASI } = require('node:wasi');
const { readFileSync } = require('node:fs');
const [file, ...args] = process.argv.slice(1);
const wasi = new WASI({ version: 'preview1', args: [file, ...args], returnOnExit: true });
WebAssembly.instantiate(readFileSync(file), wasi.getImportObject()).then(({ instance }) => { process.exitCode = wasi.start(instance); });
`;

/** Runs a program of wasm32-wasip1. */
export function runWasi(file, args) {
  return capture(process.execPath, ['--no-warnings', '-e', RUN, '--', file, ...args]);
}

/** What an exported function of a module without imports returns. */
export async function callWasm(bytes, name, ...args) {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  return instance.exports[name](...args);
}
