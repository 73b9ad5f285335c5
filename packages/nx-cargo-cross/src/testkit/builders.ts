/** Whole, valid values for tests: each builder takes only what its test is about, and fills in the rest. */
import type { FoundTool, Host, SetUpInput } from '../backend/contract.js';
import type { ArtifactMessage } from '../cargo/messages.js';
import type { CargoWorkspace, Crate, CrateArtifact } from '../cargo/model.js';
import type { PlatformBuild } from '../config/resolved.js';
import { planBuild, type PlannedBuild } from '../plan/plan.js';
import type { BuildRequest, Probe } from '../plan/request.js';
import { parsePlatform, type Platform } from '../platform/platform.js';
import { parseTriple, type Triple } from '../platform/triple.js';

export const LINUX: Host = { triple: 'x86_64-unknown-linux-gnu', os: 'linux' };
export const MAC: Host = { triple: 'aarch64-apple-darwin', os: 'macos' };

/** The triple that a text means; a text that means none is a mistake of the test. */
export function aTriple(text = 'aarch64-unknown-linux-gnu'): Triple {
  const parsed = parseTriple(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem}`);
  return parsed.triple;
}

export function aPlatform(text = 'aarch64-linux'): Platform {
  const parsed = parsePlatform(text, new Map());
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem}`);
  return parsed.platform;
}

export function aTool(path = '/opt/zig/zig', version = '0.16.0', env: FoundTool['env'] = {}): FoundTool {
  return { path, version, env };
}

/** What a backend is given for one triple. */
export function aSetUp(triple = 'aarch64-unknown-linux-gnu', more: Partial<SetUpInput> = {}): SetUpInput {
  return {
    triple: aTriple(triple),
    host: LINUX,
    tools: { zig: aTool() },
    directory: '/ws/target/nx-cross/backend/zig',
    linkage: undefined,
    glibc: undefined,
    minOs: undefined,
    apiLevel: undefined,
    sdk: undefined,
    driver: undefined,
    interpreter: undefined,
    strip: undefined,
    linker: undefined,
    closure: [],
    env: {},
    macosLinkProgram: ['/usr/bin/node', '/plugin/link.js'],
    cacheDirectory: '/ws/target/nx-cross/cache',
    ...more,
  };
}

export function anArtifact(kind: CrateArtifact['kind'] = 'bin', name = 'vault', requiredFeatures: readonly string[] = []): CrateArtifact {
  return { kind, name, requiredFeatures };
}

export function aCrate(more: Partial<Crate> = {}): Crate {
  return {
    name: 'vault',
    version: '1.2.3',
    root: 'rust/vault',
    manifest: 'rust/vault/Cargo.toml',
    artifacts: [anArtifact()],
    dependencies: [],
    metadata: undefined,
    ...more,
  };
}

export function aWorkspace(more: Partial<CargoWorkspace> = {}): CargoWorkspace {
  return {
    root: 'rust',
    manifest: 'rust/Cargo.toml',
    lockFile: 'rust/Cargo.lock',
    virtual: true,
    crates: [aCrate()],
    metadata: undefined,
    toolchain: undefined,
    cargoConfigs: [],
    ...more,
  };
}

/** A crate's options for one platform. */
export function aBuild(platform = 'aarch64-linux', more: Partial<PlatformBuild> = {}): PlatformBuild {
  return {
    platform: aPlatform(platform),
    backend: { id: 'zig', reason: 'default for the platform' },
    profile: 'release',
    features: [],
    defaultFeatures: true,
    bins: undefined,
    linkage: undefined,
    glibc: undefined,
    minOs: undefined,
    apiLevel: undefined,
    sdk: undefined,
    driver: undefined,
    interpreter: undefined,
    allow: [],
    // What it adds to every plan has tests of its own.
    reproducible: false,
    smoke: undefined,
    rustflags: [],
    places: {},
    env: {},
    ...more,
  };
}

/** What one Nx task asks for. `build` is options for {@link aBuild}. */
export function aRequest(platform = 'aarch64-linux', more: Partial<Omit<BuildRequest, 'build'>> & { readonly build?: Partial<PlatformBuild> } = {}): BuildRequest {
  const { build, ...rest } = more;
  return {
    task: `vault:cross-${platform}`,
    project: 'vault',
    workspace: aWorkspace(),
    crate: aCrate(),
    strip: undefined,
    closure: [],
    outside: 'none',
    outDir: 'dist/cross',
    overrides: [],
    lockedPackages: {},
    ...rest,
    build: aBuild(platform, build),
  };
}

/** What was found on a Linux machine with zig. */
export function aProbe(more: Partial<Probe> = {}): Probe {
  return {
    workspaceRoot: '/ws',
    host: LINUX,
    toolchain: { cargo: '/home/me/.cargo/bin/cargo', release: '1.96.0', commit: 'ac68faa20', label: 'rustc 1.96.0 (ac68faa20 2026-05-25)' },
    tools: { zig: aTool() },
    env: { PATH: '/usr/bin' },
    macosLinkProgram: ['/usr/bin/node', '/plugin/link.js'],
    pathDelimiter: ':',
    folders: {
      repository: ['/ws'],
      workspace: ['/ws/rust'],
      target: ['/ws/rust/target'],
      registries: ['/home/me/.cargo/registry/src'],
      checkouts: ['/home/me/.cargo/git/checkouts'],
    },
    targetDir: '/ws/rust/target',
    shared: { path: '/home/me/.cache/nx-cargo-cross/shared', nameOf: () => 'named' },
    rustflags: { targetTable: false, build: [] },
    hasRunner: false,
    color: false,
    used: undefined,
    ...more,
  };
}

/** The plan of a request that can be planned. */
export function aPlan(request: BuildRequest = aRequest(), probe: Probe = aProbe()): PlannedBuild {
  const planned = planBuild(request, probe);
  if (!planned.ok) throw new Error(planned.failures.map((failure) => failure.code).join(', '));
  return planned.value;
}

/** What cargo says of one artifact that it made. */
export function aMessage(filenames: readonly string[], more: Partial<ArtifactMessage> = {}): ArtifactMessage {
  return { package: 'vault 1.2.3', packageId: 'path+file:///ws/rust/vault#1.2.3', manifestPath: '/ws/rust/vault/Cargo.toml', targetName: 'vault', targetKinds: ['bin'], filenames, fresh: false, ...more };
}
