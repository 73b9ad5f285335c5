/**
 * The environment variables that decide what a command of the user's own makes, besides those of the backend.
 * Sources: GNU make's "Implicit Variables"; gcc's "Environment Variables"; `go help environment`; cmake-env-variables(7); pkg-config(1).
 */
import { screamingTriple, snakeTriple, type Triple } from '../platform/triple.js';

const ALWAYS = [
  ...['CFLAGS', 'CXXFLAGS', 'CPPFLAGS', 'LDFLAGS', 'LDLIBS', 'ARFLAGS', 'MAKEFLAGS', 'SOURCE_DATE_EPOCH'],
  ...['CPATH', 'C_INCLUDE_PATH', 'CPLUS_INCLUDE_PATH', 'LIBRARY_PATH', 'COMPILER_PATH', 'LD_RUN_PATH', 'ZIG_LIB_DIR', 'ZIG_LIBC', 'CONFIG_SITE', 'GNUMAKEFLAGS'],
  ...['GOFLAGS', 'GOEXPERIMENT', 'GOTOOLCHAIN', 'GOAMD64', 'GOARM64', 'GO386', 'CGO_CFLAGS', 'CGO_CPPFLAGS', 'CGO_CXXFLAGS', 'CGO_LDFLAGS'],
  ...['CMAKE_GENERATOR', 'CMAKE_BUILD_TYPE', 'CMAKE_PREFIX_PATH', 'CMAKE_TOOLCHAIN_FILE'],
  ...['PKG_CONFIG', 'PKG_CONFIG_PATH', 'PKG_CONFIG_LIBDIR', 'PKG_CONFIG_SYSROOT_DIR'],
];

/** For one triple, each once. */
export function execEnvNames({ name, facts }: Triple): readonly string[] {
  const targeted = ['CC', 'CXX', 'AR', 'RANLIB'].flatMap((tool) => [`${tool}_${snakeTriple(name)}`, `${tool}_${name}`, `TARGET_${tool}`]);
  return [...ALWAYS, ...targeted, `CARGO_TARGET_${screamingTriple(name)}_LINKER`, ...(facts.os === 'macos' ? ['SDKROOT', 'MACOSX_DEPLOYMENT_TARGET'] : [])];
}
