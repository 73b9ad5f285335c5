/**
 * Where zig keeps the headers that its compiler reads for a target, for a libclang that reads them without zig. Source: `zig c++ -E -v` of 0.16.0 for
 * every row of `targets.ts`. A folder that another version of zig lacks does no harm: clang passes over what is not there.
 */
import type { KnownTriple, Machine } from '../../platform/known.js';
import type { ClangView } from '../cc-env.js';
import type { FoundTool } from '../contract.js';

/** zig's folders of headers are named by families of processors, which the kernel's headers have broader than the C library's. */
const KERNEL: Readonly<Partial<Record<Machine, string>>> = { x86_64: 'x86', i386: 'x86', riscv64: 'riscv', powerpc64: 'powerpc', loongarch64: 'loongarch' };
const MUSL: Readonly<Partial<Record<Machine, string>>> = { i386: 'x86' };

/** zig's libc++ has no `__config_site`: zig says these to its compiler instead. */
const LIBCXX = [
  'ABI_VERSION=1',
  'ABI_NAMESPACE=__1',
  'HAS_THREADS=1',
  'HAS_MONOTONIC_CLOCK',
  'HAS_TERMINAL',
  'HAS_VENDOR_AVAILABILITY_ANNOTATIONS=0',
  'HAS_FILESYSTEM=1',
  'HAS_RANDOM_DEVICE',
  'HAS_LOCALIZATION',
  'HAS_UNICODE',
  'HAS_WIDE_CHARACTERS',
  'HAS_NO_STD_MODULES',
  'PSTL_BACKEND_SERIAL',
  'HARDENING_MODE=_LIBCPP_HARDENING_MODE_NONE',
];

/**
 * @param target zig's target, whose glibc floor the headers must know: they leave out what is newer.
 * @param zig where zig is; its `lib` folder lies beside it unless a variable names another.
 */
export function zigHeaders(facts: KnownTriple, target: string, zig: FoundTool): ClangView {
  const lib = zig.env['ZIG_LIB_DIR'] ?? `${zig.path.slice(0, Math.max(0, zig.path.lastIndexOf('/')))}/lib`;
  const glibcMinor = facts.libc === 'glibc' ? /\.2\.(\d+)$/.exec(target)?.[1] : undefined;
  return {
    // clang has another name for it, and refuses Rust's as a version of something.
    ...(facts.env === 'gnullvm' ? { target: facts.triple.replace(/llvm$/, '') } : {}),
    cxxIncludeDirs: [`${lib}/libcxx/include`, `${lib}/libcxxabi/include`],
    includeDirs: libcFolders(facts).map((folder) => `${lib}/libc/include/${folder}`),
    args: [
      ...(glibcMinor === undefined ? [] : [`-D__GLIBC_MINOR__=${glibcMinor}`]),
      ...(facts.os === 'windows' ? ['-D__MSVCRT_VERSION__=0xE00', '-D_WIN32_WINNT=0x0a00'] : []),
      ...LIBCXX.map((word) => `-D_LIBCPP_${word}`),
      `-D_LIBCPP_HAS_MUSL_LIBC=${facts.libc === 'musl' ? 1 : 0}`,
    ],
  };
}

function libcFolders({ os, libc, machine }: KnownTriple): readonly string[] {
  if (os === 'windows') return ['any-windows-any'];
  if (os === 'macos') return ['any-darwin-any'];
  if (os === 'freebsd') return [`${machine}-freebsd-none`, 'generic-freebsd'];
  const kernel = [`${KERNEL[machine] ?? machine}-linux-any`, 'any-linux-any'];
  if (libc === 'musl') return [`${MUSL[machine] ?? machine}-linux-musl`, 'generic-musl', ...kernel];
  return [`${KERNEL[machine] ?? machine}-linux-gnu`, 'generic-glibc', ...kernel];
}
