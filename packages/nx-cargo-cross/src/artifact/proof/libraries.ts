/** Are the libraries that a file needs there, where the platform's users start it? */
import type { Breach } from '../../diagnostics/failure.js';
import { forbiddenBy } from '../libraries.js';
import type { ArtifactPromise } from '../promise.js';
import type { Binary } from '../summary.js';

/** One breach for each library that must not be needed. */
export function proveLibraries(binary: Binary, promise: ArtifactPromise): readonly Breach[] {
  const { allowedPrefixes } = promise.libraries;
  const breaches: Breach[] = [];
  for (const library of new Set(binary.needed)) {
    const forbidden = forbiddenBy(promise.libraries, library);
    if (forbidden) breaches.push({ promise: 'libraries', promised: `not ${forbidden.pattern}: ${forbidden.why}`, found: library, help: forbidden.help });
    else if (allowedPrefixes && !startsWithAny(library, allowedPrefixes)) breaches.push(foreignPath(library, allowedPrefixes));
  }
  return breaches;
}

/** Whether a text starts with one of the prefixes. */
export function startsWithAny(text: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => text.startsWith(prefix));
}

function foreignPath(library: string, allowedPrefixes: readonly string[]): Breach {
  return {
    promise: 'libraries',
    promised: `below ${allowedPrefixes.join(', ')}`,
    found: library,
    help:
      'Other machines have nothing at that path. Link the library statically, or ship it beside the file under an install name that ' +
      'starts with @rpath/ (install_name_tool -change).',
  };
}
