/**
 * Proves a build's artifacts and lays them out: all of them, or none. What was there before stays until the new output is whole.
 */
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { manifestFile, renderManifest, type Manifest, type ManifestFile } from '../artifact/manifest.js';
import { readImports } from '../artifact/macho/imports.js';
import { proveBytes, type ProofMeans } from '../artifact/proof.js';
import { promiseOf, type ArtifactKind, type PromiseOptions } from '../artifact/promise.js';
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

/** What one cargo call yielded. */
export interface Yield {
  readonly call: CargoCall;
  readonly found: readonly FoundArtifact[];
}

/** How artifacts are proved, and who hears what is no broken promise. */
export interface Proving {
  readonly means: ProofMeans;
  readonly warn: (file: string, findings: readonly Finding[]) => void;
}

/** Reads, proves and stages. Returns the manifest's file list; fails with every broken promise, or with what the system refused. */
export async function stageArtifacts(planned: PlannedBuild, toolchain: Toolchain, yields: readonly Yield[], proving: Proving): Promise<Result<readonly ManifestFile[]>> {
  const { destination } = planned;
  const draft = join(dirname(destination), `.${basename(destination)}.${uniqueSuffix()}`);
  await sweepDrafts(dirname(destination), basename(destination));
  const files: ManifestFile[] = [];
  const failures: Failure[] = [];
  const written = await attempt(async () => {
    await mkdir(draft, { recursive: true });
    for (const { call, found } of yields) {
      for (const artifact of found) {
        const proved = await stageOne(planned, call, artifact, draft, proving);
        if (proved.ok) files.push(...proved.value);
        else failures.push(...proved.failures);
      }
    }
    for (const [name, path] of Object.entries(planned.ships)) {
      if (!files.some(({ needed }) => needed?.includes(name))) continue;
      const proved = await stageShipped(planned, name, path, draft);
      if (proved.ok) files.push(...proved.value);
      else failures.push(...proved.failures);
    }
    if (failures.length > 0) return;
    await layOutForAndroid(planned, draft, files);
    await writeFile(join(draft, 'manifest.json'), renderManifest(manifestOf(planned, toolchain, files)));
    await swapDirectory(draft, destination);
  });
  await attempt(() => rm(draft, { recursive: true, force: true }));
  const [first, ...rest] = failures;
  if (first) return failed(first, ...rest);
  if (!written.ok) {
    return failed({ code: 'stage-failed', directory: destination, cause: written.cause, help: helpFor(written.code, dirname(destination)) });
  }
  return success(files);
}

/** What the platform's options say of the artifacts of one cargo call. */
export function promiseOptions({ request: { build }, minOs }: PlannedBuild, call: Pick<CargoCall, 'linkage'>): PromiseOptions {
  const { glibc, apiLevel, interpreter, allow } = build;
  return { linkage: call.linkage, glibc, minOs, apiLevel, interpreter, allow };
}

async function stageOne(
  planned: PlannedBuild,
  call: CargoCall,
  artifact: FoundArtifact,
  draft: string,
  { means, warn }: Proving,
): Promise<Result<readonly ManifestFile[]>> {
  const { build } = planned.request;
  const promise = promiseOf(build.platform, artifact.kind, promiseOptions(planned, call));
  const files: ManifestFile[] = [];
  for (const { kind, fileName, path } of [
    artifact,
    ...artifact.companions.map((companion) => ({ kind: 'import-library', ...companion }) as const),
  ]) {
    const bytes = await readFile(path);
    const { summary, failures, warnings } = proveBytes(fileName, bytes, kind === 'import-library' ? promiseOf(build.platform, kind, {}) : promise, means);
    if (warnings.length > 0) warn(fileName, warnings);
    const [first, ...rest] = failures;
    if (first) return failed(first, ...rest);
    if (!summary) return failed({ code: 'artifact-unreadable', file: fileName, message: 'nothing could be read of it' });
    await writeFile(join(draft, fileName), bytes, { mode: kind === 'bin' || kind === 'cdylib' ? 0o755 : 0o644 });
    const flat = flatSymbols(build.platform.triple.facts, kind, bytes);
    files.push(manifestFile({ name: fileName, kind, size: bytes.length, sha256: sha256(bytes), flatSymbols: flat }, summary));
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
async function stageShipped(planned: PlannedBuild, fileName: string, path: string, draft: string): Promise<Result<readonly ManifestFile[]>> {
  const bytes = await readFile(path);
  const { summary, failures } = proveBytes(fileName, bytes, promiseOf(planned.request.build.platform, 'cdylib', {}));
  const [first, ...rest] = failures;
  if (first) return failed(first, ...rest);
  if (!summary) return failed({ code: 'artifact-unreadable', file: path, message: 'nothing could be read of it' });
  await writeFile(join(draft, fileName), bytes, { mode: 0o755 });
  return success([manifestFile({ name: fileName, kind: 'cdylib', size: bytes.length, sha256: sha256(bytes) }, summary)]);
}

function manifestOf(planned: PlannedBuild, toolchain: Toolchain, files: readonly ManifestFile[]): Manifest {
  const { crate, build } = planned.request;
  return {
    schema: 1,
    crate: crate.name,
    version: crate.version,
    platform: build.platform.name,
    triple: formatTriple(build.platform.triple),
    profile: build.profile,
    features: build.features,
    defaultFeatures: build.defaultFeatures,
    backend: { id: planned.backend.id, version: planned.backend.version },
    toolchain: toolchain.label,
    files,
  };
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
