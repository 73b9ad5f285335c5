/**
 * The table of raw errors: what cargo, rustc, linkers, C compilers and build scripts print when a cross build fails, and what it means.
 *
 * A row is data and nothing else. The order is from the particular to the general; a row that explains another's match `hides` it. Each has its
 * recorded output in `testkit/raw-error-samples.ts`.
 */
import { install } from './debian-packages.js';
import type { BuildFacts } from './diagnose.js';

export interface RawError {
  /** A stable word. */
  readonly id: string;
  /** The first group, where there is one, is the thing that is wrong. */
  readonly pattern: RegExp;
  /** A second thing that has to be in the output as well. */
  readonly also?: RegExp;
  /** Only for builds like this. */
  readonly when?: (facts: BuildFacts) => boolean;
  readonly hides?: readonly string[];
  /** Told only where no other row says more. */
  readonly fallback?: true;
  readonly cause: (match: RegExpExecArray, facts: BuildFacts) => string;
  /** What mends it, likeliest first; never empty. */
  readonly help: (match: RegExpExecArray, facts: BuildFacts) => readonly string[];
  /** Where the text and its meaning can be looked up: an issue, or a crate and its file. */
  readonly source: string;
}

const doctor = ({ platform }: BuildFacts): string => `npx nx-cargo-cross doctor --platform ${platform} --fix`;
const backends = ({ triple }: BuildFacts, id: string): string => `"backends": { "${triple}": "${id}" } in nx.json`;
const snake = ({ triple }: BuildFacts): string => triple.replaceAll('-', '_');
const screaming = (facts: BuildFacts): string => snake(facts).toUpperCase();
/** A table of the crate's Cargo.toml. */
const inCrate = ({ platform }: BuildFacts, line: string): string => `In Cargo.toml of the crate, under [package.metadata.nx-cargo-cross.platform.${platform}]: ${line}`;
const word = (match: RegExpExecArray): string => match.slice(1).find((group) => group !== undefined) ?? '';
/** A backend that brings everything, for those that look for it on the machine. */
const other = (facts: BuildFacts): string => (facts.backend === 'zig' ? 'gcc' : 'zig');

const HOST_LINKERS = /Relocations in generic ELF \(EM: \d+\)|(?:error adding symbols|could not read symbols): [Ff]ile (?:in wrong format|format not recognized)|\.o: file not recognized: [Ff]ile format not recognized|is incompatible with elf(?:64|32)[-_]\S+|is incompatible with elf_\w+|\b(?:cc|gcc): error: unrecognized command-line option '-(?:arch|mmacosx-version-min=\S*)'/;

/** How GNU ld, lld, zig, ld64 and rustc say that a library is not there. The group is its name. */
export const MISSING_LIBRARY =
  /cannot find -l([\w.+-]+)|unable to find library -l([\w.+-]+)|unable to find dynamic system library '([^']+)'|library not found for -l([\w.+-]+)|could not find native static library `([^`]+)`/;

const NPCAP_FOLDERS: Readonly<Record<string, string>> = { x86_64: 'Lib/x64', aarch64: 'Lib/ARM64' };

/** `Crate pnet_datalink 0.34.0 links`. */
function whoLinks({ linkedBy }: BuildFacts): string {
  return linkedBy.length === 0 ? 'A crate links' : linkedBy.length === 1 ? `Crate ${linkedBy.join()} links` : `Crates ${linkedBy.join(' and ')} link`;
}

/** What brings a crate in, for whom it may be too much. */
function whoNeeds({ linkedBy, triple, manifest }: BuildFacts): readonly string[] {
  return linkedBy.slice(0, 1).map((crate) => `See what brings it in, and whether that can be left out on this platform: cargo tree --invert ${crate.replace(' ', '@')} --target ${triple} --manifest-path ${manifest}`);
}

