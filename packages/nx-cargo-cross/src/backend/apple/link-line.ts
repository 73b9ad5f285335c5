/** A driver's link line as far as frameworks and system libraries go. Words as clang reads them: clang's manual, "Linker flags"; `man ld`, "-framework". */

export interface LinkLine {
  /** Names, each once, in order. */
  readonly frameworks: readonly string[];
  /** Names of `-l`, each once, in order. */
  readonly libraries: readonly string[];
  readonly frameworkFolders: readonly string[];
  readonly libraryFolders: readonly string[];
  /** Undefined where the line names none. */
  readonly output: string | undefined;
  /** The place of the output among the words, for a line with another. */
  readonly outputAt: number | undefined;
  /** The user asked for `-undefined dynamic_lookup`: what nobody holds is looked up when the program runs. */
  readonly dynamicLookup: boolean;
}

const FRAMEWORK_WORDS = new Set(['-framework', '-weak_framework', '-needed_framework', '-reexport_framework', '-upward_framework']);
const LIBRARY_WORD = /^-(?:weak-|needed-|reexport-|upward-|hidden-)?l(.+)$/;

/** Reads the words of a link; response files are expanded before. */
export function readLinkLine(words: readonly string[]): LinkLine {
  const frameworks = new Set<string>();
  const libraries = new Set<string>();
  const frameworkFolders: string[] = [];
  const libraryFolders: string[] = [];
  let outputAt: number | undefined;
  let dynamicLookup = false;
  const flat = flattened(words);
  for (let at = 0; at < flat.length; at++) {
    const { word, index } = flat[at] ?? { word: '', index: 0 };
    const next = flat[at + 1];
    if (FRAMEWORK_WORDS.has(word) && next) frameworks.add(next.word.split(',')[0] ?? '');
    else if (word === '-undefined' && next?.word === 'dynamic_lookup') dynamicLookup = true;
    else if (word === '-undefined=dynamic_lookup') dynamicLookup = true;
    else if (word === '-o' && next) outputAt = next.index;
    else if (word.startsWith('-F') && word.length > 2) frameworkFolders.push(word.slice(2));
    else if (word === '-F' && next) frameworkFolders.push(next.word);
    else if (word.startsWith('-L') && word.length > 2) libraryFolders.push(word.slice(2));
    else if (word === '-L' && next) libraryFolders.push(next.word);
    else if (word === '-l' && next) libraries.add(next.word);
    else {
      const library = LIBRARY_WORD.exec(word)?.[1];
      if (library !== undefined) libraries.add(library);
      else continue;
    }
    if (next && next.index !== index && takesNext(word)) at++;
  }
  return { frameworks: [...frameworks], libraries: [...libraries], frameworkFolders, libraryFolders, output: outputAt === undefined ? undefined : words[outputAt], outputAt, dynamicLookup };
}

function takesNext(word: string): boolean {
  return FRAMEWORK_WORDS.has(word) || ['-undefined', '-o', '-F', '-L', '-l'].includes(word);
}

/** `-Wl,a,b` and `-Xlinker a` say their words one by one. */
function flattened(words: readonly string[]): readonly { readonly word: string; readonly index: number }[] {
  return words.flatMap((word, index) => {
    if (word === '-Xlinker') return [];
    return word.startsWith('-Wl,') ? word.slice(4).split(',').map((part) => ({ word: part, index })) : [{ word, index }];
  });
}

/**
 * A response file in the quoting that zig reads, and the wrapper scripts write: one word per line in double quotes, a backslash only before a quote.
 * Source: zig 0.16, `std/process/Args.zig`.
 */
export function readResponseFile(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const quoted = /^"(.*)"$/.exec(line);
    if (!quoted) return line === '' ? [] : [line];
    return [(quoted[1] ?? '').replace(/(\\*)"/g, (_, slashes: string) => `${'\\'.repeat(Math.floor(slashes.length / 2))}"`).replace(/\\+$/, (slashes) => '\\'.repeat(slashes.length / 2))];
  });
}
