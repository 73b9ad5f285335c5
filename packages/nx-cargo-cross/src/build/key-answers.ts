/**
 * What commands of keys answer, told without a process: in a run that compiles little, a Node that was started for each build to say what is kept in a file took a tenth of what rustc did. Only for commands that this package writes, in the
 * very words that it writes, and only where the answer needs no other program; where both can tell, a shell says the same.
 */
import { isAbsolute, join } from 'node:path';
import { ASK_LIBRARY_VARIABLES, isLibraryVariable } from '../cargo/library-variables.js';
import { canonicalNow, existsNow, readTextNow } from '../system/files-now.js';
import { kernelAndMachine } from '../system/host.js';
import { outsideConfigAsker, rustcAsker } from '../system/key-programs.js';
import { knownOfRustc } from '../system/rustc-said.js';
import type { System } from '../system/system.js';
import { outsideConfig } from './outside-config.js';

interface Place {
  /** The Nx workspace root. */
  readonly root: string;
  readonly env: System['env'];
}

type Answer = (command: string, word: string, place: Place) => string | undefined;

/** Commands by their form, with the word that an answer goes by. */
const FORMS: readonly (readonly [RegExp, Answer])[] = [
  [/^uname -sm$/, () => kernelAndMachine()],
  [/^awk .*$/, (command, _, { env }) => (command === ASK_LIBRARY_VARIABLES && !Object.keys(env).some(isLibraryVariable) ? '' : undefined)],
  [/^\[ -z "((?:\$\w+)+)" \] \|\| (?:node "[^"$`]*"|"\$\w+")[\w .+-]*$/, unlessNamed],
  [/^node "[^"]*"((?: [\w.+-]+)*)$/, ofRustc],
  [/^d=\$PWD; .* ([\w.-]+); exit; fi; done; \[ "\$d" \] \|\| exit 0; d=\$\{d%\/\*\}; done$/, ofConfiguration],
  [/^export LC_ALL=C; env \| sed -nE 's\/\^(\([\w|()?[\]-]+\))=\(\.\+\)\/\\1=\\\d\/p' \| sort \| while IFS='=' read -r name tool; do echo "\$name"; \$tool --version < \/dev\/null; done 2>&1$/, ofNamedTools],
  [/^\(export LC_ALL=C; grep '"version"' ([\w@./-]+)(?: \|\| [^;&|()\n]+)* \|\| echo none\) 2>\/dev\/null$/, versionLines],
];

/**
 * What `sh -c` would print for a command in the workspace root, without the line break at its end, and nothing to the error stream; undefined where that has to be found out.
 * @param root the Nx workspace root
 */
export function knownAnswer(command: string, root: string, env: System['env']): string | undefined {
  if (process.platform === 'win32') return undefined;
  for (const [form, answer] of FORMS) {
    const found = form.exec(command);
    if (found) return answer(command, found[1] ?? '', { root, env })?.replace(/\r?\n$/, '');
  }
  return undefined;
}

/** What is asked only where a variable is set. */
function unlessNamed(command: string, variables: string, { root, env }: Place): string | undefined {
  const isNamed = variables.split('$').some((name) => name !== '' && (env[name] ?? '') !== '');
  return isNamed ? knownAnswer(command.slice(command.indexOf(' || ') + 4), root, env) : '';
}

function ofRustc(command: string, said: string, { root, env }: Place): string | undefined {
  const words = said.split(' ').filter((word) => word !== '');
  return command === rustcAsker(root)(...words) ? knownOfRustc(words, canonicalNow(root), env) : undefined;
}

function ofConfiguration(command: string, triple: string, { root, env }: Place): string | undefined {
  const home = env['CARGO_HOME'] || (env['HOME'] === undefined ? undefined : `${env['HOME']}/.cargo`);
  if (command !== outsideConfigAsker(root)(triple) || home === undefined || !isAbsolute(home)) return undefined;
  const folders = [home, ...above(workingDirectory(root, env)).map((folder) => `${folder}/.cargo`)];
  if (!folders.some((folder) => ['config', 'config.toml'].some((file) => existsNow(`${folder}/${file}`)))) return '';
  try {
    return outsideConfig(canonicalNow(root), { ...env, CARGO_HOME: home }, triple);
  } catch {
    return undefined;
  }
}

/** As a shell calls the folder that it is started in: by the name that it was told where that leads there (POSIX.1-2017, XCU 2.5.3, `PWD`). */
function workingDirectory(root: string, { PWD: told }: Place['env']): string {
  const real = canonicalNow(root);
  return told !== undefined && isAbsolute(told) && canonicalNow(told) === real ? told : real;
}

function above(folder: string): readonly string[] {
  const parent = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  return folder === '' ? [] : [parent, ...above(parent)];
}

/** Lines of `env`, of which a value may have several. */
function ofNamedTools(_: string, names: string, { env }: Place): string | undefined {
  const lines = Object.entries(env).flatMap(([name, value]) => `${name}=${value}`.split('\n'));
  return lines.some((line) => new RegExp(`^${names}=.`).test(line)) ? undefined : '';
}

/** grep takes what is no text for something else. */
function versionLines(_: string, file: string, { root }: Place): string | undefined {
  const text = readTextNow(join(root, file)) ?? '';
  const lines = text.split('\n').filter((line) => line.includes('"version"'));
  return lines.length > 0 && /^[\t\r\n\x20-\x7e]*$/.test(text) ? lines.join('\n') : undefined;
}
