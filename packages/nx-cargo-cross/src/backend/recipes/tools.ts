/** Tools of the host that build scripts start, and how they are installed. */
import type { Host, ToolCandidate, ToolNeed } from '../contract.js';
import type { Environment } from '../env-edit.js';

/** What of Perl OpenSSL's Configure loads; Debian's perl-base has none of them. Source: OpenSSL 3, NOTES-PERL.md and Configure. */
const PERL_MODULES = ['FindBin', 'File::Compare', 'IPC::Cmd', 'Time::Piece'];

/** `variable` counts where it names a whole path; a bare name in it is looked up by its reader. */
function named(env: Environment, ...variables: readonly string[]): readonly ToolCandidate[] {
  return variables.filter((variable) => env[variable]?.startsWith('/')).map((variable) => ({ from: 'env', variable }));
}

export function perl(host: Host, env: Environment): ToolNeed {
  // Looked for, not loaded: that takes ten times as long.
  const check = `for my $m (qw(${PERL_MODULES.join(' ')})) { my $f = $m =~ s{::}{/}gr; grep { -r "$_/$f.pm" } @INC or die "it has no module $m\\n" } printf "v%vd\\n", $^V`;
  return {
    key: 'perl',
    label: 'perl',
    candidates: [...named(env, 'OPENSSL_SRC_PERL', 'PERL'), { from: 'path', name: 'perl' }],
    version: { args: ['-e', check], pattern: /^v(\d+(?:\.\d+)*)/m },
    install: host.os === 'macos' ? 'brew install perl' : 'apt-get install perl',
  };
}

export function make(host: Host): ToolNeed {
  return {
    key: 'make',
    label: 'make',
    candidates: [{ from: 'path', name: 'make' }, { from: 'path', name: 'gmake' }],
    version: undefined,
    install: host.os === 'macos' ? 'xcode-select --install' : 'apt-get install make',
  };
}

export function cmake(host: Host, env: Environment): ToolNeed {
  return {
    key: 'cmake',
    label: 'cmake',
    candidates: [...named(env, 'CMAKE'), { from: 'path', name: 'cmake' }, { from: 'path', name: 'cmake3' }],
    version: { args: ['--version'], pattern: /version (\d+(?:\.\d+)*)/ },
    install: host.os === 'macos' ? 'brew install cmake' : 'apt-get install cmake',
  };
}

export function pkgConfig(host: Host, env: Environment): ToolNeed {
  return {
    key: 'pkg-config',
    label: 'pkg-config',
    optional: true,
    candidates: [...named(env, 'PKG_CONFIG'), { from: 'path', name: 'pkg-config' }, { from: 'path', name: 'pkgconf' }],
    version: undefined,
    install: host.os === 'macos' ? 'brew install pkgconf' : 'apt-get install pkg-config',
  };
}

/** The folders in which clang-sys looks. Source: clang-sys 1.8 `build/common.rs`, `DIRECTORIES_LINUX` and `DIRECTORIES_MACOS`. */
const LIBCLANG_FOLDERS: readonly (readonly [at: string, below?: string])[] = [
  ['/usr/lib', 'llvm*/lib'],
  ['/usr/local', 'llvm*/lib*'],
  ['/usr/local/lib'],
  ['/usr/lib64'],
  ['/usr/lib'],
  ['/usr', 'lib*/*'],
  ['/usr', 'lib*/*/*'],
  ['/opt/homebrew/opt', 'llvm*/lib'],
  ['/usr/local/opt', 'llvm*/lib'],
  ['/Library/Developer/CommandLineTools/usr/lib'],
  ['/Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/lib'],
];

export function libclang(host: Host): ToolNeed {
  // Not libclang-cpp, which is another library: `libclang.so`, `libclang-14.so.1`.
  const names = host.os === 'macos' ? ['libclang.dylib'] : ['libclang.so*', 'libclang-1*.so*', 'libclang-2*.so*'];
  return {
    key: 'libclang',
    label: 'libclang',
    candidates: LIBCLANG_FOLDERS.flatMap(([path, below]) => names.map((holds) => ({ from: 'folder', at: { path }, ...(below === undefined ? {} : { below }), holds }))),
    version: undefined,
    install: host.os === 'macos' ? 'brew install llvm' : 'apt-get install libclang-dev',
  };
}
