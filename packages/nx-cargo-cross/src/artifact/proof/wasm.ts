/** The promises that only wasm modules can break. */
import type { Breach } from '../../diagnostics/failure.js';
import type { ArtifactPromise } from '../promise.js';
import type { WasmFile } from '../wasm.js';
import { shortened } from './shortened.js';

/** Imports only from the modules that the platform's hosts have. An imported memory may come from anywhere: threads share it so. */
export function proveWasm(wasm: WasmFile, promise: ArtifactPromise): readonly Breach[] {
  const { importModules } = promise;
  if (!importModules) return [];
  const foreign = wasm.imports.filter((one) => one.kind !== 'memory' && !importModules.includes(one.module));
  if (foreign.length === 0) return [];
  return [
    {
      promise: 'imports',
      promised: `only from ${importModules.join(', ')}`,
      found: shortened(foreign.map((one) => `${one.module}.${one.name}`)),
      help:
        'A C function that no object defines becomes an import of "env", silently: link the library that has it. To see where it is used, ' +
        'link with "-C", "link-arg=--unresolved-symbols=report-all".',
    },
  ];
}
