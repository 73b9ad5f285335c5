/** Which Rust toolchain builds: rustc's own answer, asked in the Cargo workspace so that rustup and rust-toolchain files have their say. */
import { basename, dirname, join } from 'node:path';
import type { Failure } from '../diagnostics/failure.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import type { Captured } from '../system/process.js';
import type { System } from '../system/system.js';

export interface Toolchain {
  /** Absolute paths, as found on the PATH (rustup's proxies where rustup is in use). */
  readonly cargo: string;
  readonly rustc: string;
  /** The toolchain's own rustc, behind any proxy. */
  readonly realRustc: string;
  readonly sysroot: string;
  /** `1.96.0`. */
  readonly release: string;
  readonly commit: string;
  /** The host triple. */
  readonly host: string;
  /** The first line of `rustc -vV`: `rustc 1.96.0 (abc 2026-05-01)`. */
  readonly label: string;
  /** The name rustup knows it by, where rustup manages it. */
  readonly rustupName: string | undefined;
}

/** rustup's proxy, where rust-toolchain.toml or RUSTUP_TOOLCHAIN names a toolchain that is not here (rustup 1.28, `errors.rs`). */
const NOT_INSTALLED = /toolchain '([\w.+-]+)' is not installed/;

/** Asks `rustc -vV` and `--print sysroot` in the directory. Fails with `tool-missing` or `tool-broken`. */
export async function readToolchain(system: System, directory: string, env: Readonly<Record<string, string>>): Promise<Result<Toolchain>> {
  const cargo = await system.findOnPath('cargo', env);
  const rustc = env['RUSTC'] ?? (await system.findOnPath('rustc', env));
  if (cargo === undefined) return failed(missing('cargo'));
  if (rustc === undefined) return failed(missing('rustc'));
  const [version, root] = await askRustc(system, rustc, directory, env);
  const sysroot = root.stdout.trim();
  const parsed = parseVerboseVersion(version.stdout);
  if (version.exitCode !== 0 || root.exitCode !== 0 || !parsed || sysroot === '') {
    const said = version.spawnError ?? (version.stderr.trim() || root.stderr.trim() || `exit code ${version.exitCode ?? '?'}`);
    return failed({ code: 'tool-broken', tool: 'rustc', path: rustc, message: withoutTrace(said), install: `rustup toolchain install ${NOT_INSTALLED.exec(said)?.[1] ?? 'stable'}` });
  }
  const realRustc = ownRustc(sysroot);
  return success({
    ...parsed,
    cargo,
    rustc,
    realRustc: (await system.exists(realRustc)) ? realRustc : rustc,
    sysroot,
    rustupName: rustupName(sysroot),
  });
}

type Asked = readonly [version: Captured, sysroot: Captured];

/**
 * What rustc says of itself, asked once for a toolchain's own rustc: it answers from a library of 150 MB. Whatever else answers in its name (a script, a
 * program that chooses) is asked every time, as is rustup's proxy where rustup has anything to complain of.
 */
async function askRustc(system: System, rustc: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Asked> {
  const ask = (capture: System['capture'], command: string): Promise<Asked> =>
    Promise.all([capture({ command, args: ['-vV'], cwd, env }), capture({ command, args: ['--print', 'sysroot'], cwd, env })]);
  const command = await behindProxy(system, rustc, cwd, env);
  if (command !== undefined) {
    const asked = await ask(system.captureOnce, command);
    if ((await system.canonicalPath(ownRustc(asked[1].stdout.trim()))) === (await system.canonicalPath(command))) return asked;
  }
  return ask(system.capture, rustc);
}

/** rustup says which rustc its proxy would start in a fifth of the time that rustc takes to say anything. */
async function behindProxy(system: System, rustc: string, cwd: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  const rustup = await system.canonicalPath(rustc);
  if (!/^rustup(\.exe)?$/.test(basename(rustup))) return rustc;
  const which = await system.capture({ command: rustup, args: ['which', 'rustc'], cwd, env });
  return which.exitCode === 0 ? which.stdout.trim() : undefined;
}

function ownRustc(sysroot: string): string {
  return join(sysroot, 'bin', process.platform === 'win32' ? 'rustc.exe' : 'rustc');
}

/** rustup shows its own stack where RUST_BACKTRACE is set, which tells nobody anything. */
function withoutTrace(said: string): string {
  return said.split(/\n+Stack backtrace:/)[0]?.trim() ?? said;
}

interface VerboseVersion {
  readonly label: string;
  readonly release: string;
  readonly commit: string;
  readonly host: string;
}

/** Reads the output of `rustc -vV`; undefined when a field is absent. */
export function parseVerboseVersion(text: string): VerboseVersion | undefined {
  const field = (name: string): string | undefined => new RegExp(`^${name}: (.+)$`, 'm').exec(text)?.[1]?.trim();
  const label = text.split('\n')[0]?.trim();
  const [release, host] = [field('release'), field('host')];
  if (!label || release === undefined || host === undefined) return undefined;
  const commit = field('commit-hash');
  return { label, release, host, commit: commit === undefined || commit === 'unknown' ? '' : commit };
}

/** `<rustup home>/toolchains/<name>`. A linked toolchain has its sysroot elsewhere, and rustup can add nothing to it. */
function rustupName(sysroot: string): string | undefined {
  return basename(dirname(sysroot)) === 'toolchains' ? basename(sysroot) : undefined;
}

function missing(tool: 'cargo' | 'rustc'): Failure {
  return {
    code: 'tool-missing',
    tool,
    neededFor: 'building Rust at all',
    searched: ['the PATH', ...(tool === 'rustc' ? ['$RUSTC'] : [])],
    install: "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh\nor, on Debian: apt-get install rustc-web cargo-web rust-web-src",
    alternatives: [],
  };
}
