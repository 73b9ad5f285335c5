/** LLVM's tools under the names, and with the words, of Microsoft's. */
import { quoteWord } from '../../diagnostics/quote.js';
import type { GeneratedFile } from '../contract.js';

const script = (path: string, command: readonly string[]): GeneratedFile => ({ path, text: `#!/bin/sh\nexec ${command.map(quoteWord).join(' ')} "$@"\n`, executable: true });

export interface ClangCl {
  readonly clang: string;
  readonly target: string;
  readonly includes: readonly string[];
  /** Further words. */
  readonly words: readonly string[];
}

/**
 * clang as clang-cl, for C and for C++: cc-rs knows it for Microsoft's kind by its file name, so the second lies in a folder of its own. C++ has exceptions,
 * which Microsoft's compiler and its project files switch on, and clang-cl does not.
 */
export function clangCl({ clang, target, includes, words }: ClangCl): readonly GeneratedFile[] {
  const common = [clang, '--driver-mode=cl', `--target=${target}`, '-fuse-ld=lld-link', '-Wno-unused-command-line-argument', ...words, ...includes.flatMap((folder) => ['/imsvc', folder])];
  return [script('clang-cl', common), script('cxx/clang-cl', [...common, '/EHsc'])];
}

/** lld under the name by which it is Microsoft's linker. rustc says the same in words; CMake and clang-cl do not. */
export function lldLink(lld: string): GeneratedFile {
  return { path: 'lld-link', text: `#!/bin/sh\ncase $1 in -flavor) shift 2;; esac\nexec ${quoteWord(lld)} -flavor link "$@"\n`, executable: true };
}

/** lld-link is Microsoft's `lib` too, when told so. */
export function llvmLib(lld: string): GeneratedFile {
  return script('llvm-lib', [lld, '-flavor', 'link', '/lib']);
}

/** The resource compiler, which knows no system headers. */
export function llvmRc(rc: string, includes: readonly string[]): GeneratedFile {
  return script('llvm-rc', [rc, ...includes.flatMap((folder) => ['/I', folder])]);
}
