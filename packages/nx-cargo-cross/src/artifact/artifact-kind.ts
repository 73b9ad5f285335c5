/** Which kind of artifact a file is, told by its bytes alone: for files that no build says it of. */
import type { ArtifactKind } from './promise.js';
import type { Binary } from './summary.js';

/** A wasm module that has a start is a program. What is no artifact at all (an object file) is proved as a program, and fails as one. */
export function artifactKindOf(binary: Binary): ArtifactKind {
  switch (binary.kind) {
    case 'library':
      return 'cdylib';
    case 'archive':
      return binary.parts.some((part) => part.binary?.kind === 'import') ? 'import-library' : 'staticlib';
    case 'universal': {
      const [first] = binary.parts;
      return first?.binary ? artifactKindOf(first.binary) : 'bin';
    }
    case 'module':
      return binary.detail.format === 'wasm' && !binary.detail.exports.some(({ name }) => name === '_start') ? 'cdylib' : 'bin';
    default:
      return 'bin';
  }
}
