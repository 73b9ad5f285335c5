/**
 * What real tools printed, one sample per row of `diagnostics/raw-errors.ts`: rustc and cargo 1.95, gcc 12.2, clang and lld 19, zig 0.16.0, CMake 3.25,
 * cc 1.4, pkg-config 0.3.34, cmake 0.1.58, bindgen 0.72.1, openssl-sys 0.9.118. Folders are shortened to /ws and /home/me; long command lines are cut.
 * Those of tools that are not at hand are from the issues that the row names.
 */
import type { BuildFacts } from '../diagnostics/diagnose.js';

export interface RawErrorSample {
  readonly id: string;
  /** What was done. */
  readonly when: string;
  readonly output: string;
  readonly facts?: Partial<BuildFacts>;
  /** Must be in the cause. */
  readonly cause: string;
  /** Must be in the help. */
  readonly help: string;
}

export const FACTS: BuildFacts = {
  crate: 'vault',
  platform: 'aarch64-linux',
  triple: 'aarch64-unknown-linux-gnu',
  backend: 'zig',
  os: 'linux',
  libc: 'glibc',
  toolchain: 'rustc 1.95.0 (59807616e 2026-04-14)',
  manifest: 'rust/Cargo.toml',
  linkedBy: [],
};

const WINDOWS: Partial<BuildFacts> = { platform: 'x86_64-windows', triple: 'x86_64-pc-windows-gnu', backend: 'gcc', os: 'windows', libc: 'mingw' };
const MACOS: Partial<BuildFacts> = { platform: 'aarch64-macos', triple: 'aarch64-apple-darwin', os: 'macos', libc: 'libsystem' };

/** As cargo frames what a linker prints. */
const linking = (linker: string, said: string): string => `   Compiling plain v0.1.0 (/ws/plain)
error: linking with \`${linker}\` failed: exit status: 1
  |
  = note: some arguments are omitted. use \`--verbose\` to show all linker arguments
  = note: ${said}
          collect2: error: ld returned 1 exit status


error: could not compile \`plain\` (bin "plain") due to 1 previous error
`;

/** As cargo frames what a build script prints. */
const script = (crate: string, said: string): string => `error: failed to run custom build command for \`${crate}\`

Caused by:
  process didn't exit successfully: \`/ws/target/debug/build/x-1bfcd6cb580ddd1f/build-script-build\` (exit status: 101)
  --- stderr

${said}
warning: build failed, waiting for other jobs to finish...
`;

