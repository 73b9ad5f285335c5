/** Are the libraries that a file needs there, where the platform's users start it? */
import { forbiddenBy, isExpected, type LibraryRule } from '../libraries.js';
import type { ArtifactPromise } from '../promise.js';
import type { Binary } from '../summary.js';
import { readAt, type Observation } from './observation.js';

/** One observation for each library that must not be needed, or that not every system has. */
export function proveLibraries(binary: Binary, promise: ArtifactPromise): readonly Observation[] {
  return [...new Set(binary.needed)].flatMap((library): readonly Observation[] => {
    const read = readAt(binary.places.get(`needed:${library}`), library);
    const forbidden = forbiddenBy(promise.libraries, library);
    if (forbidden) {
      const { code, pattern, why, help } = forbidden;
      return [{ code, subject: library, promised: `not ${pattern}: ${why}`, found: library, read, help }];
    }
    if (isExpected(promise.libraries, library)) return [];
    const [promised, help] = promise.format === 'macho' ? MACOS : promise.format === 'pe' ? WINDOWS : unexpected(promise.libraries);
    return [{ code: 'needed', subject: library, promised, found: library, read, help }];
  });
}

const MACOS = [
  'below /usr/lib/, /System/Library/, or relative to the file',
  'Other machines have nothing at that path. Link the library statically, or ship it beside the file under an install name that ' +
    'starts with @rpath/ (install_name_tool -change).',
] as const;

const WINDOWS = ['a DLL of Windows', 'No Windows has it: link it statically, or ship it in the folder of the program.'] as const;

function unexpected({ expected = [] }: LibraryRule): readonly [string, string] {
  const known = expected.slice(0, 3).map((pattern) => pattern.replace('*', ''));
  return [
    `what every system has (${known.join(', ')} ...)`,
    'Not every system has it: link it statically (most -sys crates have a feature "vendored", "bundled" or "static"), or have it installed with the program.',
  ];
}
