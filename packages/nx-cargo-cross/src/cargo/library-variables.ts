/**
 * Variables by which build scripts are told of libraries: too many to list, since pkg-config, system-deps and vcpkg make them of the libraries' names, and alike enough
 * to be known by their form. Sources: pkg-config 0.3.34 (`FOO_STATIC`, `FOO_DYNAMIC`, `FOO_NO_PKG_CONFIG`), system-deps 7 (`SYSTEM_DEPS_FOO_*`), vcpkg 0.2
 * (`VCPKGRS_*`), and the habit of `*-sys` crates (`PQ_LIB_DIR`, `AWS_LC_SYS_STATIC`).
 */

/** As an extended regular expression. What runners of CI services set by themselves must not be among them. */
const FORM =
  '^([A-Z0-9_]+_(STATIC|DYNAMIC|NO_PKG_CONFIG|USE_PKG_CONFIG|NO_VENDOR|LIB|LIBS|LIBDIR|LIB_DIR|LIB_DIRS|LIB_NAME|LIB_PATH|INCLUDE|INCLUDES|INCLUDE_DIR|INCLUDE_DIRS|INCLUDE_PATH)' +
  '|SYSTEM_DEPS_.+|VCPKGRS_.+|VCPKG_ROOT|[A-Z0-9_]+_SYS_.+)$';

/** Those of one package that are in the table of variables, where they count for that package alone. */
const LISTED = '(OPENSSL|SQLITE3|ROCKSDB)_';

/** Packages by which a build script finds libraries. */
const FINDERS = ['pkg-config', 'system-deps', 'vcpkg', 'cc', 'cmake', 'autotools', 'build.rs'];

/** Whether such variables may be read: by a package that finds libraries, or by a build script of the repository's own. */
export function mayFindLibraries(packages: { has(name: string): boolean }, localBuildScript: boolean): boolean {
  return FINDERS.some((name) => (name === 'build.rs' ? localBuildScript : packages.has(name)));
}

/** The command that tells which of them are set, to what: the same for all tasks, so that Nx runs it once. For a shell. */
export const ASK_LIBRARY_VARIABLES = `awk 'BEGIN { for (name in ENVIRON) if (name ~ /${FORM}/ && name !~ /${LISTED}/) print name "=" ENVIRON[name] }' | LC_ALL=C sort`;

/** Whether that command tells of a variable. */
export function isLibraryVariable(name: string): boolean {
  return new RegExp(FORM).test(name) && !new RegExp(LISTED).test(name);
}
