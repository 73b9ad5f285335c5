/**
 * A macOS link without Apple's SDK: the frameworks and system libraries of the line are stood for by text stubs that hold nothing but their public install
 * name and the symbols that this very program leaves undefined. The first pass learns the symbols, the second links against exactly them.
 */
import { basename, join } from 'node:path';
import { readImports } from '../artifact/macho/imports.js';
import { assignSymbols, type Assignment, type Stubbed } from '../backend/apple/assign.js';
import { framework, frameworkNames } from '../backend/apple/frameworks.js';
import { systemLibrary } from '../backend/apple/libraries.js';
import { readLinkLine, readResponseFile, type LinkLine } from '../backend/apple/link-line.js';
import { renderStub } from '../backend/apple/stub-text.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { runChild, type Ran } from '../system/child.js';
import { existsNow, inTemporaryFolder, readBytesNow, readTextNow, writeNow } from '../system/files-now.js';
import { readDeclarations } from './declared.js';

export interface MacosLink {
  /** The driver and its first words: `zig cc -target aarch64-macos.11.0-none`. */
  readonly driver: readonly [string, ...string[]];
  /** All other words. */
  readonly words: readonly string[];
  /** Packages that the crate can reach, where the build said so. */
  readonly closure: ReadonlySet<string> | undefined;
}

/** A stub that stands for what is not decided yet; it is in no finished program. */
const OPEN = 'nx-cargo-cross-open';
const DYNAMIC_LOOKUP = '-Wl,-undefined,dynamic_lookup';

/** Links. What the linker says of the pass that counts is the result's `stderr`. */
export function linkMacos(link: MacosLink): Ran {
  const words = link.words.flatMap((word) => (word.startsWith('@') ? (readTextNow(word.slice(1)) === undefined ? [word] : readResponseFile(readTextNow(word.slice(1)) ?? '')) : [word]));
  const line = readLinkLine(words);
  const stubs = findStubs(line);
  if (typeof stubs === 'string') return { status: 1, stderr: stubs };
  return inTemporaryFolder((folder) => {
    const run = (pass: string, more: readonly string[]): Ran => {
      const [driver, ...first] = link.driver;
      return runChild(driver, [...first, ...link.words, ...more, `-F${join(folder, pass)}`, `-L${join(folder, pass)}`]);
    };
    const draft = (pass: string): string => join(folder, 'drafts', pass, basename(line.output ?? 'a.out'));

    writeStubs(join(folder, 'learn'), stubs, new Map(), []);
    writeNow(`${draft('learn')}.folder`, '');
    const learning = run('learn', [DYNAMIC_LOOKUP, '-o', draft('learn')]);
    if (learning.status !== 0) return learning;
    const assignment = assignSymbols(flatSymbols(draft('learn')), stubs, readDeclarations(words, stubs.map(({ key }) => key), link.closure));

    writeStubs(join(folder, 'link'), stubs, assignment.exact, assignment.ambiguous);
    if (assignment.ambiguous.length === 0) return explained(run('link', []), assignment, line);
    // What is ambiguous is bound to nobody first, to see that all else is there and which of it is used at all.
    writeNow(`${draft('link')}.folder`, '');
    const trying = run('link', [`-l${OPEN}`, '-o', draft('link')]);
    if (trying.status !== 0) return explained(trying, assignment, line);
    const used = usedOf(draft('link'), assignment.ambiguous);
    const [anybody] = stubs;
    const unused = assignment.ambiguous.filter((symbol) => !used.has(symbol));
    const exact = new Map(assignment.exact);
    if (anybody) exact.set(anybody.key, [...(exact.get(anybody.key) ?? []), ...unused]);
    writeStubs(join(folder, 'flat'), stubs, exact, []);
    return run('flat', used.size > 0 ? [DYNAMIC_LOOKUP] : []);
  });
}

/** What has to be stood for: all frameworks and system libraries of the line but those in folders of the line's own. */
function findStubs(line: LinkLine): readonly Stubbed[] | string {
  const stubs: Stubbed[] = [];
  for (const name of line.frameworks) {
    if (line.frameworkFolders.some((folder) => existsNow(join(folder, `${name}.framework`)))) continue;
    const known = framework(name);
    if (!known) return unknownFramework(name);
    stubs.push({ ...known, key: `framework:${name}` });
  }
  for (const name of line.libraries) {
    const known = systemLibrary(name);
    const own = line.libraryFolders.some((folder) => ['dylib', 'tbd', 'a'].some((suffix) => existsNow(join(folder, `lib${name}.${suffix}`))));
    if (known && !own) stubs.push({ ...known, key: `lib:${name}` });
  }
  return stubs;
}

function unknownFramework(name: string): string {
  const nearest = nearestWord(name, frameworkNames());
  return (
    `error: nx-cargo-cross: unable to find framework '${name}': it is in no folder of the link line (-F), and none of macOS's public frameworks is called so` +
    `${nearest === undefined ? '' : ` (did you mean "${nearest}"?)`}.\n` +
    `help: give the folder that holds ${name}.framework with "rustflags": ["-Lframework=FOLDER"], or Apple's SDK with "sdk".\n`
  );
}

function writeStubs(folder: string, stubs: readonly Stubbed[], exact: Assignment['exact'], open: readonly string[]): void {
  for (const { key, installName } of stubs) {
    const name = key.slice(key.indexOf(':') + 1);
    const file = key.startsWith('framework:') ? `${name}.framework/${name}.tbd` : `lib${name}.tbd`;
    writeNow(join(folder, file), renderStub(installName, exact.get(key) ?? []));
  }
  writeNow(join(folder, `lib${OPEN}.tbd`), renderStub(`/${OPEN}`, open));
}

function flatSymbols(file: string): readonly string[] {
  return importsOf(file).flatMap(({ symbol, from }) => (from === 'flat' ? [symbol] : []));
}

function usedOf(file: string, symbols: readonly string[]): ReadonlySet<string> {
  const imported = new Set(importsOf(file).map(({ symbol }) => symbol));
  return new Set(symbols.filter((symbol) => imported.has(symbol)));
}

function importsOf(file: string) {
  const read = readImports(readBytesNow(file) ?? new Uint8Array());
  return read.ok ? read.value : [];
}

/** The linker names what is undefined; why nobody was found for it is ours to say. */
function explained(ran: Ran, { impossible }: Assignment, line: LinkLine): Ran {
  const missing = impossible.filter((symbol) => ran.stderr.includes(`undefined symbol: ${symbol}\n`));
  if (ran.status === 0 || missing.length === 0) return ran;
  const names = [...line.frameworks, ...line.libraries.filter((name) => systemLibrary(name))];
  const help =
    `note: nx-cargo-cross: without Apple's SDK, symbols are looked for among the frameworks and libraries of the link line (${names.join(', ')}).\n` +
    `No crate declares ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ` and ${missing.length - 5} more` : ''} in a block with #[link(name = "...", kind = "framework")] of one of them, and no name of theirs is like it.\n` +
    `help: link the framework that has it, or name Apple's SDK: "sdk" in nx.json.\n`;
  return { ...ran, stderr: `${ran.stderr.replace(/\n?$/, '\n')}${help}` };
}
