/** Joins what was built for both Macs into universal files, and proves and stages them like any artifacts. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { joinUniversal } from '../artifact/macho/join-universal.js';
import { manifestFile, type Manifest, type ManifestFile } from '../artifact/manifest.js';
import { parseManifest } from '../artifact/parse-manifest.js';
import { proveUniversalBytes } from '../artifact/proof.js';
import { promiseOf, type ArtifactPromise } from '../artifact/promise.js';
import { deploymentTarget } from '../backend/apple/deployment-target.js';
import type { PlatformBuild } from '../config/resolved.js';
import type { Failure } from '../diagnostics/failure.js';
import { quoteWord } from '../diagnostics/quote.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { UNIVERSAL_MACOS, UNIVERSAL_TRIPLE } from '../platform/universal.js';
import { attempt, readFile, writeFile } from '../system/files.js';
import { promiseOptions, stageFolder, type Proving } from './stage.js';

export interface UniversalRequest {
  /** The Nx task id. */
  readonly task: string;
  readonly project: string;
  readonly crate: string;
  /** What the user asked of each of the two platforms. */
  readonly parts: readonly [PlatformBuild, PlatformBuild];
  /** Relative to the Nx workspace root. */
  readonly outDir: string;
  readonly workspaceRoot: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One platform's artifacts as they lie there. */
interface Part {
  readonly build: PlatformBuild;
  /** Absolute. */
  readonly folder: string;
  readonly manifest: Manifest;
}

const KINDS = ['bin', 'cdylib', 'staticlib'] as const;

/** Where the parts lie, and where the whole goes. Absolute. */
export function universalFolders({ parts, outDir, project, workspaceRoot }: UniversalRequest): { readonly from: readonly string[]; readonly to: string } {
  const folder = (platform: string): string => join(workspaceRoot, outDir, platform, project);
  return { from: parts.map(({ platform }) => folder(platform.name)), to: folder(UNIVERSAL_MACOS) };
}

/** Joins, proves, stages. Fails where a part is missing, is not what its manifest says, or differs from the other in more than the processor. */
export async function buildUniversal(request: UniversalRequest, proving: Proving): Promise<Result<readonly ManifestFile[]>> {
  const { from, to } = universalFolders(request);
  const parts: Part[] = [];
  for (const [index, build] of request.parts.entries()) {
    const part = await readPart(request, build, from[index] ?? '');
    if (!part.ok) return part;
    parts.push(part.value);
  }
  const [intel, arm] = parts;
  if (!intel || !arm) return failed(impossible(request, 'there are no two parts'));
  const differing = (['version', 'profile', 'features', 'defaultFeatures', 'toolchain'] as const).find((key) => JSON.stringify(intel.manifest[key]) !== JSON.stringify(arm.manifest[key]));
  if (differing !== undefined) {
    return failed(impossible(request, `the parts were built with another ${differing}: ${JSON.stringify(intel.manifest[differing])} and ${JSON.stringify(arm.manifest[differing])}`));
  }
  const names = [...new Set(parts.flatMap(({ manifest }) => manifest.files.filter(isJoined).map(({ name }) => name)))];
  const lonely = names.find((name) => parts.some(({ manifest }) => !manifest.files.some((file) => file.name === name)));
  if (lonely !== undefined) return failed(impossible(request, `${lonely} was built for one of the processors only`));
  return stageFolder(to, async (draft) => {
    const files: ManifestFile[] = [];
    const failures: Failure[] = [];
    for (const name of names) {
      const made = await joinOne(request, parts, name, proving);
      if (!made.ok) {
        failures.push(...made.failures);
        continue;
      }
      await writeFile(join(draft, name), made.value.bytes, { mode: made.value.file.kind === 'staticlib' ? 0o644 : 0o755 });
      files.push(made.value.file);
    }
    const [first, ...rest] = failures;
    return first ? failed(first, ...rest) : success(manifestOf(intel.manifest, arm.manifest, files));
  });
}

/** A program or library, not what only belongs to one. */
function isJoined(file: ManifestFile): file is ManifestFile & { readonly kind: (typeof KINDS)[number] } {
  return KINDS.some((kind) => kind === file.kind);
}

async function readPart(request: UniversalRequest, build: PlatformBuild, folder: string): Promise<Result<Part>> {
  const text = await attempt(() => readFile(join(folder, 'manifest.json'), 'utf8'));
  if (!text.ok) return failed(impossible(request, `${build.platform.name} is not built: there is no ${join(folder, 'manifest.json')}`));
  const parsed = parseManifest(text.value);
  return parsed.ok ? success({ build, folder, manifest: parsed.manifest }) : failed(impossible(request, `${join(folder, 'manifest.json')} is no manifest: ${parsed.message}`));
}

async function joinOne(request: UniversalRequest, parts: readonly Part[], name: string, { means, warn }: Proving): Promise<Result<{ readonly bytes: Uint8Array; readonly file: ManifestFile }>> {
  const sources: { readonly name: string; readonly bytes: Uint8Array; readonly file: ManifestFile; readonly promise: ArtifactPromise }[] = [];
  for (const { build, folder, manifest } of parts) {
    const file = manifest.files.find((one) => one.name === name);
    const bytes = await attempt(() => readFile(join(folder, name)));
    if (!file || !isJoined(file) || !bytes.ok) return failed(impossible(request, `${join(folder, name)} is not there`));
    if (sha256(bytes.value) !== file.sha256) return failed(impossible(request, `${join(folder, name)} was changed after it was built`));
    const minOs = deploymentTarget(build.platform.triple.facts, build.minOs, { ...request.env, ...build.env });
    sources.push({ name: `${build.platform.name}/${name}`, bytes: bytes.value, file, promise: promiseOf(build.platform, file.kind, promiseOptions({ build, minOs }, undefined)) });
  }
  const joined = joinUniversal(sources);
  if (!joined.ok) return failed(impossible(request, joined.message));
  const [first, ...others] = sources;
  if (!first) return failed(impossible(request, `${name} has no part`));
  const { summary, failures, warnings } = proveUniversalBytes(name, joined.bytes, [{ ...first.promise, platform: UNIVERSAL_MACOS }, ...others.map(({ promise }) => promise)], means);
  const [failure, ...rest] = failures;
  if (failure) return failed(failure, ...rest);
  if (!summary) return failed({ code: 'artifact-unreadable', file: name, message: 'nothing could be read of it' });
  if (warnings.length > 0) warn(name, warnings);
  const all = <T>(read: (file: ManifestFile) => readonly T[] | undefined): readonly T[] => [...new Set(sources.flatMap(({ file }) => read(file) ?? []))];
  const shipped = { name, kind: first.file.kind, size: joined.bytes.length, sha256: sha256(joined.bytes), flatSymbols: all(({ flatSymbols }) => flatSymbols) };
  const needed = all((file) => file.needed);
  return success({ bytes: joined.bytes, file: { ...manifestFile(shipped, summary), ...(first.file.needed && { needed }) } });
}

function manifestOf(intel: Manifest, arm: Manifest, files: readonly ManifestFile[]): Manifest {
  const either = (a: string, b: string): string => (a === b ? a : `${a}+${b}`);
  const backend = { id: either(intel.backend.id, arm.backend.id), version: either(intel.backend.version, arm.backend.version) };
  return { ...intel, platform: UNIVERSAL_MACOS, triple: UNIVERSAL_TRIPLE, backend, files };
}

function impossible({ crate, project, task }: UniversalRequest, why: string): Failure {
  return { code: 'universal-impossible', crate, why, command: `npx nx run ${quoteWord(task === '' ? project : task)} --skip-nx-cache` };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
