/** OpenSSL: built from source by openssl-src, or taken from where it lies. Sources: openssl-sys 0.9.118 `build/`, openssl-src 300.6.1 `src/lib.rs`. */
import { screamingTriple, snakeTriple } from '../../platform/triple.js';
import type { Triple } from '../../platform/triple.js';
import type { ToolNeed } from '../contract.js';
import type { EnvEdit, Environment } from '../env-edit.js';
import type { CertainUse, PlannedUse, Recipe, RecipeUse, Refusal } from './recipe.js';
import { make, perl, pkgConfig } from './tools.js';

/** The triples of our table that openssl-src has no configuration for, or whose configuration needs Microsoft's own tools. */
function unsupported({ name, facts }: Triple): string | undefined {
  if (facts.libc === 'msvc') return "for this platform OpenSSL's own build calls nmake and Microsoft's compiler, which run on Windows alone.";
  if (facts.format === 'wasm') return 'OpenSSL needs sockets, threads and files that this platform has not.';
  if (name === 'aarch64-pc-windows-gnullvm' || name === 'i686-pc-windows-gnullvm') return 'openssl-src has no configuration of OpenSSL for it.';
  return undefined;
}

const named = (env: Environment, triple: Triple, variable: string): string | undefined => env[`${screamingTriple(triple.name)}_${variable}`] ?? env[variable];

/** A folder with OpenSSL that the user named. */
export function prebuiltOpenssl(env: Environment, triple: Triple): boolean {
  const has = (variable: string): boolean => (named(env, triple, variable) ?? '') !== '';
  return has('OPENSSL_DIR') || (has('OPENSSL_LIB_DIR') && has('OPENSSL_INCLUDE_DIR'));
}

/** The folder of Debian's own description of OpenSSL for a triple, as the gcc backend shows it to pkg-config. */
function debianFolder({ facts }: Triple): string {
  const arch = { i386: 'i386', powerpc64: facts.endian === 'little' ? 'powerpc64le' : 'powerpc64' }[facts.machine as string] ?? facts.machine;
  return `/usr/lib/${arch}-linux-${facts.env}/pkgconfig`;
}

const DEBIAN_ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64', i386: 'i386', riscv64: 'riscv64', powerpc64: 'ppc64el', s390x: 's390x', loongarch64: 'loong64' };

function debianArchitecture({ facts }: Triple): string {
  if (facts.machine === 'arm') return facts.floatAbi === 'hard' ? 'armhf' : 'armel';
  return DEBIAN_ARCHITECTURES[facts.machine] ?? facts.machine;
}

const usesDebian = ({ backend, triple }: RecipeUse): boolean => backend === 'gcc' && triple.facts.os === 'linux';

/** Whether openssl-sys looks for an OpenSSL that is there already. */
function looksFor({ used, env, triple, all }: CertainUse): boolean {
  if (['unstable_boringssl', 'aws-lc', 'aws-lc-fips'].some((feature) => used.features.includes(feature))) return false;
  const vendored = all.some(({ name }) => name === 'openssl-src');
  return !vendored || !['0', undefined].includes(named(env, triple, 'OPENSSL_NO_VENDOR'));
}

/** Somebody who opened pkg-config or vcpkg for the platform knows where his OpenSSL is. */
function isLeftToUser({ backend, host, triple, env }: RecipeUse): boolean {
  if (backend === 'native' || backend === 'cargo-config' || triple.name === host.triple && backend !== 'zig') return true;
  if (triple.facts.libc === 'msvc' && env['VCPKG_ROOT'] !== undefined) return true;
  const variables = ['PKG_CONFIG', 'PKG_CONFIG_PATH', 'PKG_CONFIG_LIBDIR', 'PKG_CONFIG_SYSROOT_DIR', 'PKG_CONFIG_ALLOW_CROSS'];
  const spellings = variables.flatMap((name) => [`${name}_${snakeTriple(triple.name)}`, `${name}_${triple.name}`, `TARGET_${name}`]);
  return [...spellings, 'PKG_CONFIG_ALLOW_CROSS', 'PKG_CONFIG_SYSROOT_DIR'].some((name) => env[name] !== undefined);
}

