/** What parts of a key are made of, in words that are worth keeping: enough to say what changed, and no secret. */
import picomatch from 'picomatch';
import { canonicalJson } from '../cargo/canonical.js';
import { ASK_LIBRARY_VARIABLES } from '../cargo/library-variables.js';
import { parseLocatedJson } from '../config/json-locator.js';
import { fields, isObject } from './record.js';

type Digest = (text: string) => string;

/** The files of a list that globs choose: by path, their hash. */
export function chosenFiles(files: readonly { readonly file: string; readonly hash: string }[], globs: readonly string[]): Readonly<Record<string, string>> {
  const taken = globs.filter((glob) => !glob.startsWith('!')).map(matcher);
  const left = globs.filter((glob) => glob.startsWith('!')).map((glob) => matcher(glob.slice(1)));
  const chosen = files.filter(({ file }) => taken.some((matches) => matches(file)) && !left.some((matches) => matches(file)));
  return Object.fromEntries(chosen.map(({ file, hash }) => [file, hash]));
}

/** A path without a wildcard is that file. What stands before the first one is looked at first: there may be a hundred thousand files. */
function matcher(glob: string): (file: string) => boolean {
  const begin = /^[^*?[{(!\\]*/.exec(glob)?.[0] ?? '';
  if (begin === glob) return (file) => file === glob;
  const matches = picomatch(glob, { dot: true });
  return (file) => file.startsWith(begin) && matches(file);
}

/** nx.json: the plugin's own options as they are, of everything else by a digest whether it changed. */
export function nxJsonWords(text: string, digest: Digest): Readonly<Record<string, unknown>> {
  const parsed = parseLocatedJson(text)?.value;
  if (!isObject(parsed)) return {};
  const { plugins, ...others } = parsed;
  const entries = (Array.isArray(plugins) ? plugins : []).map((entry: unknown) => (typeof entry === 'string' ? { plugin: entry } : fields(entry)));
  const words = entries.map(({ plugin, ...rest }, index): [string, unknown] => {
    const before = entries.slice(0, index).filter((other) => other.plugin === plugin).length;
    return [before === 0 ? String(plugin) : `${String(plugin)} (${before + 1})`, plugin === OWN ? rest : short(digest, rest)];
  });
  return { ...Object.fromEntries(Object.entries(others).map(([key, value]) => [key, short(digest, value)])), plugins: Object.fromEntries(words) };
}

const OWN = 'nx-cargo-cross';

/** What of a project's configuration Nx has in every key of the project (native/tasks/hashers/hash_project_config.rs). Options may hold anything: by digest. */
export function configurationWords(data: unknown, digest: Digest): Readonly<Record<string, unknown>> {
  const { root, tags, namedInputs, targets } = fields(data);
  const described = Object.entries(fields(targets)).map(([name, target]): [string, unknown] => {
    const { executor, outputs, options, configurations, parallelism } = fields(target);
    return [name, { executor, outputs, options: options === undefined ? undefined : short(digest, options), configurations: configurations === undefined ? undefined : short(digest, configurations), parallelism }];
  });
  return { root, tags, namedInputs, targets: Object.fromEntries(described) };
}

/** What a digest looks like where it stands for a value that is not kept. */
export const DIGEST = /^#[0-9a-f]{16}$/;

function short(digest: Digest, value: unknown): string {
  return `#${digest(canonicalJson(value)).slice(0, 16)}`;
}

/** What a command said, as far as it may be kept: variables that cargo's configuration outside the repository sets may be anybody's secrets, and some of libraries'. */
export function answerWords(command: string, text: string, digest: Digest): string {
  if (command === ASK_LIBRARY_VARIABLES) return text.replace(/^(\w*(?:TOKEN|SECRET|PASS|KEY|AUTH|CRED)\w*)=(.*)$/gm, (_, name: string, value: string) => `${name}=${short(digest, value)}`);
  if (!command.includes('outside-config-main.js')) return text;
  const parsed = parseLocatedJson(text)?.value;
  if (!Array.isArray(parsed)) return text === '' ? '' : short(digest, text);
  return canonicalJson(parsed.map((table) => ({ ...fields(table), ...('env' in fields(table) ? { env: Object.fromEntries(Object.entries(fields(fields(table)['env'])).map(([name, value]) => [name, short(digest, value)])) } : {}) })));
}
