/** This plugin's options in nx.json: which entry of `plugins` counts, and where it stands, for messages that name a line. */
import picomatch from 'picomatch';
import type { WrittenMetadata } from '../cargo/model.js';
import { canonicalJson } from '../cargo/canonical.js';
import { parseLocatedJson } from './json-locator.js';

/** Nx's own configuration file. */
export const NX_JSON = 'nx.json';

/** One entry of `plugins` that names this plugin. */
export interface NxPluginEntry {
  /** Globs over manifests; undefined where the entry is for all. */
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
  readonly options: WrittenMetadata;
}

/** This plugin's entries in the text of nx.json, in their order. Empty where there are none, or where the text is no JSON. */
export function parseNxPluginEntries(text: string): readonly NxPluginEntry[] {
  const plugins = member(parseLocatedJson(text)?.value, 'plugins');
  if (!Array.isArray(plugins)) return [];
  return plugins.flatMap((entry, index): NxPluginEntry[] => {
    const name = typeof entry === 'string' ? entry : member(entry, 'plugin');
    if (typeof name !== 'string' || !isThisPlugin(name)) return [];
    const path = ['plugins', String(index), 'options'];
    const options = { value: member(entry, 'options') ?? {}, file: NX_JSON, text, path };
    return [{ include: texts(member(entry, 'include')), exclude: texts(member(entry, 'exclude')), options }];
  });
}

/** The options as Nx hands them to a graph hook, with their place in nx.json, as far as they can be found there. */
export function locateNxOptions(options: unknown, text: string): WrittenMetadata {
  const given = canonicalJson(options ?? {});
  const entry = parseNxPluginEntries(text).find((candidate) => canonicalJson(candidate.options.value) === given);
  return entry?.options ?? { value: options ?? {}, file: NX_JSON, text, path: ['plugins'] };
}

/** The options that count for a manifest: those of the first entry that takes it. Undefined where no entry does. */
export function selectNxOptions(text: string, manifest: string): WrittenMetadata | undefined {
  const takes = ({ include, exclude }: NxPluginEntry): boolean =>
    (include === undefined || picomatch.isMatch(manifest, [...include], { dot: true })) &&
    (exclude === undefined || !picomatch.isMatch(manifest, [...exclude], { dot: true }));
  return parseNxPluginEntries(text).find(takes)?.options;
}

/** By its package name, or by a path to it, as in a repository that develops it. */
function isThisPlugin(name: string): boolean {
  return /(^|\/)nx-cargo-cross(\/|$)/.test(name);
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : undefined;
}
