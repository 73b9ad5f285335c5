/** What a gcc says of its C library: where it is, and how old. Asked of the compiler itself, so that it is known before anything is compiled. */
import type { Failure } from '../../diagnostics/failure.js';
import { compareGlibc, formatGlibc, parseGlibc, type GlibcVersion } from '../../platform/glibc.js';
import type { Triple } from '../../platform/triple.js';
import type { FoundTool, Host, ToolQuestion } from '../contract.js';
import { installCommand } from './rows.js';

/** gcc prints the bare name of a file that it does not find. Source: GCC manual, `-print-file-name`. */
const folderOf = (file: string): ToolQuestion => ({ args: [`-print-file-name=${file}`], pattern: /^(\/.*\/)[^/]+$/m });

export const GLIBC_QUESTIONS: Readonly<Record<string, ToolQuestion>> = {
  libc: folderOf('crt1.o'),
  gcc: folderOf('crtbegin.o'),
  folders: { args: ['-print-search-dirs'], pattern: /^libraries: =?(.+)$/m },
  glibc: { args: ['-E', '-dM', '-include', 'features.h', '-x', 'c', '/dev/null'], pattern: /^#define __GLIBC_MINOR__ (\d+)$/m },
};

/** Folders of `-print-search-dirs` that hold the libraries of the machine itself, and no cross toolchain's. */
const HOST_FOLDERS = /^\/(usr\/)?lib\/(\.\.\/lib\/)?$/;

export interface Sysroot {
  /** The folder of crt1.o, and the one of crtbegin.o, each with `/` at the end. */
  readonly libc: string;
  readonly gcc: string;
  readonly folders: readonly string[];
  readonly glibc: GlibcVersion | undefined;
}

/** The C library of a compiler, or why it cannot link. Undefined where nothing was asked. */
export function sysrootOf(triple: Triple, host: Host, cc: FoundTool, alternatives: readonly string[]): Sysroot | Failure | undefined {
  const { answers } = cc;
  if (!answers) return undefined;
  const { libc, gcc, folders = '', glibc } = answers;
  if (libc === undefined || gcc === undefined) {
    const file = libc === undefined ? 'crt1.o' : 'crtbegin.o';
    return {
      code: 'tool-missing',
      tool: `the C library of ${triple.name} (${file})`,
      neededFor: `linking with ${cc.path}, which is there`,
      searched: [`${cc.path} -print-file-name=${file}`],
      install: installCommand(triple, host),
      alternatives,
    };
  }
  return {
    libc,
    gcc,
    folders: folders.split(':').filter((folder) => folder !== '' && !HOST_FOLDERS.test(folder)),
    glibc: glibc === undefined ? undefined : parseGlibc(`2.${glibc}`),
  };
}

/** A floor that the toolchain's own glibc cannot keep: what is linked against it asks for its symbols. */
export function floorFailure(triple: Triple, asked: GlibcVersion | undefined, own: GlibcVersion | undefined, alternatives: readonly string[]): Failure | undefined {
  if (!asked || !own || compareGlibc(asked, own) >= 0) return undefined;
  const raise = `set "glibc" to "${formatGlibc(own)}", which is what this machine's toolchain links against`;
  return {
    code: 'linkage-impossible',
    triple: triple.name,
    backend: 'gcc',
    asked: `glibc = "${formatGlibc(asked)}"`,
    why: `The toolchain's own glibc is ${formatGlibc(own)}, and programs that are linked against it ask for its symbols (every program for __libc_start_main of 2.34).`,
    help: alternatives.includes('zig') ? `Choose backend "zig" for ${triple.name}, which links against any glibc; or ${raise}.` : `Build on a system with glibc ${formatGlibc(asked)}; or ${raise}.`,
    option: 'glibc',
  };
}
