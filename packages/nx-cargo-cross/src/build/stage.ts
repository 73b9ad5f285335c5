/**
 * Proves a build's artifacts and lays them out: all of them, or none. What was there before stays until the new output is whole.
 */
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { manifestFile, renderManifest, type Manifest, type ManifestFile, type ShippedKind } from '../artifact/manifest.js';
import { readImports } from '../artifact/macho/imports.js';
import { proveBytes, type ProofMeans } from '../artifact/proof.js';
import { promiseOf, type ArtifactKind, type PromiseOptions } from '../artifact/promise.js';
import type { Linkage, PlatformBuild } from '../config/resolved.js';
import type { Failure } from '../diagnostics/failure.js';
import type { Finding } from '../diagnostics/finding.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { quoteWord } from '../diagnostics/quote.js';
import type { CargoCall, PlannedBuild } from '../plan/plan.js';
import type { KnownTriple } from '../platform/known.js';
import { formatTriple } from '../platform/triple.js';
import { attempt, listDirectory, mkdir, readFile, rm, swapDirectory, uniqueSuffix, writeFile } from '../system/files.js';
import { isRunning } from '../system/process.js';
import type { Toolchain } from '../toolchain/identity.js';
import { layOutForAndroid } from './android-layout.js';
import type { FoundArtifact } from './collect.js';
import { sharedBytes } from './shared-bytes.js';

/** What one cargo call yielded. */
export interface Yield {
  readonly call: CargoCall;
  readonly found: readonly FoundArtifact[];
}

/** How artifacts are proved, and who hears what is no broken promise. */
export interface Proving {
  readonly means: ProofMeans;
  readonly warn: (file: string, findings: readonly Finding[]) => void;
  /** Looks at the proved files before they are handed out. */
  readonly check?: (folder: string, files: readonly ManifestFile[]) => Promise<readonly Failure[]>;
}

/** What a folder of artifacts is made from. */
export interface StageSpec {
  /** Absolute. */
  readonly destination: string;
  readonly build: PlatformBuild;
  readonly minOs: string | undefined;
  /** Libraries of the toolchain, by name, that are shipped where an artifact needs them; absolute. */
  readonly ships: Readonly<Record<string, string>>;
  /** What the manifest says besides its files. */
  readonly manifest: Omit<Manifest, 'schema' | 'platform' | 'triple' | 'files'>;
}

/** One file to ship, absolute, with those that belong to it. */
export interface StageItem {
  readonly kind: ShippedKind;
  readonly fileName: string;
  readonly path: string;
  readonly companions?: FoundArtifact['companions'];
  readonly linkage?: Linkage | undefined;
}

/** Reads, proves and stages what cargo made. Returns the manifest's file list; fails with every broken promise, or with what the system refused. */
export async function stageArtifacts(planned: PlannedBuild, toolchain: Toolchain, yields: readonly Yield[], proving: Proving): Promise<Result<readonly ManifestFile[]>> {
  const { crate, build } = planned.request;
  const manifest: StageSpec['manifest'] = {
    crate: crate.name,
    version: crate.version,
    profile: build.profile,
    features: build.features,
    defaultFeatures: build.defaultFeatures,
    backend: { id: planned.backend.id, version: planned.backend.version },
    toolchain: toolchain.label,
  };
  const items = yields.flatMap(({ call, found }) => found.map((artifact) => ({ ...artifact, linkage: call.linkage })));
  return stageFiles({ destination: planned.destination, build, minOs: planned.minOs, ships: planned.ships, manifest }, items, proving);
}

/** Reads, proves and stages files, whoever made them. */
export async function stageFiles(spec: StageSpec, items: readonly StageItem[], proving: Proving): Promise<Result<readonly ManifestFile[]>> {
  return stageFolder(spec.destination, async (draft) => {
    const files: ManifestFile[] = [];
    const failures: Failure[] = [];
    for (const item of items) {
      const proved = await stageOne(spec, item, draft, proving);
      if (proved.ok) files.push(...proved.value);
      else failures.push(...proved.failures);
    }
    for (const [name, path] of Object.entries(spec.ships)) {
      if (!files.some(({ needed }) => needed?.includes(name))) continue;
      const proved = await stageShipped(spec, name, path, draft);
      if (proved.ok) files.push(...proved.value);
      else failures.push(...proved.failures);
    }
    if (failures.length === 0 && proving.check) failures.push(...(await proving.check(draft, files)));
    const [first, ...rest] = failures;
    if (first) return failed(first, ...rest);
    await layOutForAndroid(spec.build.platform, draft, files);
    return success(manifestOf(spec, files));
  });
}

