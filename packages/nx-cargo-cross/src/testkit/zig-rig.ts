/** The generated compiler scripts, run for real by `sh`, with a `zig` behind them that only writes down how it was called. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { SetUpInput } from '../backend/contract.js';
import { applyEnvEdits, mergeEnvironment } from '../backend/env-edit.js';
import { NO_RUNTIME } from '../backend/zig/no-runtime.js';
import { NO_CHECKS } from '../backend/zig/script.js';
import { zigRow } from '../backend/zig/targets.js';
import { zig } from '../backend/zig.js';
import { aSetUp, aTool } from './builders.js';

/** What zig would have been told. */
export interface ZigCall {
  /** Undefined where the script answered by itself. */
  readonly argv: readonly string[] | undefined;
  /** The words behind `cc -target T -mcpu=M`, and in a link behind the one against checks. Response files stand as their words. */
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
  /** The program that makes stubs for macOS was started. */
  readonly stubbed: boolean;
  /** What the script left in its folder for temporary files. */
  readonly leftOver: readonly string[];
}

export interface ZigRig {
  readonly directory: string;
  /** Runs `<triple>-<tool>` with arguments. */
  run(tool: string, args: readonly string[], more?: { readonly env?: Readonly<Record<string, string>>; readonly exit?: number; readonly stdin?: string; readonly cwd?: string }): ZigCall;
  /** Writes a response file and returns its path. */
  responseFile(name: string, text: string): string;
}

/** Where FAKE_LLD_SAYS is set, that is what lld ends with; FAKE_LINK_SAYS, a link without checks; FAKE_RUNTIME_SAYS, one without zig's runtime library; FAKE_CORE_SAYS, one with a part of mingw. What a link makes for itself is only made, not noted: libraries of FreeBSD's base system, the archive of atomics. */
const FAKE_ZIG = `#!/bin/sh
if [ "$1" = ld.lld ] && [ "\${FAKE_LLD_SAYS-}" ]; then echo "$FAKE_LLD_SAYS" >&2; exit 1; fi
case \${ZIG_LIB_DIR-} in */zig-mingw-*/lib) if [ "\${FAKE_CORE_SAYS-}" ]; then echo "$FAKE_CORE_SAYS" >&2; exit 1; fi;; esac
case " $* " in *" ${NO_RUNTIME} "*) if [ "\${FAKE_RUNTIME_SAYS-}" ]; then echo "$FAKE_RUNTIME_SAYS" >&2; exit 1; fi;; esac
case " $* " in *" ${NO_CHECKS} "*) if [ "\${FAKE_LINK_SAYS-}" ]; then echo "$FAKE_LINK_SAYS" >&2; exit 1; fi;; esac
for a do last=$a; done
case $last in */base/*) [ "$FAKE_ZIG_EXIT" != 0 ] || : >"$last"; exit "$FAKE_ZIG_EXIT";; */atomic.*.o)
  for a do case $a in */atomic.*.[ao]) [ "$FAKE_ZIG_EXIT" != 0 ] || : >"$a";; esac; done
  exit "$FAKE_ZIG_EXIT";;
esac
for a do
  printf '%s\\0' "$a" >>"$FAKE_ZIG_OUT/argv"
  case $a in @*/*) if [ -f "\${a#@}" ]; then cp "\${a#@}" "$FAKE_ZIG_OUT/\${a##*/}.response"; fi;; esac
done
env -0 >"$FAKE_ZIG_OUT/env"
exit "$FAKE_ZIG_EXIT"
`;

/** Stands for the program that makes stubs: notes that it was started, and starts the driver with all words. */
const FAKE_LINK = `#!/bin/sh
: >"$FAKE_ZIG_OUT/linked"
for a do shift; [ "$a" = -- ] || set -- "$@" "$a"; done
exec "$@"
`;