export const RAW_ERROR_SAMPLES: readonly RawErrorSample[] = [
  {
    id: 'disk-full',
    when: 'the target folder on a full file system',
    output: "error: could not compile `plain` (bin \"plain\")\n\nCaused by:\n  No space left on device (os error 28)\n\nCaused by:\n  failed to parse process output: `rustc --crate-name plain`\n",
    cause: 'The disk is full',
    help: 'cargo clean --manifest-path rust/Cargo.toml',
  },
  { id: 'disk-full', when: 'rust-lld mapping its output there', output: linking('cc', 'PLEASE submit a bug report to https://github.com/llvm/llvm-project/issues/\n          collect2: fatal error: ld terminated with signal 7 [Bus error]'), cause: 'bus error', help: 'CARGO_TARGET_DIR' },
  {
    id: 'out-of-memory',
    when: 'rustc was killed',
    output: "error: could not compile `plain` (bin \"plain\")\n\nCaused by:\n  process didn't exit successfully: `rustc --crate-name plain --edition=2021 src/main.rs` (signal: 9, SIGKILL: kill)\n",
    cause: 'no memory left',
    help: 'CARGO_BUILD_JOBS=1',
  },
  { id: 'out-of-memory', when: 'the linker was killed', output: linking('gcc', 'collect2: fatal error: ld terminated with signal 9 [Killed]\n          compilation terminated.'), cause: 'killed', help: '--parallel=1' },
  {
    id: 'registry-unreachable',
    when: 'no network',
    output:
      '    Updating crates.io index\nerror: failed to get `libz-sys` as a dependency of package `net v0.1.0 (/ws/net)`\n\nCaused by:\n  download of config.json failed\n\nCaused by:\n  failed to download from `https://registry.example/config.json`\n\nCaused by:\n  [7] Could not connect to server (Failed to connect to 127.0.0.1 port 9 after 0 ms: Could not connect to server)\n',
    cause: 'registry cannot be reached',
    help: 'cargo fetch --locked --manifest-path rust/Cargo.toml',
  },
  {
    id: 'registry-unreachable',
    when: '--offline, and a crate never fetched',
    output: "error: no matching package named `itoa` found\nlocation searched: crates.io index\nrequired by package `off v0.1.0 (/ws/off)`\nAs a reminder, you're using offline mode (--offline) which can sometimes cause surprising resolution failures, if this error is too confusing you may wish to retry without `--offline`.\n",
    cause: 'offline',
    help: 'cargo vendor',
  },
  { id: 'rustc-too-old', when: 'rust-version', output: 'error: rustc 1.95.0 is not supported by the following package:\n  rv@0.1.0 requires rustc 1.99\n\n', cause: 'rv@0.1.0 requires rustc 1.99', help: 'rustup update stable' },
  {
    id: 'rustc-too-old',
    when: 'an edition to come',
    output: 'error: failed to parse manifest at `/ws/ed/Cargo.toml`\n\nCaused by:\n  failed to parse the `edition` key\n\nCaused by:\n  this version of Cargo is older than the `2027` edition, and only supports `2015`, `2018`, `2021`, and `2024` editions.\n',
    cause: 'for a package: 2027',
    help: 'cargo update -p',
  },
  { id: 'profile-unknown', when: 'a profile that nobody defined', output: 'error: profile `fast` is not defined\n', cause: '"fast"', help: '[profile.fast]' },
  { id: 'feature-unknown', when: 'a feature that nobody defined', output: "error: the package 'vault' does not contain this feature: turbo\n", cause: 'turbo', help: '"features"' },
  {
    id: 'triple-unknown',
    when: 'a triple that is none',
    output: 'error: failed to run `rustc` to learn about target-specific information\n\nCaused by:\n  --- stderr\n  error: error loading target specification: could not find specification for target "aarch64-linux-gnu"\n',
    cause: '"aarch64-linux-gnu"',
    help: 'rustc --print target-list',
  },
  {
    id: 'std-missing',
    when: 'no std for the triple',
    output:
      "   Compiling plain v0.1.0 (/ws/plain)\nerror[E0463]: can't find crate for `std`\n  |\n  = note: the `aarch64-unknown-linux-gnu` target may not be installed\n  = help: consider downloading the target with `rustup target add aarch64-unknown-linux-gnu`\n",
    cause: 'rustc 1.95.0 (59807616e 2026-04-14)) has no std for aarch64-unknown-linux-gnu',
    help: 'rustup target add aarch64-unknown-linux-gnu',
  },
  { id: 'bitcode-missing', when: 'lto over an rlib made with -Cembed-bitcode=no', output: "error: failed to get bitcode from object file for LTO (Can't find section .llvmbc)\n\nerror: aborting due to 1 previous error\n", cause: 'bitcode', help: 'lto = "off"' },
  {
    id: 'host-glibc',
    when: 'a target folder shared with a newer system',
    output: script('libc v0.2.126', "  /target/release/build/libc-00b6/build-script-build: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.33' not found (required by /target/release/build/libc-00b6/build-script-build)"),
    cause: '/target/release/build/libc-00b6/build-script-build runs on this machine',
    help: 'cargo clean',
  },
  {
    id: 'host-built-by-cross-linker',
    when: "the host's linker set to the target's",
    output:
      "   Compiling hostb v0.1.0 (/ws/hostb)\nerror: linking with `aarch64-linux-gnu-gcc` failed: exit status: 1\n  |\n  = note: aarch64-linux-gnu-gcc: error: unrecognized command-line option '-m64'\n\n\nerror: could not compile `hostb` (build script) due to 1 previous error\n",
    cause: 'build script of hostb',
    help: '.cargo/config.toml',
  },
  {
    id: 'exec-format',
    when: 'a build script for the target',
    output: 'error: failed to run custom build command for `hostb v0.1.0 (/ws/hostb)`\n\nCaused by:\n  could not execute process `/ws/target/debug/build/hostb-1/build-script-build` (never executed)\n\nCaused by:\n  Exec format error (os error 8)\n',
    cause: '/ws/target/debug/build/hostb-1/build-script-build is for another processor',
    help: '[build]',
  },
  {
    id: 'openssl-missing',
    when: 'openssl-sys without an OpenSSL for the target',
    output: script(
      'openssl-sys v0.9.118',
      '  Could not find openssl via pkg-config:\n  pkg-config has not been configured to support cross-compilation.\n\n  Could not find directory of OpenSSL installation, and this `-sys` crate cannot\n  proceed without this knowledge.\n\n  $HOST = x86_64-unknown-linux-gnu\n  $TARGET = aarch64-unknown-linux-gnu\n  openssl-sys = 0.9.118\n',
    ),
    cause: 'OpenSSL made for aarch64-unknown-linux-gnu',
    help: 'AARCH64_UNKNOWN_LINUX_GNU_OPENSSL_DIR',
  },
  {
    id: 'pkg-config-cross',
    when: 'pkg-config closed for the triple',
    output: script('pkgc v0.1.0 (/ws/pkgc)', "  thread 'main' (4197) panicked at build.rs:1:44:\n  called `Result::unwrap()` on an `Err` value: pkg-config has not been configured to support cross-compilation.\n\n  Install a sysroot for the target platform and configure it via\n  PKG_CONFIG_SYSROOT_DIR and PKG_CONFIG_PATH, or install a\n  cross-compiling wrapper for pkg-config and set it via\n  PKG_CONFIG environment variable."),
    cause: 'must not be linked',
    help: 'PKG_CONFIG_LIBDIR_aarch64_unknown_linux_gnu=<folder> PKG_CONFIG_ALLOW_CROSS_aarch64_unknown_linux_gnu=1',
  },
  {
    id: 'pkg-config-missing',
    when: 'no pkg-config',
    output: script('pkgc v0.1.0 (/ws/pkgc)', "  called `Result::unwrap()` on an `Err` value: Could not run `PKG_CONFIG_ALLOW_SYSTEM_LIBS=1 PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1 pkg-config --libs --cflags foo`\n  The pkg-config command could not be found.\n\n  Most likely, you need to install a pkg-config package for your OS."),
    cause: 'calls pkg-config',
    help: 'apt-get install pkg-config',
  },
  {
    id: 'pkg-config-library',
    when: 'PKG_CONFIG_LIBDIR without the library',
    output: script('pkgc v0.1.0 (/ws/pkgc)', '  pkg-config exited with status code 1\n\n  The system library `foo` required by crate `pkgc` was not found.\n  The file `foo.pc` needs to be installed and the PKG_CONFIG_PATH environment variable must contain its parent directory.'),
    cause: 'Crate pkgc links the library foo',
    help: 'foo.pc: export PKG_CONFIG_LIBDIR_aarch64_unknown_linux_gnu=<folder>',
  },
  {
    id: 'c-compiler-missing',
    when: 'cc without a cross compiler',
    output: script('cc1 v0.1.0 (/ws/cc1)', '\n  error occurred in cc-rs: failed to find tool "riscv64-linux-gnu-gcc": No such file or directory (os error 2)\n\n'),
    facts: { triple: 'riscv64gc-unknown-linux-gnu', backend: 'native' },
    cause: 'riscv64-linux-gnu-gcc',
    help: 'apt-get install gcc-riscv64-linux-gnu',
  },
  {
    id: 'c-compiler-missing',
    when: 'cc without a C++ cross compiler',
    output: script('cc1 v0.1.0 (/ws/cc1)', '  error occurred in cc-rs: failed to find tool "x86_64-w64-mingw32-g++": No such file or directory (os error 2)'),
    facts: WINDOWS,
    cause: 'x86_64-w64-mingw32-g++',
    help: 'apt-get install g++-mingw-w64-x86-64',
  },
  {
    id: 'program-missing',
    when: 'the cmake crate without cmake',
    output: script('cmk v0.1.0 (/ws/cmk)', "  thread 'main' (4629) panicked at /home/me/.cargo/registry/src/x/cmake-0.1.58/src/lib.rs:1132:5:\n\n  failed to execute command: No such file or directory (os error 2)\n  is `cmake` not installed?\n\n  build script failed, must exit now"),
    cause: 'cmake',
    help: 'apt-get install cmake',
  },
  { id: 'program-missing', when: 'openssl-src without perl', output: script('openssl-sys v0.9.118', "  Error configuring OpenSSL build:\n    Command 'perl' not found. Is perl installed?\n    Command failed: \"perl\" \"./Configure\""), cause: 'perl', help: 'apt-get install perl' },
  { id: 'program-missing', when: 'prost-build without protoc', output: script('etcd v1.0.0', '  Error: Custom { kind: NotFound, error: "Could not find `protoc`. If `protoc` is installed, try setting the `PROTOC` environment variable' + ' to the path of the `protoc` binary." }'), cause: 'protoc', help: 'apt-get install protobuf-compiler' },
  { id: 'program-missing', when: 'a shell script that calls what is not there', output: script('x v1.0.0', '  ./autogen.sh: line 3: foo: bar\n  /bin/sh: 1: autoreconf: not found'), cause: 'autoreconf', help: 'apt-get install autoconf automake libtool' },
  { id: 'nasm-missing', when: 'aws-lc-sys for Windows without nasm', output: script('aws-lc-sys v0.20.1', '  Missing dependency: nasm'), facts: WINDOWS, cause: 'nasm', help: 'AWS_LC_SYS_PREBUILT_NASM = "1"' },
  {
    id: 'cmake-compiler',
    when: 'CMake with a compiler that is not there',
    output: '-- The C compiler identification is unknown\nCMake Error at CMakeLists.txt:2 (project):\n  The CMAKE_C_COMPILER:\n\n    aarch64-linux-gnu-gcc\n\n  is not a full path and was not found in the PATH.\n',
    cause: 'aarch64-linux-gnu-gcc',
    help: 'apt-get install gcc-aarch64-linux-gnu',
  },
  { id: 'cmake-generator', when: 'CMake without ninja', output: 'CMake Error: CMake was unable to find a build program corresponding to "Ninja".  CMAKE_MAKE_PROGRAM is not set.  You probably need to select a different build tool.\nCMake Error: CMAKE_C_COMPILER not set, after EnableLanguage\n', cause: 'Ninja', help: 'apt-get install ninja-build' },
  { id: 'cmake-generator', when: 'CMake without make', output: 'CMake Error: CMake was unable to find a build program corresponding to "Unix Makefiles".  CMAKE_MAKE_PROGRAM is not set.\n', cause: 'Unix Makefiles', help: 'apt-get install make' },
  { id: 'perl-module', when: 'perl without a module', output: "  Can't locate IPC/Cmd.pm in @INC (you may need to install the IPC::Cmd module) (@INC contains: /etc/perl) at Configure line 18.\nBEGIN failed--compilation aborted\n", cause: 'IPC::Cmd', help: 'dnf install perl-IPC-Cmd' },
  {
    id: 'build-script-of-the-host',
    when: 'a build script that makes its file on a Mac alone',
    output: `error: couldn't read \`/ws/target/nx-cross/aarch64-apple-darwin/debug/build/libproc-1798292dc387ce5b/out/osx_libproc_bindings.rs\`: No such file or directory (os error 2)
  --> /registry/libproc-0.14.11/src/lib.rs:68:5
   |
68 |     include!(concat!(env!("OUT_DIR"), "/osx_libproc_bindings.rs"));
`,
    cause: 'The build script of libproc ended well and made no osx_libproc_bindings.rs.',
    help: 'cargo tree --invert libproc --target aarch64-unknown-linux-gnu --manifest-path rust/Cargo.toml',
  },
  {
    id: 'bindgen-libclang',
    when: 'bindgen without libclang',
    output: script('bg v0.1.0 (/ws/bg)', "  thread 'main' (9465) panicked at bindgen-0.72.1/lib.rs:616:27:\n  Unable to find libclang: \"couldn't find any valid shared libraries matching: ['libclang.so', 'libclang-*.so'], set the `LIBCLANG_PATH` environment variable\""),
    cause: 'libclang',
    help: 'apt-get install libclang-dev',
  },
  {
    id: 'bindgen-headers',
    when: "libclang without clang's own headers",
    output: script('bg v0.1.0 (/ws/bg)', "  a.h:1:10: fatal error: 'stddef.h' file not found\n\n  called `Result::unwrap()` on an `Err` value: ClangDiagnostic(\"a.h:1:10: fatal error: 'stddef.h' file not found\\n\")"),
    cause: 'stddef.h',
    help: 'BINDGEN_EXTRA_CLANG_ARGS_aarch64_unknown_linux_gnu',
  },
  { id: 'apple-headers', when: "C with a framework's header, no SDK", output: "cf.c:1:10: fatal error: 'CoreFoundation/CoreFoundation.h' file not found\n    1 | #include <CoreFoundation/CoreFoundation.h>\n", facts: MACOS, cause: '<CoreFoundation/CoreFoundation.h>', help: 'sdk = "<folder of MacOSX.sdk>"' },
  { id: 'libc-headers', when: 'gcc -m32 without the 32-bit C library', output: 'In file included from <stdin>:1:\n/usr/include/stdio.h:27:10: fatal error: bits/libc-header-start.h: No such file or directory\n   27 | #include <bits/libc-header-start.h>\n', facts: { triple: 'i686-unknown-linux-gnu', platform: 'i686-linux' }, cause: 'bits/libc-header-start.h', help: 'libc6-dev-i386' },
  { id: 'libc-headers', when: 'the 32-bit stubs', output: 's32.c:1:10: fatal error: gnu/stubs-32.h: No such file or directory\n', cause: 'gnu/stubs-32.h', help: 'doctor --platform aarch64-linux --fix' },
  { id: 'libc-headers', when: 'clang without a sysroot', output: "st.c:1:10: fatal error: 'stdio.h' file not found\n", facts: { backend: 'gcc' }, cause: 'stdio.h', help: '"backends": { "aarch64-unknown-linux-gnu": "zig" }' },
  { id: 'cxx-headers', when: 'clang without a C++ library', output: "a.cc:1:10: fatal error: 'string' file not found\n    1 | #include <string>\n", cause: 'no C++ library for aarch64-unknown-linux-gnu', help: 'doctor --platform aarch64-linux' },
  { id: 'zig-static-glibc', when: 'zig cc -static for glibc', output: linking('zigcc', 'error: libc of the specified target requires dynamic linking'), cause: '-static', help: '"platforms": ["aarch64-linux-musl"]' },
  { id: 'zig-argument', when: 'zig with a linker word that it does not know', output: linking('zigcc', 'error: unsupported linker arg: --fix-cortex-a53-843419'), cause: '--fix-cortex-a53-843419', help: '"backends": { "aarch64-unknown-linux-gnu": "gcc" }' },
  { id: 'zig-argument', when: 'zig with a -z word that it does not know', output: linking('zigcc', 'error: unsupported linker extension flag: -z pack-relative-relocs'), cause: '-z pack-relative-relocs', help: 'rustflags' },
  { id: 'zig-argument', when: "zig with gcc's name of a CPU", output: " tsv110\n xgene1\n\nerror: unknown CPU: 'armv8'\n", cause: "'armv8'", help: 'rustflags' },
  { id: 'zig-argument', when: "zig with rustc's triple", output: "error: unable to parse target query 'aarch64-unknown-linux-gnu': UnknownOperatingSystem\n", cause: "'aarch64-unknown-linux-gnu'", help: 'rustflags' },
  { id: 'framework-missing', when: 'zig and a framework, no SDK', output: linking('zigcc', "error: unable to find framework 'CoreFoundation'. searched paths:  none"), facts: MACOS, cause: 'CoreFoundation', help: 'SDKROOT' },
  { id: 'framework-missing', when: 'ld64 and a framework that is not in the SDK', output: linking('oa64-clang', 'ld: framework not found MetalFX'), facts: MACOS, cause: 'MetalFX', help: 'sdk =' },
  { id: 'atomics', when: 'gcc, ARMv6, 64-bit atomics', output: linking('arm-linux-gnueabihf-gcc', "/usr/bin/ld: /tmp/a.o: in function `main':\n          at.c:(.text+0x18): undefined reference to `__atomic_load_8'"), cause: '__atomic_load_8', help: 'rustflags = ["-Clink-arg=-latomic"]' },
  { id: 'glibc-newer', when: 'zig, glibc 2.17, a library made against 2.38', output: linking('zigcc', 'ld.lld: error: undefined symbol: __isoc23_strtol\n          >>> referenced by g.c:1'), cause: '__isoc23_strtol', help: 'glibc = "2.38"' },
  { id: 'glibc-newer', when: 'the same by GNU ld', output: linking('aarch64-linux-gnu-gcc', "g.c:(.text+0x14): undefined reference to `__isoc23_strtol'"), cause: '__isoc23_strtol', help: 'build that library from source' },
  { id: 'glibc-newer', when: 'the same for musl', output: linking('zigcc', 'ld.lld: error: undefined symbol: fcntl64'), facts: { libc: 'musl' }, cause: 'not in musl', help: '"vendored"' },
  { id: 'cxx-abi', when: 'a C++ library made by g++, linked by zig', output: linking('zigcc', 'ld.lld: error: undefined symbol: f[abi:cxx11]()\n          >>> referenced by cx.cc:2'), cause: 'libstdc++', help: '"gcc"' },
  { id: 'not-pic', when: 'a static library without -fPIE', output: linking('cc', "/usr/bin/ld: libx.a(x.o): relocation R_X86_64_32 against `.rodata' can not be used when making a PIE object; recompile with -fPIE"), cause: '-fPIE', help: 'relocation-model=static' },
  { id: 'crt-twice', when: 'two start files', output: linking('gcc', "/usr/bin/ld: /tmp/a.o: in function `_start':\n          (.text+0x0): multiple definition of `_start'; /usr/lib/Scrt1.o:(.text+0x0): first defined here"), cause: '_start', help: '-Clink-self-contained=no' },
  {
    id: 'host-library',
    when: "-L with the host's folder",
    output: linking('aarch64-linux-gnu-gcc', '/usr/bin/aarch64-linux-gnu-ld: skipping incompatible /usr/lib/x86_64-linux-gnu/libz.so when searching for -lz\n          /usr/bin/aarch64-linux-gnu-ld: cannot find -lz: No such file or directory'),
    cause: '/usr/lib/x86_64-linux-gnu/libz.so',
    help: 'LIBRARY_PATH',
  },
  { id: 'libgcc-missing', when: 'no libgcc_s', output: linking('ld', 'aarch64-linux-gnu-ld: cannot find -lgcc_s: No such file or directory'), facts: { backend: 'native' }, cause: '-lgcc_s', help: '"zig"' },
  { id: 'libgcc-missing', when: 'an NDK from r23 on, Rust before 1.68', output: linking('clang', 'ld: error: unable to find library -lgcc'), facts: { os: 'android', libc: 'bionic' }, cause: 'r23', help: 'rustup update' },
  { id: 'libc-missing', when: 'no C library for i686', output: linking('cc', 'rust-lld: error: unable to find library -lc\n          rust-lld: error: cannot open crtn.o: No such file or directory'), facts: { triple: 'i686-unknown-linux-gnu', platform: 'i686-linux', backend: 'native' }, cause: 'no C library for i686-unknown-linux-gnu', help: 'doctor --platform i686-linux --fix' },
  { id: 'library-missing', when: 'GNU ld', output: linking('aarch64-linux-gnu-gcc', '/usr/lib/gcc-cross/aarch64-linux-gnu/12/../../../../aarch64-linux-gnu/bin/ld: cannot find -lfoo: No such file or directory'), cause: 'library foo', help: 'libfoo.a' },
  { id: 'library-missing', when: 'lld', output: linking('rust-lld', 'rust-lld: error: unable to find library -lfoo'), cause: 'library foo', help: '"bundled"' },
  { id: 'library-missing', when: 'zig', output: linking('zigcc', "error: unable to find dynamic system library 'foo' using strategy 'paths_first'. searched paths: none"), cause: 'library foo', help: '-Lnative=' },
  { id: 'library-missing', when: 'of which it is known who wants it', output: linking('rust-lld', 'rust-lld: error: unable to find library -lfoo'), facts: { linkedBy: ['foo-sys 0.3.0'] }, cause: 'Crate foo-sys 0.3.0 links the library foo', help: 'cargo tree --invert foo-sys@0.3.0 --target aarch64-unknown-linux-gnu --manifest-path rust/Cargo.toml' },
  { id: 'npcap-missing', when: 'zig', output: linking('zigcc', "error: unable to find dynamic system library 'Packet' using strategy 'paths_first'. searched paths:\n          /registry/windows_x86_64_gnu-0.52.6/lib/Packet.dll"), facts: { ...WINDOWS, backend: 'zig', linkedBy: ['pnet_datalink 0.34.0'] }, cause: 'Crate pnet_datalink 0.34.0 links Packet.lib, which is part of Npcap', help: 'Lib/x64"]' },
  { id: 'npcap-missing', when: 'mingw for 32 bits', output: linking('i686-w64-mingw32-gcc', '/usr/bin/i686-w64-mingw32-ld: cannot find -lwpcap: No such file or directory'), facts: { ...WINDOWS, triple: 'i686-pc-windows-gnu', platform: 'i686-windows' }, cause: 'wpcap.lib', help: '<folder of the SDK>/Lib"]' },
  { id: 'dlltool-missing', when: 'raw-dylib without dlltool', output: "error: error calling dlltool 'x86_64-w64-mingw32-dlltool': No such file or directory (os error 2)\n", facts: WINDOWS, cause: 'x86_64-w64-mingw32-dlltool', help: 'binutils-mingw-w64-x86-64' },
  { id: 'msvc-linker-missing', when: 'msvc on Linux', output: 'error: linker `link.exe` not found\n  |\n  = note: No such file or directory (os error 2)\n\nnote: the msvc targets depend on the msvc linker but `link.exe` was not found\n', facts: { triple: 'x86_64-pc-windows-msvc' }, cause: "Microsoft's linker", help: '"x86_64-pc-windows-msvc": "xwin"' },
  { id: 'linker-missing', when: 'mingw without mingw', output: 'error: linker `x86_64-w64-mingw32-gcc` not found\n  |\n  = note: No such file or directory (os error 2)\n', facts: { ...WINDOWS, backend: 'native' }, cause: 'CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER', help: 'apt-get install gcc-mingw-w64-x86-64' },
  { id: 'linker-not-runnable', when: 'a linker that is a text', output: 'error: could not exec the linker `/ws/linker`\n  |\n  = note: Permission denied (os error 13)\n', cause: '/ws/linker', help: 'file /ws/linker' },
  { id: 'linker-not-runnable', when: 'a linker for another processor', output: 'error: could not exec the linker `/ws/linker`\n  |\n  = note: Exec format error (os error 8)\n', cause: 'another processor', help: 'file /ws/linker' },
  { id: 'lld-missing', when: 'gcc -fuse-ld=lld without lld', output: linking('aarch64-linux-gnu-gcc', "collect2: fatal error: cannot find 'ld'\n          compilation terminated."), cause: 'told to link with ld', help: 'apt-get install lld' },
  { id: 'lld-missing', when: 'clang -fuse-ld=mold without mold', output: linking('clang-19', "clang-19: error: invalid linker name in argument '-fuse-ld=mold'"), cause: 'mold', help: 'apt-get install mold' },
  { id: 'host-linker', when: 'cc for Android', output: linking('cc', '/usr/bin/ld: /ws/plain.o: Relocations in generic ELF (EM: 183)\n          /usr/bin/ld: /ws/plain.o: error adding symbols: file in wrong format'), cause: 'another platform', help: 'CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER' },
  { id: 'host-linker', when: "rustc's own lld for aarch64", output: linking('cc', 'rust-lld: error: /ws/target/aarch64-unknown-linux-gnu/debug/deps/rustcHMR7rZ/symbols.o is incompatible with elf64-x86-64'), facts: { backend: 'native' }, cause: 'objects for aarch64-unknown-linux-gnu', help: '"backends": { "aarch64-unknown-linux-gnu": "zig" }' },
  { id: 'host-linker', when: 'cc for macOS', output: linking('cc', "cc: error: unrecognized command-line option '-arch'\n          cc: error: unrecognized command-line option '-mmacosx-version-min=11.0.0'"), facts: { ...MACOS, backend: 'native' }, cause: 'objects for aarch64-apple-darwin', help: '"zig"' },
  {
    id: 'crate-not-for-platform',
    when: 'a crate of the registry that does not know the platform',
    output: "error[E0432]: unresolved import `crate::platform`\n  --> /home/me/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/foo-bar-0.9.1+1.2/src/lib.rs:12:5\n   |\n12 | use crate::platform;\nerror: could not compile `foo-bar` (lib) due to 1 previous error\n",
    cause: 'foo-bar-0.9.1+1.2 itself does not compile for aarch64-unknown-linux-gnu',
    help: 'cargo update --package foo-bar@0.9.1+1.2 --manifest-path rust/Cargo.toml',
  },
  { id: 'build-script-failed', when: 'a build script of the registry', output: script('foo-sys v0.3.0', "thread 'main' panicked at build.rs:12:5:\nno such thing"), cause: 'The build script of foo-sys v0.3.0, which runs on this machine and prepares the crate for aarch64-unknown-linux-gnu, gave up: no such thing', help: '--invert foo-sys@0.3.0 --edges features,no-dev' },
  { id: 'build-script-failed', when: 'one that returns an error', output: script('foo-sys v0.3.0', '  Error: "no such thing"'), cause: 'gave up: "no such thing"', help: 'foo-sys@0.3.0' },
  { id: 'build-script-failed', when: 'one that ends without a word, before another that has some', output: script('app v0.1.0 (/ws/app)', 'no') + script('b v1.0.0', 'Error: later'), cause: 'The build script of app v0.1.0, which runs on this machine and prepares the crate for aarch64-unknown-linux-gnu, gave up; its own words', help: 'app@0.1.0' },
  { id: 'bindgen-library', when: 'a header of the system that zig has not', output: script('bsd-kvm-sys v0.2.0', `  wrapper.h:1:10: fatal error: 'kvm.h' file not found\n  Unable to generate bindings: ClangDiagnostic("wrapper.h:1:10: fatal error: 'kvm.h' file not found\\n")`), facts: { os: 'freebsd', libc: 'freebsd', triple: 'x86_64-unknown-freebsd', platform: 'x86_64-freebsd' }, cause: 'no kvm.h for x86_64-unknown-freebsd', help: 'base.txz' },
  { id: 'bindgen-library', when: "a header of Apple's", output: script('libproc v0.14.11', `Unable to generate bindings: ClangDiagnostic("x.h:1:10: fatal error: 'libproc.h' file not found\\n")`), facts: MACOS, cause: 'no libproc.h', help: 'MacOSX.sdk' },
  { id: 'symbol-undefined', when: 'GNU ld, in a crate', output: linking('aarch64-linux-gnu-gcc', "/usr/bin/ld: /ws/deps/libfoo_sys-0123456789abcdef.rlib(foo_sys-0123456789abcdef.rcgu.o): in function `foo_sys::go':\n          lib.rs:(.text+0x5): undefined reference to `foo_go'"), cause: 'Crate foo_sys calls foo_go', help: 'what brings foo_sys in' },
  { id: 'symbol-undefined', when: 'lld, in a crate', output: linking('zigcc', 'ld.lld: error: undefined symbol: foo_go\n          >>> referenced by lib.rs\n          >>>               foo_sys-0123456789abcdef.rcgu.o:(foo_sys::go) in archive /ws/deps/libfoo_sys-0123456789abcdef.rlib'), cause: 'Crate foo_sys calls foo_go', help: '-l<library>' },
  { id: 'symbol-undefined', when: 'in the program itself', output: linking('zigcc', 'ld.lld: error: undefined symbol: foo_go\n          >>> referenced by main.rs'), cause: 'Some crate calls foo_go', help: 'cargo tree --target' },
  { id: 'aws-lc-bindings', when: 'a processor without bindings made beforehand', output: script('aws-lc-sys v0.46.0', "  thread 'main' (1) panicked at builder/main.rs:1415:5:\n  aws-lc-sys build failed. Please enable the 'bindgen' feature on aws-lc-rs or aws-lc-sys.For more information, see the aws-lc-rs User Guide"), facts: { triple: 'arm-unknown-linux-musleabihf' }, cause: 'no bindings for arm-unknown-linux-musleabihf', help: 'bindgen-cli' },
  { id: 'apple-headers', when: "a header of macOS that is no framework's, inside a build script's make", output: script('tikv-jemalloc-sys v0.7.1', "  include/jemalloc/internal/jemalloc_internal_decls.h:23:12: fatal error: 'sys/syscall.h' file not found\n  thread 'main' (1) panicked at build.rs:441:9:\n  command did not execute successfully: make"), facts: MACOS, cause: '<sys/syscall.h>', help: 'sdk = ' },
];
