/** The promises that only wasm modules can break. */
import type { Breach } from '../../diagnostics/failure.js';
import type { ArtifactPromise } from '../promise.js';
import type { WasmFile } from '../wasm.js';

const MOST_NAMES = 5;

/** Imports only from the modules that the platform's hosts have. An imported memory may come from anywhere: threads share it so. */
export function proveWasm(wasm: WasmFile, promise: ArtifactPromise): readonly Breach[] {
  const { importModules } = promise;
  if (!importModules) return [];
  const foreign = wasm.imports.filter((one) => one.kind !== 'memory' && !importModules.includes(one.module));
  if (foreign.length === 0) return [];
  const names = foreign.slice(0, MOST_NAMES).map((one) => `${one.module}.${one.name}`);
  return [
    {
      promise: 'imports',
      promised: `only from ${importModules.join(', ')}`,
      found: `${names.join(', ')}${foreign.length > MOST_NAMES ? ` and ${foreign.length - MOST_NAMES} more` : ''}`,
      help: 'A C function that no object defines becomes an import of "env", silently: link the library that has it, or link with -C link-arg=--no-allow-undefined to see where it is used.',
    },
  ];
}
