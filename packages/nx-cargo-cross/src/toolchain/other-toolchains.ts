/** When a toolchain cannot cross-build: the commands that would help on this very machine. */
import { join } from 'node:path';
import { quoteWord } from '../diagnostics/quote.js';
import type { StdContext } from './std.js';

/** Which toolchain, and where it is asked. */
export type WaysContext = Pick<StdContext, 'system' | 'toolchain' | 'directory' | 'env'>;

/**
 * Looks for ways to get std that would work here: rustup's own commands, and other toolchains on the machine that carry std's source.
 * Returns a function from triple to commands, likeliest first.
 */
export async function otherWays(context: WaysContext): Promise<(triple: string) => readonly string[]> {
  const { system, toolchain, env } = context;
  const rustup = await system.findOnPath('rustup', env);
  const others = rustup === undefined ? [] : await linkedWithSource(context, rustup);
  const distribution = await system.exists('/usr/lib/rustlib/src/rust/library/std/Cargo.toml');
  const name = toolchain.rustupName;
  return (triple) => [
    ...(rustup !== undefined && name !== undefined
      ? [`rustup target add ${triple} --toolchain ${name}`, `rustup component add rust-src --toolchain ${name}`]
      : []),
    ...others.map((other) => `Take toolchain "${other}" of this machine, which has std's source: export RUSTUP_TOOLCHAIN=${quoteWord(other)}`),
    ...(distribution && others.length === 0 && toolchain.sysroot !== '/usr'
      ? [`Take the Rust of this system, which has std's source: ${rustup === undefined ? 'export PATH="/usr/bin:$PATH"' : 'rustup toolchain link system /usr && export RUSTUP_TOOLCHAIN=system'}`]
      : []),
    ...(distribution ? [] : ["On Debian 12 or newer, a Rust with std's source, in /usr: apt-get install rustc-web cargo-web rust-web-src"]),
  ];
}

async function linkedWithSource(context: WaysContext, rustup: string): Promise<readonly string[]> {
  const listed = await context.system.capture({ command: rustup, args: ['toolchain', 'list', '-v'], cwd: context.directory, env: context.env });
  const found: string[] = [];
  for (const line of listed.stdout.split('\n')) {
    const match = /^(\S+)(?: \([^)]*\))?\s+(\/.*)$/.exec(line.trim());
    const [, name, path] = match ?? [];
    if (name === undefined || path === undefined || path === context.toolchain.sysroot) continue;
    if (await context.system.exists(join(path, 'lib', 'rustlib', 'src', 'rust', 'library', 'std', 'Cargo.toml'))) found.push(name);
  }
  return found;
}