/** Has a folder filled beside its destination, writes the manifest into it, and puts it in the place of what was there before: whole, or not at all. */
export async function stageFolder(destination: string, fill: (draft: string) => Promise<Result<Manifest>>): Promise<Result<readonly ManifestFile[]>> {
  const draft = join(dirname(destination), `.${basename(destination)}.${uniqueSuffix()}`);
  await sweepDrafts(dirname(destination), basename(destination));
  const written = await attempt(async () => {
    await mkdir(draft, { recursive: true });
    const filled = await fill(draft);
    if (!filled.ok) return filled;
    await writeFile(join(draft, 'manifest.json'), renderManifest(filled.value));
    await swapDirectory(draft, destination);
    return success(filled.value.files);
  });
  await attempt(() => rm(draft, { recursive: true, force: true }));
  if (written.ok) return written.value;
  return failed({ code: 'stage-failed', directory: destination, cause: written.cause, help: helpFor(written.code, dirname(destination)) });
}

/** What the platform's options say of artifacts that were linked in one way. */
export function promiseOptions({ build, minOs }: Pick<StageSpec, 'build' | 'minOs'>, linkage: Linkage | undefined): PromiseOptions {
  const { glibc, apiLevel, interpreter, allow } = build;
  return { linkage, glibc, minOs, apiLevel, interpreter, allow };
}

async function stageOne(spec: StageSpec, item: StageItem, draft: string, { means, warn }: Proving): Promise<Result<readonly ManifestFile[]>> {
  const { platform } = spec.build;
  const files: ManifestFile[] = [];
  const companions = (item.companions ?? []).map((companion) => ({ kind: 'import-library', ...companion }) as const);
  for (const { kind, fileName, path } of [item, ...companions]) {
    const bytes = sharedBytes(await readFile(path), kind, spec.build, sha256);
    await writeFile(join(draft, fileName), bytes, { mode: kind === 'bin' || kind === 'cdylib' ? 0o755 : 0o644 });
    const shipped = { name: fileName, kind, size: bytes.length, sha256: sha256(bytes) };
    if (kind === 'file') {
      files.push(shipped);
      continue;
    }
    const promise = promiseOf(platform, kind, kind === 'import-library' ? {} : promiseOptions(spec, item.linkage));
    const { summary, failures, warnings } = proveBytes(fileName, bytes, promise, means);
    if (warnings.length > 0) warn(fileName, warnings);
    const [first, ...rest] = failures;
    if (first) return failed(first, ...rest);
    if (!summary) return failed({ code: 'artifact-unreadable', file: fileName, message: 'nothing could be read of it' });
    files.push(manifestFile({ ...shipped, flatSymbols: flatSymbols(platform.triple.facts, kind, bytes) }, summary));
  }
  return success(files);
}

/** macOS: what the file asks of no library in particular. */
function flatSymbols(facts: KnownTriple, kind: ArtifactKind, bytes: Uint8Array): readonly string[] {
  if (facts.os !== 'macos' || (kind !== 'bin' && kind !== 'cdylib')) return [];
  const imports = readImports(bytes);
  return imports.ok ? imports.value.flatMap(({ symbol, from }) => (from === 'flat' ? [symbol] : [])) : [];
}

/** A library of the toolchain's makers is held against the same promise as ours: it is loaded by the same system. */
async function stageShipped({ build, manifest }: StageSpec, fileName: string, path: string, draft: string): Promise<Result<readonly ManifestFile[]>> {
  const bytes = await readFile(path);
  const { summary, failures } = proveBytes(fileName, bytes, promiseOf(build.platform, 'cdylib', { allow: build.allow }));
  // What is said of linking does not mend what somebody else has linked.
  const help = `It comes ready-made from ${path} of ${manifest.backend.id} ${manifest.backend.version}: no flag changes it. Take a newer ${manifest.backend.id}.`;
  const [first, ...rest] = failures.map((failure) => (failure.code === 'promise-broken' ? { ...failure, findings: failure.findings.map((finding) => ({ ...finding, help })) } : failure));
  if (first) return failed(first, ...rest);
  if (!summary) return failed({ code: 'artifact-unreadable', file: path, message: 'nothing could be read of it' });
  await writeFile(join(draft, fileName), bytes, { mode: 0o755 });
  return success([manifestFile({ name: fileName, kind: 'cdylib', size: bytes.length, sha256: sha256(bytes) }, summary)]);
}

function manifestOf({ build, manifest }: StageSpec, files: readonly ManifestFile[]): Manifest {
  return { schema: 1, ...manifest, platform: build.platform.name, triple: formatTriple(build.platform.triple), files };
}

/** Removes the drafts that killed builds left beside the destination. */
async function sweepDrafts(directory: string, name: string): Promise<void> {
  for (const entry of await listDirectory(directory)) {
    const match = entry.startsWith(`.${name}.`) ? /^(\d+)-[0-9a-f]{8}(\.old-\d+)?$/.exec(entry.slice(name.length + 2)) : null;
    if (match && !isRunning(Number(match[1]))) await attempt(() => rm(join(directory, entry), { recursive: true, force: true }));
  }
}

function helpFor(code: string, directory: string): string {
  if (code === 'ENOSPC' || code === 'EDQUOT') return `Make room on the disk of ${directory} (df -h ${quoteWord(directory)}), or set "outDir" to a folder elsewhere; then run the same command again.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `Make the folder writable: chmod -R u+w ${quoteWord(directory)}`;
  return `Look at ${directory}, then run the same command again.`;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