/** Lays out the scripts of a triple in a folder, whose name may be as odd as it likes. */
export function aZigRig(folder: string, triple: string, more: Partial<SetUpInput> & { readonly zigEnv?: Readonly<Record<string, string>> } = {}): ZigRig {
  const { zigEnv, tools, ...input } = more;
  const directory = join(folder, 'scripts', triple);
  const fake = join(folder, 'fake zig', 'zig');
  write(fake, FAKE_ZIG, true);
  const program = join(folder, 'fake zig', 'link program');
  write(program, FAKE_LINK, true);
  const setUp = zig.setUp(aSetUp(triple, { tools: { zig: aTool(fake, '0.16.0', zigEnv), ...tools }, directory, cacheDirectory: join(folder, 'cache'), macosLinkProgram: [program], ...input }));
  if (!setUp.ok) throw new Error(setUp.failures[0].code);
  const told = mergeEnvironment({}, applyEnvEdits({}, setUp.value.env.filter(({ name }) => name.startsWith('NX_CARGO_CROSS_')), ':'));
  for (const file of setUp.value.files) write(join(directory, file.path), file.text, file.executable);

  return {
    directory,
    responseFile(name, text) {
      const path = join(folder, 'response', name);
      write(path, text, false);
      return path;
    },
    run(tool, args, { env = {}, exit = 0, stdin = '', cwd } = {}) {
      const out = join(folder, 'out');
      const temp = join(folder, 'tmp');
      rmSync(out, { recursive: true, force: true });
      for (const made of [out, temp]) mkdirSync(made, { recursive: true });
      const script = join(directory, tool.startsWith('/') ? tool.slice(1) : `${triple}-${tool}`);
      const ran = spawnSync(script, args, {
        env: { PATH: process.env['PATH'] ?? '', TMPDIR: temp, FAKE_ZIG_OUT: out, FAKE_ZIG_EXIT: String(exit), ...told, ...env },
        encoding: 'utf8',
        input: stdin,
        ...(cwd === undefined ? {} : { cwd }),
      });
      const argv = words(readIfThere(join(out, 'argv')));
      return {
        argv,
        words: ownWords(argv ?? [], triple).flatMap((word) => (word.startsWith(`@${temp}`) ? readZigResponseFile(readIfThere(join(out, `${basename(word)}.response`)) ?? '') : [word])),
        env: Object.fromEntries((words(readIfThere(join(out, 'env'))) ?? []).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])),
        stdout: ran.stdout,
        stderr: ran.stderr,
        status: ran.status,
        stubbed: existsSync(join(out, 'linked')),
        leftOver: readdirSync(temp),
      };
    },
  };
}

/**
 * Reads a response file as zig 0.16 does (`std/process/Args.zig`, `IteratorGeneral` with comments and single quotes): either quote opens and closes, a
 * backslash counts only before a quote, and `'` itself cannot be written.
 */
export function readZigResponseFile(text: string): string[] {
  const found: string[] = [];
  for (let at = 0; ; ) {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at++;
    if (at >= text.length) return found;
    if (text[at] === '#') {
      at = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
      continue;
    }
    let word = '';
    for (let quoted = false; at < text.length && (quoted || !/[ \t\r\n]/.test(text[at] ?? '')); at++) {
      const slashes = /^\\*/.exec(text.slice(at))?.[0].length ?? 0;
      const quote = /["']/.test(text[at + slashes] ?? '');
      word += '\\'.repeat(quote ? Math.floor(slashes / 2) : slashes);
      at += slashes;
      if (!quote && slashes > 0) at--;
      else if (quote && slashes % 2 === 1) word += '"';
      else if (quote) quoted = !quoted;
      else word += text[at];
    }
    found.push(word);
  }
}

/** Cuts off `cc -target T`, the processor where zig is told one, and what every link has. */
function ownWords(argv: readonly string[], triple: string): readonly string[] {
  const words = argv.slice(zigRow(triple)?.cpu === undefined ? 3 : 4);
  return words.slice(words[0] !== NO_CHECKS ? 0 : words[1] === NO_RUNTIME ? 2 : 1);
}

function words(text: string | undefined): readonly string[] | undefined {
  return text?.split('\0').slice(0, -1);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function write(path: string, text: string, executable: boolean): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: executable ? 0o755 : 0o644 });
}