function needsOfSystem(use: CertainUse): readonly ToolNeed[] {
  if (!looksFor(use) || !usesDebian(use) || prebuiltOpenssl(use.env, use.triple)) return [];
  const openssl: ToolNeed = {
    key: 'openssl.pc',
    label: 'openssl.pc',
    optional: true,
    candidates: [{ from: 'folder', at: { path: debianFolder(use.triple) }, holds: 'openssl.pc' }],
    version: undefined,
    install: `apt-get install libssl-dev:${debianArchitecture(use.triple)}`,
  };
  return [openssl, pkgConfig(use.host, use.env)];
}

function refusesSystem(use: PlannedUse): Refusal | undefined {
  const { env, triple, tools, platform } = use;
  if (!looksFor(use) || prebuiltOpenssl(env, triple) || isLeftToUser(use)) return undefined;
  const debian = usesDebian(use);
  if (debian && tools['openssl.pc'] && tools['pkg-config']) return undefined;
  if (debian && tools['openssl.pc']) {
    return { why: 'It asks pkg-config where the OpenSSL of the platform is, and pkg-config is not on the PATH.', help: [`Install it: ${pkgConfig(use.host, env).install}`] };
  }
  const architecture = debianArchitecture(triple);
  return {
    why: `It looks for an OpenSSL that was built for ${triple.name}, and none is named. The one of this machine is for this machine.`,
    help: [
      unsupported(triple) === undefined
        ? `Build it from source: cargo add openssl --features vendored --package ${use.wanted}`
        : `Take rustls in the place of OpenSSL: ${unsupported(triple)}`,
      `Or name a folder with include/ and lib/ of an OpenSSL for the platform: in Cargo.toml, [package.metadata.nx-cargo-cross.platform.${platform}.env] with OPENSSL_DIR = "/path/to/it" and OPENSSL_STATIC = "1".`,
      ...(debian ? [`Or install Debian's: dpkg --add-architecture ${architecture} && apt-get update && apt-get install libssl-dev:${architecture}`] : []),
    ],
  };
}

function refusesVendored(use: PlannedUse): Refusal | undefined {
  const { env, triple, host, platform } = use;
  const why = host.os === 'windows' && triple.facts.libc === 'msvc' ? undefined : unsupported(triple);
  if (why === undefined || !['0', undefined].includes(named(env, triple, 'OPENSSL_NO_VENDOR'))) return undefined;
  return {
    why: `It builds OpenSSL from source: ${why}`,
    help: [
      `Name a folder with an OpenSSL for the platform: in Cargo.toml, [package.metadata.nx-cargo-cross.platform.${platform}.env] with OPENSSL_NO_VENDOR = "1", OPENSSL_DIR = "/path/to/it" and OPENSSL_STATIC = "1".`,
      'Or take rustls in the place of OpenSSL on this platform: most crates have a feature for it, as reqwest has "rustls-tls".',
    ],
  };
}

/** A static program can take nothing but the archives, also from a folder that has both. */
function staticEnv({ triple, env }: RecipeUse): readonly EnvEdit[] {
  const isStatic = triple.facts.libc === 'musl' && triple.facts.crtStaticDefault === true;
  if (!isStatic || !prebuiltOpenssl(env, triple)) return [];
  return [{ kind: 'set-if-missing', name: `${screamingTriple(triple.name)}_OPENSSL_STATIC`, value: '1', spellings: ['OPENSSL_STATIC'] }];
}

export const OPENSSL_RECIPES: readonly Recipe[] = [
  {
    id: 'openssl-vendored',
    crates: ['openssl-src'],
    why: "OpenSSL's Configure is written in Perl, and its build in make",
    source: 'openssl-src 300.6.1 src/lib.rs, `try_build`',
    needs: ({ host, env }) => [perl(host, env), make(host)],
    refuses: refusesVendored,
  },
  {
    id: 'openssl-system',
    crates: ['openssl-sys'],
    why: 'openssl-sys takes OpenSSL from a folder, from pkg-config, or not at all',
    source: 'openssl-sys 0.9.118 build/find_normal.rs',
    env: staticEnv,
    needs: needsOfSystem,
    refuses: refusesSystem,
  },
];
