/** The promises that only wasm modules can break. */
import { matchesAny } from '../pattern.js';
import type { ArtifactPromise } from '../promise.js';
import type { WasmImport } from '../wasm/imports.js';
import type { WasmFile } from '../wasm.js';
import type { Observation } from './observation.js';

/** Imports that the platform's hosts have, and the exports that they call. */
export function proveWasm(wasm: WasmFile, promise: ArtifactPromise): readonly Observation[] {
  return [...proveImports(wasm, promise), ...proveExports(wasm, promise)];
}

/** How many imports are told one by one; the rest are told as a number. */
const MOST = 8;

/** An imported memory may come from anywhere: threads share it so. */
function proveImports({ imports }: WasmFile, { imports: promised }: ArtifactPromise): readonly Observation[] {
  if (!promised) return [];
  const foreign = imports.filter((one) => one.kind !== 'memory' && !(promised.others && one.module !== 'env') && !matchesAny(promised.names, nameOf(one)));
  const rest = foreign.length - MOST;
  return foreign.slice(0, MOST).map((one, index) => ({
    code: 'import',
    subject: nameOf(one),
    promised: promised.others ? `nothing from "env" but ${promised.names.join(', ')}` : `only from ${promised.names.map((name) => name.replace('.*', '')).join(', ')}`,
    found: index === MOST - 1 && rest > 0 ? `${nameOf(one)}, and ${rest} more` : nameOf(one),
    read: { field: `import of a ${one.kind}`, offset: one.offset, value: nameOf(one) },
    help:
      'A C function that no object defines becomes an import of "env", silently: link the library that has it. To see where it is used, ' +
      'link with "-C", "link-arg=--unresolved-symbols=report-all". What your host offers, accept.',
  }));
}

function nameOf({ module, name }: WasmImport): string {
  return `${module}.${name}`;
}

function proveExports({ exports, imports, type }: WasmFile, { exports: promised }: ArtifactPromise): readonly Observation[] {
  if (type !== 'module') return [];
  return promised
    .filter((name) => !exports.some((one) => one.name === name) && !(name === 'memory' && imports.some((one) => one.kind === 'memory')))
    .map((name) => ({
      code: 'export',
      subject: name,
      promised: name,
      found: 'none of that name',
      help:
        name === '_start'
          ? 'A host starts a program there: is the crate a bin, and does it have a main function? A library (reactor) is a cdylib.'
          : 'Hosts read and write what a module says through its memory: take --no-export-memory and --import-memory out of link arguments.',
    }));
}
