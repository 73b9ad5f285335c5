/** `nx-cargo-cross prove`: the proof of the build, for any file. */
import { relative, resolve, sep } from 'node:path';
import { artifactKindOf } from '../artifact/artifact-kind.js';
import { readBinary } from '../artifact/binary.js';
import { proveBytes, proveUniversalBytes, type ProofMeans } from '../artifact/proof.js';
import { promiseOf, type ArtifactPromise } from '../artifact/promise.js';
import { proofMeans } from '../build/proof-means.js';
import { checkAllowWord } from '../config/check-allow.js';
import { resolvePromiseAt, type PlaceInTree, type PromisedPlatform } from '../config/platform-at.js';
import type { Failure } from '../diagnostics/failure.js';
import type { Finding } from '../diagnostics/finding.js';
import { failuresAsJson } from '../diagnostics/json.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { renderFailures } from '../diagnostics/render.js';
import { all, failed, success, type Result } from '../diagnostics/result.js';
import { renderWarnings } from '../diagnostics/say-finding.js';
import { universalTriples } from '../platform/universal.js';
import { attempt, readFile } from '../system/files.js';
import { findRepositoryRoot } from '../system/repository-root.js';
import { makeSourceTree } from '../system/source-tree.js';
import { misused, type Command, type ExitCode, type Words, type World } from './command.js';
import { refuse } from './run.js';

export const prove: Command = {
  name: 'prove',
  usage: 'FILE... --platform NAME [--linkage static|dynamic] [--allow WORD]... [--json]',
  doc: 'Reads the bytes of programs and libraries, ours or not, and says which promises of a platform they break.',
  flags: [
    { name: 'platform', value: 'NAME', doc: "A platform's short name (aarch64-linux, aarch64-linux.2.17), a triple, universal-macos, or a name of the workspace's own." },
    { name: 'linkage', value: 'WORD', doc: 'How programs must be linked: static or dynamic. Else as the options say, or as the triple does by itself.' },
    { name: 'allow', value: 'WORD', repeated: true, doc: 'A finding to accept besides those that the options accept: rpath:/opt/lib, text-relocations.' },
  ],
  run: runProve,
};

const COMMAND_LINE = { file: 'command line' } as const;

async function runProve(words: Words, world: World): Promise<ExitCode> {
  const json = words.has('json');
  const root = findRepositoryRoot(world.cwd);
  const promised = readWords(words, root === undefined ? undefined : placeIn(root, world.cwd));
  if (!promised.ok) return refuse(promised.failures, json, world);
  const means = proofMeans(world.system, { workspaceRoot: root, keepsPaths: false });
  const proved: Proved[] = [];
  for (const file of words.operands) proved.push(await proveFile(file, promised.value, means, world.cwd));
  world.out(json ? renderJson(proved, promised.value) : proved.map((one) => renderText(one, promised.value)).join(''));
  if (proved.some(({ failures }) => failures.some(({ code }) => code === 'file-unreadable'))) return 2;
  return proved.some(({ failures }) => failures.length > 0) ? 1 : 0;
}

const LINKAGES = ['static', 'dynamic'] as const;

/** What was asked for: one platform, or those whose files are joined into one. */
interface Asked {
  readonly name: string;
  readonly platforms: readonly [PromisedPlatform, ...PromisedPlatform[]];
}

function readWords(words: Words, place: PlaceInTree | undefined): Result<Asked> {
  const [platform, linkage] = [words.text('platform'), words.text('linkage')];
  if (platform === undefined) return failed(misused(prove, 'which platform? Say --platform NAME'));
  if (words.operands.length === 0) return failed(misused(prove, 'no file to prove'));
  const known = LINKAGES.find((word) => word === linkage);
  if (linkage !== undefined && !known)
    return failed({ code: 'unknown-word', kind: 'linkage', word: linkage, location: COMMAND_LINE, nearest: nearestWord(linkage, LINKAGES), valid: LINKAGES });
  const allow = words.texts('allow');
  const [first, ...rest] = allow.flatMap((word) => checkAllowWord(word, COMMAND_LINE));
  if (first) return failed(first, ...rest);
  const resolved = all((universalTriples(platform) ?? [platform]).map((word) => resolvePromiseAt(word, place, COMMAND_LINE)));
  if (!resolved.ok) return resolved;
  const [one, ...more] = resolved.value.map(({ platform: found, options }) => ({
    platform: found,
    options: { ...options, linkage: known ?? options.linkage, allow: [...(options.allow ?? []), ...allow] },
  }));
  if (!one) return failed(misused(prove, `${platform} stands for no platform`));
  return success({ name: more.length > 0 ? platform : one.platform.name, platforms: [one, ...more] });
}

/** Where options are read: in the repository that the command was started in. */
function placeIn(root: string, cwd: string): PlaceInTree {
  return { tree: makeSourceTree(root), folder: relative(root, cwd).split(sep).join('/') };
}

interface Proved {
  readonly file: string;
  readonly failures: readonly Failure[];
  readonly warnings: readonly Finding[];
}

async function proveFile(file: string, { name, platforms }: Asked, means: ProofMeans, cwd: string): Promise<Proved> {
  const bytes = await attempt(() => readFile(resolve(cwd, file)));
  if (!bytes.ok) return { file, failures: [{ code: 'file-unreadable', file, cause: bytes.cause }], warnings: [] };
  const binary = readBinary(bytes.value);
  const kind = binary.ok ? artifactKindOf(binary.value) : 'bin';
  const [first, ...rest] = platforms;
  const promise = ({ platform, options }: PromisedPlatform): ArtifactPromise => ({ ...promiseOf(platform, kind, options), platform: name });
  const { failures, warnings } =
    rest.length === 0 ? proveBytes(file, bytes.value, promise(first), means) : proveUniversalBytes(file, bytes.value, [promise(first), ...rest.map(promise)], means);
  return { file, failures, warnings };
}

function renderJson(proved: readonly Proved[], { name, platforms }: Asked): string {
  const files = proved.map(({ file, failures, warnings }) => ({
    file,
    ok: failures.length === 0,
    findings: [...failures.flatMap((failure): readonly Finding[] => (failure.code === 'promise-broken' ? failure.findings : [])), ...warnings],
    failures: failuresAsJson(failures.filter(({ code }) => code !== 'promise-broken')),
  }));
  return `${JSON.stringify({ schema: 1, platform: name, triples: platforms.map(({ platform }) => platform.triple.name), files }, undefined, 2)}\n`;
}

function renderText({ file, failures, warnings }: Proved, { name }: Asked): string {
  const said = failures.length === 0 ? `${file} is what platform ${name} promises` : renderFailures(failures);
  return `${said}\n${warnings.length > 0 ? `${renderWarnings(file, warnings)}\n` : ''}`;
}
