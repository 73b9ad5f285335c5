/**
 * What Rust sources say of foreign libraries: `#[link(name = ..., kind = ...)]` on a block `extern "C" { ... }`, alone or inside `cfg_attr`, and
 * `cargo:rustc-link-lib=framework=...` of a build script. Source: the Rust reference, "External blocks"; the Cargo book, "Build Scripts".
 */
import { tokensOf, type Token } from './rust-source.js';

/** `framework:Security`, `lib:objc`. */
export type LibraryKey = `framework:${string}` | `lib:${string}`;

/** What the sources of one package declare. */
export interface PackageDeclarations {
  /** Symbols declared in a block that names its libraries. Symbols are as the linker has them, with `_` in front. */
  readonly named: ReadonlyMap<string, ReadonlySet<LibraryKey>>;
  /** Symbols declared in a block that names none. */
  readonly loose: ReadonlySet<string>;
  /** Every library that the package names anywhere. */
  readonly libraries: ReadonlySet<LibraryKey>;
}

const BUILD_SCRIPT_WORD = /framework=([A-Za-z]\w*)/g;

/** Reads the sources of one package. */
export function declarationsOf(sources: Iterable<string>): PackageDeclarations {
  const named = new Map<string, Set<LibraryKey>>();
  const loose = new Set<string>();
  const libraries = new Set<LibraryKey>();
  for (const source of sources) {
    if (!/\bextern\b|\blink\b|framework=/.test(source)) continue;
    for (const [, name] of source.matchAll(BUILD_SCRIPT_WORD)) libraries.add(`framework:${name ?? ''}`);
    for (const { attributes, symbols } of externBlocks(tokensOf(source))) {
      const keys = attributes.flatMap(linkedLibraries);
      for (const key of keys) libraries.add(key);
      for (const symbol of symbols) {
        if (keys.length === 0) loose.add(symbol);
        else named.set(symbol, new Set([...(named.get(symbol) ?? []), ...keys]));
      }
    }
  }
  return { named, loose, libraries };
}

interface ExternBlock {
  readonly attributes: readonly (readonly Token[])[];
  readonly symbols: readonly string[];
}

function* externBlocks(tokens: readonly Token[]): Generator<ExternBlock> {
  let attributes: (readonly Token[])[] = [];
  let sawExtern = false;
  for (let at = 0; at < tokens.length; at++) {
    const { text, kind } = tokens[at] ?? { text: '', kind: 'punctuation' };
    if (text === '#' && kind === 'punctuation') {
      const open = tokens[at + 1]?.text === '!' ? at + 2 : at + 1;
      if (tokens[open]?.text !== '[') continue;
      const close = closing(tokens, open, '[', ']');
      attributes.push(tokens.slice(open + 1, close));
      at = close;
    } else if (kind === 'word' && text === 'extern') sawExtern = true;
    else if (kind === 'word' && text === 'unsafe') continue;
    else if (kind === 'string' && sawExtern) continue;
    else if (text === '{' && kind === 'punctuation' && sawExtern) {
      const close = closing(tokens, at, '{', '}');
      yield { attributes, symbols: [...declaredSymbols(tokens.slice(at + 1, close))] };
      attributes = [];
      sawExtern = false;
      at = close;
    } else {
      attributes = [];
      sawExtern = false;
    }
  }
}

/** Functions and statics of a block; `link_name` says what a symbol is really called. */
function* declaredSymbols(tokens: readonly Token[]): Generator<string> {
  let renamed: string | undefined;
  for (let at = 0; at < tokens.length; at++) {
    const { text, kind } = tokens[at] ?? { text: '', kind: 'punctuation' };
    if (kind !== 'word') {
      if (text === ';') renamed = undefined;
      continue;
    }
    if (text === 'link_name' && tokens[at + 1]?.text === '=') renamed = tokens[at + 2]?.kind === 'string' ? tokens[at + 2]?.text : undefined;
    if (text !== 'fn' && text !== 'static') continue;
    const name = tokens[at + 1]?.text === 'mut' ? tokens[at + 2] : tokens[at + 1];
    // `fn(...)` is a type.
    if (name?.kind !== 'word') continue;
    yield linkerName(renamed ?? name.text);
    renamed = undefined;
  }
}

/** A name that begins with `\u{1}` is taken as it is. */
function linkerName(name: string): string {
  const exact = /^(?:\\u\{1\}|\\x01|\u0001)(.*)$/.exec(name);
  return exact ? (exact[1] ?? '') : `_${name}`;
}

/** Every `link(...)` of an attribute. */
function linkedLibraries(attribute: readonly Token[]): readonly LibraryKey[] {
  return attribute.flatMap((token, at): LibraryKey[] => {
    if (token.kind !== 'word' || token.text !== 'link' || attribute[at + 1]?.text !== '(') return [];
    const inside = attribute.slice(at + 2, closing(attribute, at + 1, '(', ')'));
    const value = (key: string): string | undefined => {
      const place = inside.findIndex((word, index) => word.kind === 'word' && word.text === key && inside[index + 1]?.text === '=');
      return place < 0 ? undefined : inside[place + 2]?.text;
    };
    const name = value('name');
    const kind = value('kind') ?? 'dylib';
    if (name === undefined) return [];
    return kind === 'framework' ? [`framework:${name}`] : kind === 'dylib' ? [`lib:${name}`] : [];
  });
}

function closing(tokens: readonly Token[], open: number, opener: string, closer: string): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const { text, kind } = tokens[at] ?? { text: '', kind: 'word' };
    if (kind !== 'punctuation') continue;
    if (text === opener) depth++;
    else if (text === closer && --depth === 0) return at;
  }
  return tokens.length;
}
