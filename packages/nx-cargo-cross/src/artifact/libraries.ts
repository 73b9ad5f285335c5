/** Which libraries a platform's artifacts may need. */
import type { FindingCode } from '../diagnostics/finding.js';
import type { Libc } from '../platform/known.js';
import { matchesPattern } from './pattern.js';
import { ANDROID_LIBRARIES, FREEBSD_LIBRARIES, GLIBC_LIBRARIES, MACOS_LIBRARIES, MUSL_LIBRARIES, WINDOWS_LIBRARIES } from './system-libraries.js';

/** A library that must not be needed, and why. */
export interface ForbiddenLibrary {
  readonly code: Extract<FindingCode, 'foreign-libc' | 'toolchain-library' | 'crt'>;
  /** With `*` for any text; compared without regard to case on Windows, exactly elsewhere. */
  readonly pattern: string;
  readonly why: string;
  /** What to do about it. */
  readonly help: string;
}

/** Which names of libraries are fine, and which are not. */
export interface LibraryRule {
  readonly forbidden: readonly ForbiddenLibrary[];
  /** Patterns of what every system of the platform has; undefined where libraries are no matter of files. */
  readonly expected: readonly string[] | undefined;
  readonly ignoreCase: boolean;
}

const MIXED_LIBC_HELP =
  'Some C code or prebuilt library was linked for another C library. Look for -L and -l in build scripts and rustflags, and for ' +
  'pkg-config finding libraries of this machine.';

const ofLibc = (name: string, patterns: readonly string[]): readonly ForbiddenLibrary[] =>
  patterns.map((pattern) => ({ code: 'foreign-libc', pattern, why: `it belongs to ${name}`, help: MIXED_LIBC_HELP }));

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
  code: 'toolchain-library',
  pattern,
  why: 'it belongs to the compiler, and no Windows has it',
  help: 'Link it into the file: add "-C", "link-arg=-static" to the rustflags of this platform.',
}));

const MSVC_RUNTIME_DLLS: readonly ForbiddenLibrary[] = ['vcruntime140*.dll', 'msvcp140*.dll', 'ucrtbase*.dll', 'api-ms-win-crt-*'].map((pattern) => ({
  code: 'crt',
  pattern,
  why: 'the C runtime was to be linked statically',
  help: 'Add "-C", "target-feature=+crt-static" to the rustflags of this platform, and build C code with /MT.',
}));

const MSVC_RUNTIME = MSVC_RUNTIME_DLLS.map(({ pattern }) => pattern);

const rule = (expected: readonly string[] | undefined, ...forbidden: readonly (readonly ForbiddenLibrary[])[]): LibraryRule => ({
  forbidden: forbidden.flat(),
  expected,
  ignoreCase: false,
});

/** The rule for programs and shared libraries of a C library. */
export function libraryRuleOf(libc: Libc, linkage: 'static' | 'dynamic' | undefined): LibraryRule {
  switch (libc) {
    case 'glibc':
      return rule(GLIBC_LIBRARIES, MUSL, NOT_GLIBC);
    case 'musl':
      return rule(MUSL_LIBRARIES, GLIBC);
    case 'bionic':
      return rule(ANDROID_LIBRARIES, GLIBC, MUSL);
    case 'freebsd':
      return rule(FREEBSD_LIBRARIES, GLIBC, MUSL);
    case 'mingw':
      return { ...rule(WINDOWS_LIBRARIES, TOOLCHAIN_DLLS), ignoreCase: true };
    case 'msvc':
      return { ...rule([...WINDOWS_LIBRARIES, ...MSVC_RUNTIME], TOOLCHAIN_DLLS, linkage === 'static' ? MSVC_RUNTIME_DLLS : []), ignoreCase: true };
    case 'libsystem':
      return rule(MACOS_LIBRARIES);
    case 'wasi':
    case 'none':
      return rule(undefined);
  }
}

/** The entry that forbids a library, if any does. */
export function forbiddenBy(libraries: LibraryRule, library: string): ForbiddenLibrary | undefined {
  const name = libraries.ignoreCase ? library.toLowerCase() : library;
  return libraries.forbidden.find(({ pattern }) => matchesPattern(pattern, name));
}

/** Whether every system of the platform has a library. */
export function isExpected(libraries: LibraryRule, library: string): boolean {
  const name = libraries.ignoreCase ? library.toLowerCase() : library;
  return libraries.expected === undefined || libraries.expected.some((pattern) => matchesPattern(pattern, name));
}
