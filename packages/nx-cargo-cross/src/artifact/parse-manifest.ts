/** Reads a `manifest.json` back, trusting nothing in it: it may come from a shared cache. */
import type { Manifest, ManifestFile } from './manifest.js';
import { ARTIFACT_KINDS } from './promise.js';

/** A manifest, or why the text is none. */
export type ManifestParse = { readonly ok: true; readonly manifest: Manifest } | { readonly ok: false; readonly message: string };

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isSize: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A name in the manifest's own folder: it must not lead out of it. */
const isFileName: Check = (value) => typeof value === 'string' && value !== '' && value !== '.' && value !== '..' && !/[/\\\0]/.test(value);

const MANIFEST: Readonly<Record<keyof Manifest, Check>> = {
  schema: (value) => value === 1,
  crate: isText,
  version: isText,
  triple: isText,
  platform: isText,
  profile: isText,
  features: isTexts,
  defaultFeatures: (value) => typeof value === 'boolean',
  backend: (value) => isRecord(value) && isText(value['id']) && isText(value['version']),
  toolchain: isText,
  files: Array.isArray,
};

const FILE: Readonly<Record<keyof ManifestFile, Check>> = {
  name: isFileName,
  kind: oneOf(...ARTIFACT_KINDS, 'file'),
  size: isSize,
  sha256: (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  format: optional(oneOf('elf', 'pe', 'macho', 'wasm')),
  machine: optional(isText),
  linkage: optional(oneOf('static', 'dynamic')),
  interpreter: optional(isText),
  glibc: optional((value) => typeof value === 'string' && /^\d+\.\d+$/.test(value)),
  minOs: optional(isText),
  apiLevel: optional(isSize),
  crt: optional(oneOf('msvcrt', 'ucrt', 'both', 'none')),
  slices: optional(isTexts),
  needed: optional(isTexts),
  flatSymbols: optional(isTexts),
};

/**
 * Parses and checks a manifest's text. Fails on text that is no JSON, on another schema, and on the first key with a value of the wrong kind,
 * naming it. Keys that this version doesn't know are kept out of the result's type but not refused.
 */
export function parseManifest(text: string): ManifestParse {
  const value = parseJson(text);
  if (!isRecord(value)) return { ok: false, message: 'not a JSON object' };
  const wrong = firstWrong(value, MANIFEST) ?? (value['files'] as readonly unknown[]).map(wrongInFile).find((key) => key !== undefined);
  if (wrong !== undefined) return { ok: false, message: `"${wrong}" is missing or not of the kind that schema 1 has` };
  return { ok: true, manifest: value as unknown as Manifest };
}

function wrongInFile(file: unknown, index: number): string | undefined {
  if (!isRecord(file)) return `files[${index}]`;
  const key = firstWrong(file, FILE);
  return key === undefined ? undefined : `files[${index}].${key}`;
}

function firstWrong(value: Readonly<Record<string, unknown>>, checks: Readonly<Record<string, Check>>): string | undefined {
  return Object.keys(checks).find((key) => !checks[key]?.(value[key]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
