/**
 * The cargo calls that one request needs, and what each must yield.
 *
 * One call, but for one case: rustc makes no cdylib where the C library is linked statically (it drops the crate type with a warning), so on musl and Android a
 * crate that has a cdylib beside other artifacts gets a call of its own for it, linked dynamically.
 */
import type { CrateArtifact } from '../cargo/model.js';
import type { Linkage, PlatformBuild } from '../config/resolved.js';
import type { KnownTriple } from '../platform/known.js';

export interface Step {
  readonly linkage: Linkage | undefined;
  readonly bins: 'all' | readonly string[];
  readonly lib: boolean;
  readonly expected: readonly ExpectedArtifact[];
}

export interface ExpectedArtifact {
  readonly kind: CrateArtifact['kind'];
  /** The target's name in Cargo's terms. */
  readonly target: string;
  /** As the platform writes it: `app.exe`, `libapp.so`. */
  readonly fileName: string;
  /** False where cargo skips the target unless some feature is on. */
  readonly certain: boolean;
}

/** Splits a crate's artifacts into cargo calls for a platform. Empty when there is nothing to build. */
export function makeSteps(artifacts: readonly CrateArtifact[], build: PlatformBuild): readonly Step[] {
  const facts = build.platform.triple.facts;
  const chosen = artifacts.filter((artifact) => artifact.kind !== 'bin' || build.bins === undefined || build.bins.includes(artifact.name));
  const linkage = effectiveLinkage(facts, build.linkage);
  if (linkage !== 'static' || (facts.libc !== 'musl' && facts.libc !== 'bionic')) return steps(chosen, facts, build, linkage);
  const shared = chosen.filter((artifact) => artifact.kind === 'cdylib');
  const rest = chosen.filter((artifact) => artifact.kind !== 'cdylib');
  // The static call last: both make the library's archive, and the one that stays must be the static one.
  return [...steps(shared, facts, build, 'dynamic'), ...steps(rest, facts, build, 'static')];
}

/** Two artifacts that would be one file: wasm gives a program and a library of one name the same one, of which cargo keeps whichever comes last. */
export function nameTakenTwice(expected: readonly ExpectedArtifact[]): { readonly fileName: string; readonly artifacts: readonly string[] } | undefined {
  const fileName = expected.map((artifact) => artifact.fileName).find((name, index, names) => names.indexOf(name) < index);
  if (fileName === undefined) return undefined;
  return { fileName, artifacts: expected.filter((artifact) => artifact.fileName === fileName).map(({ kind, target }) => `${kind} ${target}`) };
}

/** The linkage of programs: as asked; else static for musl, whose platforms promise it; else the triple's own. */
export function effectiveLinkage(facts: KnownTriple, asked: Linkage | undefined): Linkage | undefined {
  if (asked !== undefined) return asked;
  if (facts.libc === 'musl') return 'static';
  return facts.libc === 'glibc' ? 'dynamic' : undefined;
}

function steps(artifacts: readonly CrateArtifact[], facts: KnownTriple, build: PlatformBuild, linkage: Linkage | undefined): readonly Step[] {
  if (artifacts.length === 0) return [];
  const bins = artifacts.filter((artifact) => artifact.kind === 'bin');
  return [
    {
      linkage,
      bins: build.bins === undefined && bins.length > 0 ? 'all' : bins.map((bin) => bin.name),
      lib: artifacts.some((artifact) => artifact.kind !== 'bin'),
      expected: artifacts.map((artifact) => ({
        kind: artifact.kind,
        target: artifact.name,
        fileName: fileName(artifact, facts),
        certain: build.bins !== undefined || artifact.requiredFeatures.length === 0,
      })),
    },
  ];
}

/** Source: rustc's target specifications (`exe-suffix`, `dll-prefix`, `staticlib-suffix` ...). */
function fileName(artifact: CrateArtifact, facts: KnownTriple): string {
  const { name, kind } = artifact;
  const windows = facts.os === 'windows';
  if (facts.format === 'wasm' && kind !== 'staticlib') return `${kind === 'cdylib' ? name.replaceAll('-', '_') : name}.wasm`;
  if (kind === 'bin') return windows ? `${name}.exe` : name;
  const lib = name.replaceAll('-', '_');
  if (kind === 'staticlib') return facts.libc === 'msvc' ? `${lib}.lib` : `lib${lib}.a`;
  if (windows) return `${lib}.dll`;
  return facts.os === 'macos' ? `lib${lib}.dylib` : `lib${lib}.so`;
}
