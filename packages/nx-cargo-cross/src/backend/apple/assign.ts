/**
 * Which framework or library each symbol of a link comes from, where nothing of Apple's is there to ask. What the crates themselves declare counts first,
 * then the habits of names in `frameworks.ts` and `libraries.ts`. What several might hold is left open; what none can hold is an undefined symbol.
 */
import type { LibraryKey, PackageDeclarations } from './declarations.js';
import { mayHold } from './frameworks.js';

/** One framework or library of the link line that a stub stands for. */
export interface Stubbed {
  readonly key: LibraryKey;
  readonly installName: string;
  readonly symbols: RegExp;
  readonly closed: boolean;
}

export interface Assignment {
  /** Symbols by library, sorted. */
  readonly exact: ReadonlyMap<LibraryKey, readonly string[]>;
  /** Symbols that more than one library of the line might hold, sorted. */
  readonly ambiguous: readonly string[];
  /** Symbols that none of them can hold, sorted. */
  readonly impossible: readonly string[];
}

/** Pure: the same symbols, libraries and declarations always give the same assignment. */
export function assignSymbols(symbols: readonly string[], libraries: readonly Stubbed[], packages: readonly PackageDeclarations[]): Assignment {
  const exact = new Map<LibraryKey, string[]>(libraries.map(({ key }) => [key, []]));
  const ambiguous: string[] = [];
  const impossible: string[] = [];
  for (const symbol of [...new Set(symbols)].sort()) {
    const held = candidates(symbol, libraries, packages);
    const [only] = held;
    if (held.length > 1) ambiguous.push(symbol);
    else if (only) exact.get(only.key)?.push(symbol);
    else impossible.push(symbol);
  }
  return { exact, ambiguous, impossible };
}

/** The libraries that may hold a symbol: by the strongest word that there is about it. */
function candidates(symbol: string, libraries: readonly Stubbed[], packages: readonly PackageDeclarations[]): readonly Stubbed[] {
  const onLine = (keys: Iterable<LibraryKey>): readonly Stubbed[] => {
    const wanted = new Set(keys);
    return libraries.filter(({ key }) => wanted.has(key));
  };
  const named = onLine(packages.flatMap((found) => [...(found.named.get(symbol) ?? [])]));
  if (named.length > 0) return narrowed(symbol, named);
  // A block without an attribute stands for whatever its package links; that package may be wrong about a library that is known in full.
  const loose = onLine(packages.flatMap((found) => (found.loose.has(symbol) ? [...found.libraries] : []))).filter((library) => mayHold(library, symbol) !== 'never');
  if (loose.length > 0) return narrowed(symbol, loose);
  const claiming = libraries.filter((library) => mayHold(library, symbol) === 'claims');
  return claiming.length > 0 ? mostSpecific(symbol, claiming) : libraries.filter((library) => mayHold(library, symbol) === 'possible');
}

/** Of several, those whose names are like it; all where none or all are. */
function narrowed(symbol: string, libraries: readonly Stubbed[]): readonly Stubbed[] {
  if (libraries.length === 1) return libraries;
  const claiming = libraries.filter((library) => mayHold(library, symbol) === 'claims');
  return claiming.length > 0 ? mostSpecific(symbol, claiming) : libraries;
}

/** A longer prefix knows more: `CGImage` of ImageIO before `CG` of CoreGraphics. */
function mostSpecific(symbol: string, libraries: readonly Stubbed[]): readonly Stubbed[] {
  const length = ({ symbols }: Stubbed): number => symbols.exec(symbol.replace(/^_/, ''))?.[0].length ?? 0;
  const longest = Math.max(...libraries.map(length));
  return libraries.filter((library) => length(library) === longest);
}