export const RAW_ERRORS: readonly RawError[] = [
  // The machine.
  {
    id: 'disk-full',
    pattern: /No space left on device|\(os error 28\)|ld terminated with signal 7 \[Bus error\]/,
    hides: ['out-of-memory'],
    cause: () => 'The disk is full. A linker that maps its output into memory dies of a bus error then.',
    help: (_, { manifest }) => [`Make room, for instance: cargo clean --manifest-path ${manifest}`, 'Or build elsewhere: export CARGO_TARGET_DIR=<a folder with room>'],
    source: 'cargo#16804',
  },
  {
    id: 'out-of-memory',
    pattern: /\(signal: 9, SIGKILL: kill\)|terminated with signal 9 \[Killed\]|Killed signal terminated program \w+|memory allocation of \d+ bytes failed|LLVM ERROR: out of memory/i,
    cause: () => 'A compiler or linker was killed; unless somebody did that by hand, the system had no memory left for it.',
    help: () => ['Build with fewer processes at once: export CARGO_BUILD_JOBS=1', 'And with fewer tasks at once: nx run-many -t cross --parallel=1', 'lto = "thin" instead of lto = true under [profile.release] needs much less memory.'],
    source: 'cargo-util src/process_error.rs; gcc gcc/collect2.cc',
  },
  // cargo.
  {
    id: 'registry-unreachable',
    pattern: /you're using offline mode|Could not connect to server|[Cc]ould ?n[o']t resolve (?:host|hostname)|failed to download from `[^`]+`|spurious network error/,
    cause: () => 'cargo could not fetch a crate: the registry cannot be reached from here, or cargo was told to stay offline and the crate was never fetched.',
    help: (_, { manifest }) => [`With a network, once: cargo fetch --locked --manifest-path ${manifest}`, 'Behind a proxy: export CARGO_HTTP_PROXY=<host:port>', 'For builds without a network: cargo vendor, and what it prints into .cargo/config.toml.'],
    source: 'rust-lang/cargo src/cargo/core/resolver/errors.rs',
  },
  {
    id: 'rustc-too-old',
    pattern: /rustc [\d.]+\S* is not supported by the following packages?:\s+(\S+ requires rustc [\d.]+)|(\S+ v\S+)` cannot be built because it requires rustc [\d.]+ or newer|older than the `(\d+)` edition|feature `(edition\d+)` is required/,
    cause: (match, { toolchain }) => `${toolchain === '' ? 'The toolchain' : toolchain} is too old for a package: ${word(match)}.`,
    help: () => ['Take a newer toolchain: rustup update stable', 'Where rust-toolchain.toml pins one, raise its "channel".', 'Or take an older release of that package: cargo update -p <package> --precise <version>'],
    source: 'rust-lang/cargo src/cargo/ops/cargo_compile/mod.rs',
  },
  {
    id: 'profile-unknown',
    pattern: /error: profile `([^`]+)` is not defined/,
    cause: (match) => `No cargo profile is called "${word(match)}".`,
    help: (match, { manifest }) => [`Define it in ${manifest}: [profile.${word(match)}] inherits = "release"`, 'Or take one that is there: "profile": "release"'],
    source: 'rust-lang/cargo src/cargo/core/profiles.rs',
  },
  {
    id: 'feature-unknown',
    pattern: /does not contain (?:this feature|these features): ([^\n]+)/,
    cause: (match, { crate }) => `Crate ${crate} has no feature ${word(match).trim()}.`,
    help: (_, { manifest }) => ['Take it out of "features", or define it under [features] in Cargo.toml of the crate.', `Those that there are: cargo metadata --no-deps --format-version 1 --manifest-path ${manifest}`],
    source: 'rust-lang/cargo src/cargo/core/workspace.rs',
  },
  {
    id: 'triple-unknown',
    pattern: /could not find specification for target "([^"]+)"/,
    cause: (match) => `This rustc does not know the target "${word(match)}".`,
    help: () => ['List those that it knows: rustc --print target-list', 'A newer toolchain may know it: rustup update stable'],
    source: 'rust-lang/rust compiler/rustc_target/src/spec/mod.rs',
  },
  {
    id: 'std-missing',
    pattern: /E0463\]?: can't find crate for `(std|core|alloc)`/,
    cause: (match, { triple, toolchain }) => `The toolchain that builds${toolchain === '' ? '' : ` (${toolchain})`} has no ${word(match)} for ${triple}. One that was added to another toolchain does not count: rust-toolchain.toml or RUSTUP_TOOLCHAIN may name a different one.`,
    help: (_, facts) => [`rustup target add ${facts.triple}`, `See which toolchain builds, and what it lacks: ${doctor(facts)}`],
    source: 'rust-lang/rust error code E0463; stevengonsalvez/agents-in-a-box#220',
  },
  {
    id: 'bitcode-missing',
    pattern: /Can't find section \.llvmbc/,
    cause: () => 'A library was compiled without LLVM bitcode, and lto needs it of every one, also of the standard library.',
    help: (_, { triple }) => [`Take a standard library that has it: rustup target add ${triple}`, 'Or build without: lto = "off" under [profile.release] in Cargo.toml.'],
    source: 'rust-lang/rust compiler/rustc_codegen_llvm/src/back/lto.rs',
  },
  // What runs on this machine during the build.
  {
    id: 'host-glibc',
    pattern: /version `(GLIBC(?:XX)?_[\d.]+)' not found \(required by ([^)]*)\)/,
    cause: (match) => `${match[2] === undefined || match[2] === '' ? 'A program' : match[2]} runs on this machine during the build and was linked on one with a newer glibc (${match[1] ?? ''}): the target folder is shared between systems or containers.`,
    help: (_, { manifest }) => [`Build its host parts anew: cargo clean --manifest-path ${manifest}`, 'And give each system a target folder of its own: export CARGO_TARGET_DIR=<folder>'],
    source: 'cross-rs/cross#1436, #724',
  },
  {
    id: 'host-built-by-cross-linker',
    pattern: /could not compile `([^`]+)` \(build script\)/,
    also: /linking with `[^`]+` failed|linker `[^`]+` not found|could not exec the linker/,
    hides: ['linker-missing', 'linker-not-runnable', 'host-linker'],
    cause: (match) => `The build script of ${word(match)} runs on this machine and could not be linked for it: either there is no C compiler for this machine, or its linker is set to one for another platform.`,
    help: () => ['Install one: apt-get install gcc libc6-dev', "Look in .cargo/config.toml for a `linker` that also counts for this machine's own triple, and put it under [target.<the other triple>]."],
    source: 'theryangeary/choose#70; tensorchord/pgvecto.rs#190',
  },
  {
    id: 'exec-format',
    pattern: /could not execute process `([^`]+)`[\s\S]{0,400}?Exec format error|([^\s:]+): cannot execute binary file: Exec format error/,
    cause: (match) => `${word(match)} is for another processor than this machine's and was run here: a build script or proc macro was built for the target, or a target's program was called.`,
    help: () => ['Look in .cargo/config.toml and in the environment for what counts for build scripts too: `target` under [build], RUSTFLAGS, RUSTC, CARGO_BUILD_*.'],
    source: 'rust-lang/cargo src/cargo/core/compiler/custom_build.rs',
  },
  // C in the closure.
  {
    id: 'openssl-missing',
    pattern: /Could not find directory of OpenSSL installation/,
    hides: ['pkg-config-cross', 'pkg-config-library', 'pkg-config-missing'],
    cause: (_, { triple }) => `openssl-sys looks for an OpenSSL made for ${triple}, and this machine's own does not count.`,
    help: (_, facts) => [
      'Build it from source: openssl = { version = "0.10", features = ["vendored"] } in Cargo.toml (needs perl and make).',
      `Or name one that was made for it: export ${screaming(facts)}_OPENSSL_DIR=<folder with lib and include>`,
      'Or do without: rustls needs no OpenSSL.',
    ],
    source: 'openssl-sys 0.9.118 build/find_normal.rs; cross-rs/cross#617',
  },
  {
    id: 'pkg-config-cross',
    pattern: /pkg-config has not been configured to support cross-compilation/,
    cause: (_, { triple }) => `A build script asks pkg-config for a library of ${triple}; pkg-config knows this machine's libraries, which must not be linked, and is closed therefore.`,
    help: (_, facts) => [
      'Take the library from source: a feature of the crate that is called "vendored", "bundled" or "static".',
      `Or say where the target's .pc files are: export PKG_CONFIG_LIBDIR_${snake(facts)}=<folder> PKG_CONFIG_ALLOW_CROSS_${snake(facts)}=1`,
    ],
    source: 'pkg-config 0.3.34 src/lib.rs; rust-cross/rust-musl-cross#44',
  },
  {
    id: 'pkg-config-missing',
    pattern: /The pkg-config command could not be found/,
    cause: () => 'A build script calls pkg-config, which is not on this machine.',
    help: () => ['apt-get install pkg-config'],
    source: 'pkg-config 0.3.34 src/lib.rs',
  },
  {
    id: 'pkg-config-library',
    pattern: /The system library `([^`]+)` required by crate `([^`]+)` was not found/,
    cause: (match, { triple }) => `Crate ${match[2] ?? ''} links the library ${match[1] ?? ''}, and where pkg-config was told to look there is none for ${triple}.`,
    help: (match, facts) => [`Take it from source: a feature of ${match[2] ?? 'the crate'} that is called "vendored", "bundled" or "static".`, `Or name the folder with the target's ${match[1] ?? ''}.pc: export PKG_CONFIG_LIBDIR_${snake(facts)}=<folder>`],
    source: 'pkg-config 0.3.34 src/lib.rs',
  },
  {
    id: 'c-compiler-missing',
    pattern: /failed to find tool "([^"]+)"|Compiler family detection failed[^\n]*`([^`\s]+)`?[^\n]*No such file/,
    cause: (match, facts) => `A crate compiles C or C++ and calls ${word(match)}, which is not on this machine. Backend "${facts.backend}" did not name it, or the environment (CC, CXX, CROSS_COMPILE) names it instead.`,
    help: (match, facts) => [...asList(install(word(match)), (line) => `Install it: ${line}`), `Or take a backend that brings its own: ${backends(facts, other(facts))}`],
    source: 'cc 1.2.41 src/lib.rs',
  },
  {
    id: 'program-missing',
    pattern: /Command '([^']+)' not found\. Is \S+ installed\?|is `(cmake)` not installed\?|Missing dependency: (cmake)|Could not find `(protoc)`|(?:sh|bash)(?:: line)?: (?:\d+: )?([\w.+-]+): (?:command )?not found/,
    cause: (match) => `A build script calls ${word(match)}, which is not on this machine.`,
    help: (match) => [`Install it: ${install(word(match)) ?? `${word(match)}, with your system's package manager`}`],
    source: 'openssl-src 300.6.1 src/lib.rs; cmake 0.1.58 src/lib.rs; tokio-rs/prost#1281',
  },
  {
    id: 'aws-lc-bindings',
    pattern: /aws-lc-(?:fips-)?sys build failed\. Please enable the 'bindgen' feature/,
    cause: (_, { triple }) => `aws-lc-sys brings no bindings for ${triple} in the set that its feature "all-bindings" asks for, and has no bindgen to make them with.`,
    help: (_, { triple, manifest }) => [
      'Let it make them: aws-lc-rs = { version = "1", features = ["bindgen"] } (needs libclang and CMake), or cargo install bindgen-cli.',
      `Or see who switches "all-bindings" on, and leave it out: cargo tree --invert aws-lc-sys --edges features,no-dev --target ${triple} --manifest-path ${manifest}`,
    ],
    source: 'aws-lc-sys 0.46.0 builder/main.rs',
  },
  {
    id: 'nasm-missing',
    pattern: /Missing dependency: nasm|No CMAKE_ASM_NASM_COMPILER could be found|The ASM_NASM compiler identification is unknown/,
    cause: () => 'aws-lc-sys assembles its Windows code with nasm, which is not on this machine.',
    help: (_, facts) => ['Install it: apt-get install nasm', `Or take its prebuilt objects: ${inCrate(facts, 'env = { AWS_LC_SYS_PREBUILT_NASM = "1" }')}`],
    source: 'aws/aws-lc-rs#753, #637',
  },
  {
    id: 'cmake-compiler',
    pattern: /The CMAKE_(?:C|CXX|ASM)_COMPILER:\s+(\S+)\s+is not a full path/,
    cause: (match) => `CMake was told to compile with ${word(match)}, which is not on this machine.`,
    help: (match, facts) => [...asList(install(word(match)), (line) => `Install it: ${line}`), `See what the platform needs: ${doctor(facts)}`],
    source: 'CMake Modules/CMakeDetermineCompiler.cmake',
  },
  {
    id: 'cmake-generator',
    pattern: /unable to find a build program corresponding to "([^"]+)"/,
    cause: (match) => `CMake writes files for ${word(match)}, whose program is not on this machine.`,
    help: (match) => [`Install it: apt-get install ${word(match).includes('Ninja') ? 'ninja-build' : 'make'}`],
    source: 'CMake Source/cmGlobalGenerator.cxx',
  },
  {
    id: 'perl-module',
    pattern: /Can't locate (\S+)\.pm in @INC/,
    cause: (match) => `A build script (OpenSSL's is one) runs perl, and perl lacks the module ${word(match).replaceAll('/', '::')}.`,
    help: (match) => ['On Debian: apt-get install perl', `On Fedora: dnf install perl-${word(match).replaceAll('/', '-')}`],
    source: "perl's own words; OpenSSL NOTES-PERL.md",
  },
  {
    id: 'build-script-of-the-host',
    pattern: /couldn't read `[^`]*[\\/]build[\\/]([^\\/`]+)-[0-9a-f]{16}[\\/]out[\\/]([^`]+)`/,
    cause: ([, crate = '', file = ''], { triple }) =>
      `The build script of ${crate} ended well and made no ${file}. As a rule it asks which system it runs on (#[cfg(target_os)] in build.rs is the machine that builds) where it should ask which one it builds for (CARGO_CFG_TARGET_OS), so no tool can cross-compile it to ${triple} from here.`,
    help: ([, crate = ''], { triple, manifest }) => [
      `Look for a newer ${crate} that can be cross-compiled: cargo update --package ${crate} --manifest-path ${manifest}`,
      `See what brings it in, and leave that out for this platform: cargo tree --invert ${crate} --target ${triple} --manifest-path ${manifest}`,
    ],
    source: 'andrewdavidmackenzie/libproc-rs: build.rs of 0.14.11',
  },
  {
    id: 'bindgen-libclang',
    pattern: /Unable to find libclang/,
    cause: () => 'bindgen reads C headers with libclang, which is not on this machine.',
    help: () => ['apt-get install libclang-dev', 'Or name the folder that has libclang.so: export LIBCLANG_PATH=<folder>'],
    source: 'clang-sys 1.8.1 build/dynamic.rs',
  },
  {
    id: 'bindgen-headers',
    pattern: /ClangDiagnostic\("[^"]*?'((?:assert|complex|ctype|errno|fenv|float|inttypes|limits|locale|math|setjmp|signal|std\w+|strings?|time|wchar|unistd|features|\w+intrin)\.h|(?:sys|bits|gnu|asm|linux)\/[^']+)' file not found/,
    hides: ['bindgen-library', 'libc-headers', 'apple-headers'],
    cause: (match, { triple }) => `bindgen's libclang does not find ${word(match)} for ${triple}: its own headers come in a package of their own, the target's with its C library.`,
    help: (_, facts) => ['apt-get install clang', `For the target's headers: export BINDGEN_EXTRA_CLANG_ARGS_${snake(facts)}=--sysroot=<its root>`],
    source: 'rust-lang/rust-bindgen#1229',
  },
  {
    id: 'bindgen-library',
    pattern: /ClangDiagnostic\("[^"]*?'([^']+)' file not found/,
    hides: ['apple-headers'],
    cause: (match, { triple, backend }) => `bindgen finds no ${word(match)} for ${triple}. It belongs to no C library that backend "${backend}" brings, but to another library or part of the system, which has to be there for the platform.`,
    help: (match, facts) => [
      `Name the folder that has it for ${facts.triple}. ${inCrate(facts, `env = { BINDGEN_EXTRA_CLANG_ARGS_${snake(facts)} = "-I<folder of ${word(match)}>" }`)}`,
      ...(facts.os === 'freebsd' ? ["FreeBSD's own are below usr/include of base.txz: https://download.freebsd.org/releases/"] : facts.os === 'macos' || facts.os === 'ios' ? [inCrate(facts, 'sdk = "<folder of MacOSX.sdk>"')] : []),
      'Or leave out what brings the crate in, on this platform.',
    ],
    source: 'bsd-kvm-sys 0.2.0 wrapper.h; rust-lang/rust-bindgen#1229',
  },
  {
    id: 'apple-headers',
    pattern: /fatal error: '((?:[A-Z]\w+\/\S+|TargetConditionals|Availability\w*|(?:os|objc|xpc|dispatch|sys|mach|mach-o|bsm|libkern|net|netinet)\/\S+|libproc|sandbox|membership|launch)(?:\.h)?)' file not found/,
    when: ({ os }) => os === 'macos' || os === 'ios',
    hides: ['libc-headers'],
    cause: (match) => `C code includes <${word(match)}>, a header of Apple's SDK, which is not there. Linking Apple's frameworks works without it, compiling against headers that zig has not does not.`,
    help: (_, facts) => [inCrate(facts, 'sdk = "<folder of MacOSX.sdk>"'), 'Or: export SDKROOT=<folder of MacOSX.sdk>'],
    source: 'rust-cross/cargo-zigbuild#411',
  },
  {
    id: 'libc-headers',
    pattern: /((?:gnu\/stubs-\S+|bits\/\S+|sys\/cdefs|features|asm\/\S+|stdio|stdlib|string|stdint)\.h)(?:'? file not found|: No such file or directory)|no include path in which to search for (\S+)/,
    cause: (match, { triple }) => `The C compiler has no C library's headers for ${triple}: ${word(match)} belongs to them.`,
    help: (_, facts) => [`${doctor(facts)}`, ...(facts.triple.startsWith('i686') || facts.triple.startsWith('i586') ? ['With gcc -m32: apt-get install libc6-dev-i386'] : []), `Or take a backend that brings the C library: ${backends(facts, other(facts))}`],
    source: 'cilium/cilium#368; rust-cross/rust-musl-cross#167',
  },
  {
    id: 'cxx-headers',
    pattern: /fatal error: '?(string|vector|memory|iostream|cstdint|cstddef|algorithm|utility|type_traits|new)'?(?: file not found|: No such file or directory)/,
    cause: (_, { triple }) => `The C++ compiler has no C++ library for ${triple}.`,
    help: (_, facts) => [`${doctor(facts)}`, `Or take a backend that brings one: ${backends(facts, other(facts))}`],
    source: "clang's and gcc's own words",
  },
  // zig.
  {
    id: 'zig-static-glibc',
    pattern: /libc of the specified target requires dynamic linking/,
    cause: () => 'Something links with -static, and zig links glibc only dynamically.',
    help: (_, facts) => [`Build for musl instead: "platforms": ["${facts.platform.replace(/-gnu$/, '')}-musl"]`, `Or take gcc: ${backends(facts, 'gcc')}`],
    source: 'ziglang/zig src/Compilation/Config.zig',
  },
  {
    id: 'zig-argument',
    pattern: /unsupported linker (?:arg|extension flag): ([^\n]+)|unknown CPU: ('[^']+')|unable to parse target query ('[^']+')/,
    cause: (match) => `zig does not know the word ${word(match).trim()}, which rustc, a crate's build script or your own rustflags handed it.`,
    help: (_, facts) => ['If it is yours, take it out of rustflags in .cargo/config.toml, RUSTFLAGS or Cargo.toml.', `Else take another backend for this platform: ${backends(facts, 'gcc')}`],
    source: 'rust-cross/cargo-zigbuild#451, #96; ziglang/zig src/main.zig',
  },
  // Libraries.
  {
    id: 'framework-missing',
    pattern: /unable to find framework '([^']+)'|framework not found:? (\w+)/,
    cause: (match) => `The program links Apple's framework ${word(match)}, and neither an SDK nor a stub of it is there.`,
    help: (_, facts) => [inCrate(facts, 'sdk = "<folder of MacOSX.sdk>"'), 'Or: export SDKROOT=<folder of MacOSX.sdk>'],
    source: 'ziglang/zig#1349; rust-cross/cargo-zigbuild#411',
  },
  {
    id: 'atomics',
    pattern: /undefined (?:reference to [`']|symbol: )(__(?:atomic|sync)_\w+)/,
    cause: (match, { triple }) => `${triple} has no instruction for what ${word(match)} does; the function is in libatomic, which nothing links.`,
    help: (_, facts) => [inCrate(facts, 'rustflags = ["-Clink-arg=-latomic"]')],
    source: 'gcc libatomic',
  },
  {
    id: 'glibc-newer',
    pattern: /undefined (?:reference to [`']|symbol: )(__isoc23_\w+|__libc_single_threaded|arc4random\w*|__fdelt_chk|stat64|fstat64|lstat64|fcntl64|pidfd_\w+)'?/,
    when: ({ libc }) => libc === 'glibc' || libc === 'musl',
    cause: (match, { libc }) => `A prebuilt library was compiled against a newer C library than the one that is linked: ${word(match)} is not in ${libc === 'musl' ? 'musl' : 'it'}.`,
    help: (_, facts) => [
      ...(facts.libc === 'glibc' ? [inCrate(facts, 'glibc = "2.38"') + ' (artifacts then need that glibc)'] : []),
      'Or build that library from source with this platform\'s compiler: look for a feature "vendored" or "bundled".',
    ],
    source: 'glibc 2.38 NEWS; JRufer/VoxCtrl#62',
  },
  {
    id: 'cxx-abi',
    pattern: /undefined (?:reference to [`']|symbol: )([^\n]*(?:std::__cxx11::|\[abi:cxx11\])[^\n']*)/,
    when: ({ backend }) => backend === 'zig' || backend === 'ndk' || backend === 'osxcross',
    cause: () => "A prebuilt library was made with g++ and its libstdc++; this backend has LLVM's libc++, which names things differently.",
    help: (_, facts) => ["Build that library from source with this platform's compiler.", ...(facts.os === 'linux' ? [`Or take gcc: ${backends(facts, 'gcc')}`] : [])],
    source: 'gcc manual, "Dual ABI"',
  },
  {
    id: 'not-pic',
    pattern: /recompile with (-fPI[CE])/,
    cause: (match) => `A prebuilt library was compiled without ${word(match)} and cannot be part of what Rust links.`,
    help: (match, facts) => [`Compile it with ${word(match)}.`, inCrate(facts, 'rustflags = ["-Crelocation-model=static"] (programs only)')],
    source: 'binutils bfd/elfxx-x86.c',
  },
  {
    id: 'crt-twice',
    pattern: /multiple definition of `(_start|_init|main)'|duplicate symbol: (_start|_init)/,
    cause: (match) => `${word(match)} is there twice: the C library's start files come from Rust's std and from the C compiler at once.`,
    help: (_, facts) => [inCrate(facts, 'rustflags = ["-Clink-self-contained=no"]'), 'If a self-contained flag is set already, take it out.'],
    source: 'rust-lang/rust compiler/rustc_target/src/spec/base/crt_objects.rs',
  },
  {
    id: 'host-library',
    pattern: /skipping incompatible (\S+) when searching for/,
    also: /cannot find -l|ld returned 1|incompatible with/,
    hides: ['library-missing'],
    cause: (match, { triple }) => `The linker was sent to ${word(match)}, which is this machine's library and not one for ${triple}: a -L or a build script names the folder.`,
    help: (_, facts) => ['Take the library from source: a feature of the crate that is called "vendored" or "bundled".', `Or name the target's folder: ${inCrate(facts, 'rustflags = ["-Lnative=<folder>"]')}`, 'Take folders such as /usr/lib/x86_64-linux-gnu out of RUSTFLAGS and LIBRARY_PATH.'],
    source: 'indexable-inc/index#2690',
  },
  {
    id: 'libgcc-missing',
    pattern: /(?:cannot find|unable to find library) (-l(?:gcc|gcc_s|gcc_eh|unwind))\b|unable to find dynamic system library '((?:gcc|gcc_s|gcc_eh|unwind))'/,
    hides: ['library-missing'],
    cause: (match, { triple, os }) => `The linker has no ${word(match)} for ${triple}: ${os === 'android' ? 'NDKs from r23 on have none, and Rust before 1.68 asks for it' : "the C compiler's own library, which stack unwinding needs, is not installed"}.`,
    help: (_, facts) => [facts.os === 'android' ? 'Take Rust 1.68 or newer: rustup update stable' : doctor(facts), `Or take a backend that brings it: ${backends(facts, other(facts))}`],
    source: 'Rust blog, "Updating the Android NDK in Rust 1.68"; ziglang/zig#17268',
  },
  {
    id: 'libc-missing',
    pattern: /(?:cannot find|unable to find library) (-lc)\b|cannot (?:find|open) ((?:Scrt1|crt1|crti|crtn|crtbegin\w*)\.o)/,
    hides: ['library-missing'],
    cause: (match, { triple }) => `The linker has no C library for ${triple}: ${word(match)} was not found.`,
    help: (_, facts) => [doctor(facts), `Or take a backend that brings it: ${backends(facts, other(facts))}`],
    source: 'cross-rs/cross#793',
  },
  {
    id: 'npcap-missing',
    pattern: /(?:cannot find|unable to find library) -l(Packet|wpcap)\b|unable to find dynamic system library '(Packet|wpcap)'/,
    when: ({ os }) => os === 'windows',
    hides: ['library-missing'],
    cause: (match, facts) => `${whoLinks(facts)} ${word(match)}.lib, which is part of Npcap (packet capture on Windows) and of no compiler. Build scripts that fetch it do so on Windows alone.`,
    help: (_, facts) => [
      `Unpack the "Npcap SDK" of https://npcap.com/#download, and name its folder. ${inCrate(facts, `rustflags = ["-Lnative=<folder of the SDK>/${NPCAP_FOLDERS[facts.triple.split('-')[0] ?? ''] ?? 'Lib'}"]`)}`,
      ...whoNeeds(facts),
    ],
    source: 'pnet_datalink 0.34.0 src/bindings/winpcap.rs; pcap 2.2.0 README',
  },
  {
    id: 'library-missing',
    pattern: MISSING_LIBRARY,
    cause: (match, facts) => `${whoLinks(facts)} the library ${word(match)}, and there is none for ${facts.triple}. This machine's own would not do.`,
    help: (match, facts) => [
      `Take it from source: a feature of ${facts.linkedBy[0]?.split(' ')[0] ?? 'the crate that links it'}, called "vendored", "bundled" or "static".`,
      `Or name the folder that has the target's lib${word(match)}.a: ${inCrate(facts, 'rustflags = ["-Lnative=<folder>"]')}`,
      ...whoNeeds(facts),
    ],
    source: 'binutils ld/ldlang.c; LLVM lld/ELF/Driver.cpp; ziglang/zig src/main.zig',
  },
  // Linkers.
  {
    id: 'dlltool-missing',
    pattern: /error calling dlltool '([^']+)'|Dlltool could not create import library/,
    cause: (match) => `A crate links a DLL by raw-dylib, for which rustc calls ${word(match) || 'dlltool'}; it is not on this machine.`,
    help: (_, facts) => [`apt-get install binutils-mingw-w64-${facts.triple.startsWith('i686') ? 'i686' : 'x86-64'}`, `Or take zig, which has one: ${backends(facts, 'zig')}`],
    source: 'rust-lang/rust compiler/rustc_codegen_ssa/src/back/archive.rs',
  },
  {
    id: 'msvc-linker-missing',
    pattern: /linker `(link\.exe|lld-link)` not found/,
    hides: ['linker-missing'],
    cause: () => "rustc called Microsoft's linker, and no backend that stands in for it was chosen.",
    help: (_, facts) => [`Take xwin: ${backends(facts, 'xwin')}`, 'Or build for Windows without Microsoft\'s files: "platforms": ["x86_64-windows"]'],
    source: 'rust-lang/rust compiler/rustc_codegen_ssa/src/back/link.rs',
  },
  {
    id: 'linker-missing',
    pattern: /linker `([^`]+)` not found/,
    cause: (match, facts) => `rustc calls the linker ${word(match)}, which is not on this machine. It is named in .cargo/config.toml, by CARGO_TARGET_${screaming(facts)}_LINKER, or is the target's default.`,
    help: (match, facts) => [...asList(install(word(match)), (line) => `Install it: ${line}`), `Or take a backend that brings one: ${backends(facts, other(facts))}`],
    source: 'rust-lang/rust compiler/rustc_codegen_ssa/src/back/link.rs',
  },
  {
    id: 'linker-not-runnable',
    pattern: /could not exec the linker `([^`]+)`/,
    cause: (match) => `The linker ${word(match)} is there but cannot be run: it is no program, is for another processor, or is not marked as executable.`,
    help: (match) => [`Look at it: file ${word(match)}`, 'Name another in .cargo/config.toml, or take the `linker` out there and let the backend choose.'],
    source: 'rust-lang/rust compiler/rustc_codegen_ssa/src/back/link.rs',
  },
  {
    id: 'lld-missing',
    pattern: /collect2: fatal error: cannot find '?(\w*ld\w*)'?|invalid linker name in (?:argument )?'-fuse-ld=(\S+)'|unrecognized command-line option '-fuse-ld=(\S+)'/,
    cause: (match) => `The C compiler was told to link with ${word(match)}, which is not on this machine.`,
    help: (match, facts) => [word(match).includes('mold') ? 'apt-get install mold' : 'apt-get install lld', `Or take -fuse-ld out of rustflags: .cargo/config.toml, RUSTFLAGS, CARGO_TARGET_${screaming(facts)}_RUSTFLAGS.`],
    source: 'gcc gcc/collect2.cc; LLVM clang/lib/Driver/ToolChain.cpp',
  },
  {
    id: 'host-linker',
    pattern: HOST_LINKERS,
    cause: (_, { triple }) => `The linker that was used is one for another platform (most often this machine's own), and met objects for ${triple}.`,
    help: (_, facts) => [
      facts.backend === 'zig' || facts.backend === 'gcc'
        ? `Something overrides the backend's linker: look for \`linker\` or -Clinker in .cargo/config.toml, RUSTFLAGS, CARGO_TARGET_${screaming(facts)}_LINKER.`
        : `Take a backend that has a linker for it: ${backends(facts, 'zig')}`,
      'See what is set, and by whom: nx run <project>:cross-' + `${facts.platform} --dry-run`,
    ],
    source: 'rust-lang/rust#82519; n0-computer/iroh#3439',
  },
  // What no row above explains.
  {
    id: 'crate-not-for-platform',
    pattern: /error(?:\[E\d+\])?: [^\n]+\n\s*--> \S*?[\\/](?:registry[\\/]src[\\/][^\\/\s]+|git[\\/]checkouts|vendor)[\\/]([^\\/\s]+)[\\/][^\n]*:\d+:\d+\n/,
    fallback: true,
    cause: (match, { triple }) => `The Rust code of ${word(match)} itself does not compile for ${triple}: nothing of this machine is missing, the crate does not know the platform, or this version of it does not.`,
    help: (match, facts) => {
      const [, crate = word(match), version = ''] = /^(.+)-(\d+\.\d+\.\d+.*)$/.exec(word(match)) ?? [];
      return [
        `Look for a newer one that does: cargo update --package ${crate}${version === '' ? '' : `@${version}`} --manifest-path ${facts.manifest}`,
        `See what brings it in, and leave that out for this platform: cargo tree --invert ${crate}${version === '' ? '' : `@${version}`} --target ${facts.triple} --manifest-path ${facts.manifest}`,
        'Whether it is the platform or the toolchain, cargo check for this machine tells.',
      ];
    },
    source: 'rust-lang/rust compiler/rustc_errors',
  },
  {
    id: 'symbol-undefined',
    pattern: /(?:lib(?<by>\w+)-[0-9a-f]{16}\.rlib[^\n]*\n?[^\n]*)?undefined (?:reference to [`']|symbol: )(?<symbol>[\w$.@]+)'?(?:[^\n]*\n(?:[^\n]*\n){0,3}?[^\n]*lib(?<from>\w+)-[0-9a-f]{16}\.rlib)?/,
    fallback: true,
    cause: ({ groups }, { triple }) =>
      `${groups?.['by'] ?? groups?.['from'] ? `Crate ${groups['by'] ?? groups['from'] ?? ''} calls` : 'Some crate calls'} ${groups?.['symbol'] ?? ''}, and nothing that is linked for ${triple} has it: the library that should was left out on this platform, is older, or is not the one that the crate was written for.`,
    help: (match, facts) => [
      `Where a library for the platform has it, link that: ${inCrate(facts, 'rustflags = ["-Lnative=<folder>", "-l<library>"]')}`,
      `Else see what brings ${match.groups?.['by'] ?? match.groups?.['from'] ?? 'the crate'} in, and leave it out on this platform: cargo tree --target ${facts.triple} --manifest-path ${facts.manifest}`,
    ],
    source: 'binutils bfd/elflink.c; LLVM lld/ELF/Relocations.cpp',
  },
  {
    id: 'build-script-failed',
    pattern: /failed to run custom build command for `(?<crate>\S+ v[^\s`]+)[^`]*`(?:(?:(?!\nerror)[\s\S]){0,60000}?\n\s*(?:thread '[^\n]* panicked at [^\n]*\n\s*|Error: )(?<said>[^\n]+))?/,
    fallback: true,
    cause: ({ groups }, { triple }) =>
      `The build script of ${groups?.['crate'] ?? ''}, which runs on this machine and prepares the crate for ${triple}, gave up${groups?.['said'] === undefined ? '; its own words are above and in the log.' : `: ${groups['said'].trim()}`}`,
    help: ({ groups }, { triple, manifest }) => {
      const crate = (groups?.['crate'] ?? '').replace(' v', '@');
      return [`See what brings it in, and which of its features it is built with: cargo tree --invert ${crate} --edges features,no-dev --target ${triple} --manifest-path ${manifest}`, `Look for a newer one: cargo update --package ${crate} --manifest-path ${manifest}`];
    },
    source: 'rust-lang/cargo src/cargo/core/compiler/custom_build.rs',
  },
];

function asList(text: string | undefined, say: (text: string) => string): readonly string[] {
  return text === undefined ? [] : [say(text)];
}
