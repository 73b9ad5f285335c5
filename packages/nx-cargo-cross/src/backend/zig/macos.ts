/**
 * macOS through zig: with Apple's SDK where the user has one, else with stubs. zig brings libSystem and its headers; it reads no SDK by itself, and its
 * `--sysroot` puts the folder in front of paths that begin with it already (measured with 0.16.0), so the SDK's folders are named one by one.
 */
import { quoteWord } from '../../diagnostics/quote.js';
import { systemLibraryNames } from '../apple/libraries.js';
import { SDK_PLACES } from '../apple/sdk.js';
import type { ClosurePackage, GeneratedFile } from '../contract.js';
import type { EnvEdit } from '../env-edit.js';
import { macosStubs } from './stubs.js';

export interface ZigMacos {
  /** Absolute; undefined where there is none. */
  readonly sdk: string | undefined;
}

/** Libraries that std asks of every program, and whose few symbols are known: a link with them alone is an ordinary one. */
const EVERYWHERE: ReadonlySet<string> = new Set(['iconv', 'charset']);

/** A shell pattern over words that name a framework, or a library that a stub must stand for. */
export const STUBBED_WORDS = [
  '-framework|-weak_framework|-needed_framework|-Wl,-framework*|-Wl,-weak_framework*|-Wl,-needed_framework*',
  ...systemLibraryNames().flatMap((name) => (EVERYWHERE.has(name) ? [] : [`-l${name}`])),
].join('|');

/** A library that is given no name gets the path it is linked at, which is a path of the machine that builds. */
const NAME_OF_LIBRARY = `  if [ "$dylib" ] && ! [ "$named" ]; then
    before= out=
    for a do
      if [ "$before" = -o ]; then out=$a; fi
      before=$a
    done
    if [ "$out" ]; then set -- "$@" -install_name "@rpath/\${out##*/}"; fi
  fi`;

/** Shell lines that give a link its last words. */
export function macosLinkWords({ sdk }: ZigMacos): string {
  if (sdk !== undefined) {
    const places = [`-L${sdk}/${SDK_PLACES.libraries}`, `-F${sdk}/${SDK_PLACES.frameworks}`];
    return `${NAME_OF_LIBRARY}\n  set -- "$@" ${places.map(quoteWord).join(' ')}`;
  }
  return `  if [ "$once" ]; then set -- "$@" -lcharset; fi\n${NAME_OF_LIBRARY}\n  set -- "$@" -L"$d/stubs"`;
}

/** Headers that macOS has and zig has not, and that are included for nothing: jemalloc looks there for system calls, and uses none of them. */
const EMPTY_HEADERS = ['sys/syscall.h'];
const OWN_HEADERS = 'include';

/**
 * Words that every compilation gets in front: zig puts its own headers before them.
 * @param directory of the scripts.
 */
export function macosCompileWords({ sdk }: ZigMacos, directory: string): readonly string[] {
  if (sdk === undefined) return ['-idirafter', `${directory}/${OWN_HEADERS}`];
  return ['-isystem', `${sdk}/${SDK_PLACES.headers}`, '-iframework', `${sdk}/${SDK_PLACES.frameworks}`];
}

/**
 * The shell lines that run a link, where stubs have to be made for it.
 * @param command the driver with its first words.
 * @param program the variable that has the words which start the program that makes them, one a line.
 */
export function macosStubbedLink({ sdk }: ZigMacos, command: string, program: string): string {
  if (sdk !== undefined) return '';
  return `if [ "$stubbed" ] && ! [ "$compile" ]; then
  set -f
  IFS='
'
  set -- $${program} ${command} -- "$@"
  if [ "$response" ]; then "$@"; exit $?; fi
  exec "$@"
fi
`;
}

/** Stubs of what every program asks for, and headers that are included for nothing. */
export function macosFiles({ sdk }: ZigMacos): readonly GeneratedFile[] {
  if (sdk !== undefined) return [];
  const headers = EMPTY_HEADERS.map((name) => ({ path: `${OWN_HEADERS}/${name}`, text: `/* For what includes <${name}> and uses nothing of it. */\n`, executable: false }));
  return [...macosStubs(), ...headers];
}

/** rustc asks xcrun for an SDK unless one is named; any folder will do for what zig links. */
export function macosEnv({ sdk }: ZigMacos, directory: string, closure: readonly ClosurePackage[]): readonly EnvEdit[] {
  if (sdk !== undefined) return [{ kind: 'set', name: 'SDKROOT', value: sdk }];
  const names = [...new Set(closure.map(({ name }) => name))].sort();
  return [
    { kind: 'set-if-missing', name: 'SDKROOT', value: `${directory}/stubs`, spellings: [] },
    ...(names.length > 0 ? [{ kind: 'set', name: 'NX_CARGO_CROSS_CLOSURE', value: names.join(' ') } as const] : []),
  ];
}
