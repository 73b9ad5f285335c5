/** `nx-cargo-cross prove`: the proof of the build, for any file. */
import { relative, resolve, sep } from 'node:path';
import { proveBytes } from '../artifact/proof.js';
import { artifactKindOf } from '../artifact/artifact-kind.js';
import { promiseOf } from '../artifact/promise.js';
import { readBinary } from '../artifact/binary.js';
import { resolvePlatformAt, type PlaceInTree } from '../config/platform-at.js';
import type { Failure } from '../diagnostics/failure.js';
import { failuresAsJson } from '../diagnostics/json.js';
import { renderFailures } from '../diagnostics/render.js';
import { attempt, readFile } from '../system/files.js';
import { findRepositoryRoot } from '../system/repository-root.js';
import { makeSourceTree } from '../system/source-tree.js';
import type { Platform } from '../platform/platform.js';
import { misused, type Command, type ExitCode, type Words, type World } from './command.js';
import { refuse } from './run.js';

export const prove: Command = {
  name: 'prove',
  usage: 'FILE... --platform NAME [--json]',
  doc: 'Reads the bytes of programs and libraries, ours or not, and says which promises of a platform they break.',
  flags: [{ name: 'platform', value: 'NAME', doc: "A platform's short name (aarch64-linux, aarch64-linux.2.17), a triple, or a name of the workspace's own." }],
  run: runProve,
};

async function runProve(words: Words, world: World): Promise<ExitCode> {
  const json = words.has('json');
  const word = words.text('platform');
  if (word === undefined) return refuse([misused(prove, 'which platform? Say --platform NAME')], json, world);
  if (words.operands.length === 0) return refuse([misused(prove, 'no file to prove')], json, world);
  const platform = resolvePlatformAt(word, placeOf(world.cwd), { file: 'command line' });
  if (!platform.ok) return refuse(platform.failures, json, world);
  const proved: Proved[] = [];
  for (const file of words.operands) proved.push(await proveFile(file, platform.value, world.cwd));
  world.out(json ? renderJson(proved, platform.value) : renderText(proved, platform.value));
  if (proved.some(({ failures }) => failures.some(({ code }) => code === 'file-unreadable'))) return 2;
  return proved.some(({ failures }) => failures.length > 0) ? 1 : 0;
}

interface Proved {
  readonly file: string;
  readonly failures: readonly Failure[];
}

/** Where options are read: in the repository that the command was started in. */
function placeOf(cwd: string): PlaceInTree | undefined {
  const root = findRepositoryRoot(cwd);
  return root === undefined ? undefined : { tree: makeSourceTree(root), folder: relative(root, cwd).split(sep).join('/') };
}

async function proveFile(file: string, platform: Platform, cwd: string): Promise<Proved> {
  const bytes = await attempt(() => readFile(resolve(cwd, file)));
  if (!bytes.ok) return { file, failures: [{ code: 'file-unreadable', file, cause: bytes.cause }] };
  const binary = readBinary(bytes.value);
  const kind = binary.ok ? artifactKindOf(binary.value) : 'bin';
  return { file, failures: proveBytes(file, bytes.value, promiseOf(platform, kind)).failures };
}

function renderJson(proved: readonly Proved[], platform: Platform): string {
  const files = proved.map(({ file, failures }) => ({
    file,
    ok: failures.length === 0,
    findings: failures.flatMap((failure): readonly unknown[] => (failure.code === 'promise-broken' ? failure.breaches : failuresAsJson([failure]))),
  }));
  return `${JSON.stringify({ schema: 1, platform: platform.name, triple: platform.triple.name, files }, undefined, 2)}\n`;
}

function renderText(proved: readonly Proved[], platform: Platform): string {
  return proved
    .map(({ file, failures }) => (failures.length === 0 ? `${file} is what platform ${platform.name} promises\n` : `${renderFailures(failures)}\n`))
    .join('');
}
