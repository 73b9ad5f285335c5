/** Which libraries a platform's artifacts may need. */
import type { Libc } from '../platform/known.js';

/** A library that must not be needed, and why. */
export interface ForbiddenLibrary {
  /** With `*` for any text; compared without regard to case on Windows, exactly elsewhere. */
  readonly pattern: string;
  readonly why: string;
  /** What to do about it. */
  readonly help: string;
}

/** Which names of libraries are fine, and which are not. */
export interface LibraryRule {
  readonly forbidden: readonly ForbiddenLibrary[];
  /** What every name must start with; undefined when any other name will do. */
  readonly allowedPrefixes: readonly string[] | undefined;
  readonly ignoreCase: boolean;
}

const MIXED_LIBC_HELP =
  'Some C code or prebuilt library was linked for another C library. Look for -L and -l in build scripts and rustflags, and for ' +
  'pkg-config finding libraries of this machine.';

const ofLibc = (name: string, patterns: readonly string[]): readonly ForbiddenLibrary[] =>
  patterns.map((pattern) => ({ pattern, why: `it belongs to ${name}`, help: MIXED_LIBC_HELP }));

const GLIBC = ofLibc('glibc', ['libc.so.6', 'libm.so.6', 'libpthread.so.0', 'libdl.so.2', 'librt.so.1', 'ld-linux*', 'ld64.so.*']);
const MUSL = ofLibc('musl', ['libc.musl-*', 'ld-musl-*']);
/** The plain name is that of musl's and of bionic's C library. */
const NOT_GLIBC = ofLibc('musl or Android', ['libc.so']);

const TOOLCHAIN_DLLS: readonly ForbiddenLibrary[] = [
  'libgcc_s_*',
  'libstdc++-6.dll',
  'libwinpthread-1.dll',
  'libunwind.dll',
  'libc++.dll',
  'libatomic-1.dll',
  'libssp-0.dll',
].map((pattern) => ({
  pattern,
  why: 'it belongs to the compiler, and no Windows has it',
  help: 'Link it into the file: add "-C", "link-arg=-static" to the rustflags of this platform.',
}));

const MSVC_RUNTIME_DLLS: readonly ForbiddenLibrary[] = ['vcruntime140*.dll', 'msvcp140*.dll', 'ucrtbase*.dll', 'api-ms-win-crt-*'].map((pattern) => ({
  pattern,
  why: 'the C runtime was to be linked statically',
  help: 'Add "-C", "target-feature=+crt-static" to the rustflags of this platform, and build C code with /MT.',
}));

/** What every macOS has, or what lies beside the file itself. */
const MACOS_PREFIXES = ['/usr/lib/', '/System/Library/', '@rpath/', '@loader_path/', '@executable_path/'];

const anyBut = (...forbidden: readonly (readonly ForbiddenLibrary[])[]): LibraryRule => ({
  forbidden: forbidden.flat(),
  allowedPrefixes: undefined,
  ignoreCase: false,
});

/** The rule for programs and shared libraries of a C library. */
export function libraryRuleOf(libc: Libc, linkage: 'static' | 'dynamic' | undefined): LibraryRule {
  switch (libc) {
    case 'glibc':
      return anyBut(MUSL, NOT_GLIBC);
    case 'musl':
      return anyBut(GLIBC);
    case 'bionic':
    case 'freebsd':
      return anyBut(GLIBC, MUSL);
    case 'mingw':
      return { ...anyBut(TOOLCHAIN_DLLS), ignoreCase: true };
    case 'msvc':
      return { ...anyBut(TOOLCHAIN_DLLS, linkage === 'static' ? MSVC_RUNTIME_DLLS : []), ignoreCase: true };
    case 'libsystem':
      return { ...anyBut(), allowedPrefixes: MACOS_PREFIXES };
    case 'wasi':
    case 'none':
      return anyBut();
  }
}

/** The entry that forbids a library, if any does. */
export function forbiddenBy(rule: LibraryRule, library: string): ForbiddenLibrary | undefined {
  const name = rule.ignoreCase ? library.toLowerCase() : library;
  return rule.forbidden.find(({ pattern }) => matches(pattern, name));
}

/** Whether the pattern's parts follow one another in the name, the first at its start and the last at its end. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (!name.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return name === first;
  let from = first.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return name.length - last.length >= from && name.endsWith(last);
}
