/** Which package of Debian brings a program. */

/** Debian's package for a program that some build script calls. */
const PACKAGES: Readonly<Record<string, string>> = {
  perl: 'perl',
  make: 'make',
  gmake: 'make',
  cmake: 'cmake',
  nasm: 'nasm',
  protoc: 'protobuf-compiler',
  git: 'git',
  python3: 'python3',
  clang: 'clang',
  autoreconf: 'autoconf automake libtool',
  cc: 'gcc libc6-dev',
  gcc: 'gcc libc6-dev',
  'c++': 'g++',
  'g++': 'g++',
  'x86_64-w64-mingw32-gcc': 'gcc-mingw-w64-x86-64',
  'x86_64-w64-mingw32-g++': 'g++-mingw-w64-x86-64',
  'i686-w64-mingw32-gcc': 'gcc-mingw-w64-i686',
  'i686-w64-mingw32-g++': 'g++-mingw-w64-i686',
};

/** How to get a compiler or program on Debian, from its name; undefined where the name says nothing. */
export function install(program: string): string | undefined {
  const name = program.slice(program.lastIndexOf('/') + 1);
  const cross = /^((?:[a-z0-9_]+)-linux-gnu[a-z0-9]*)-(gcc|g\+\+)$/.exec(name);
  const packages = PACKAGES[name] ?? (cross ? `${cross[2] ?? ''}-${(cross[1] ?? '').replaceAll('_', '-')}` : undefined);
  return packages === undefined ? undefined : `apt-get install ${packages}`;
}
