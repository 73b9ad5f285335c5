import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { aStdContext, aToolchain, write } from '../testkit/toolchains.js';
import type { Toolchain } from './identity.js';
import { otherWays } from './other-toolchains.js';

const folder = aTempFolder('ways');
const SYSTEM_SOURCE = '/usr/lib/rustlib/src/rust/library/std/Cargo.toml';
const DEBIAN = "On Debian 12 or newer, a Rust with std's source, in /usr: apt-get install rustc-web cargo-web rust-web-src";
const [withSource, bare] = [join(folder, 'my toolchains', 'dev'), join(folder, 'bare')];
write(join(withSource, 'lib/rustlib/src/rust/library/std/Cargo.toml'), '');

interface Machine {
  readonly rustup?: boolean;
  readonly listed?: string;
  readonly system?: boolean;
  readonly toolchain?: Partial<Toolchain>;
}

async function waysOn({ rustup = true, listed = '', system = false, toolchain = {} }: Machine): Promise<readonly string[]> {
  const context = aStdContext(folder, aToolchain(join(folder, 'own'), toolchain), {
    onPath: rustup ? { rustup: '/bin/rustup' } : {},
    capture: () => ({ stdout: listed }),
    exists: { [SYSTEM_SOURCE]: system },
  });
  return (await otherWays(context))('x86_64-unknown-linux-musl');
}

const TOOLCHAIN = '1.96.0-x86_64-unknown-linux-gnu';
const ADD = [`rustup target add x86_64-unknown-linux-musl --toolchain ${TOOLCHAIN}`, `rustup component add rust-src --toolchain ${TOOLCHAIN}`];
const TAKE = 'Take toolchain "dev" of this machine, which has std\'s source: export RUSTUP_TOOLCHAIN=dev';

describe('ways to get std', () => {
  test.each<readonly [string, Machine, readonly string[]]>([
    ["with rustup's toolchain", {}, [...ADD, DEBIAN]],
    ['with another toolchain that has the source', { listed: `stable (active, default)  ${bare}\ndev  ${withSource}\n` }, [...ADD, TAKE, DEBIAN]],
    ['with one that is active', { listed: `dev (active, default) ${withSource}\n` }, [...ADD, TAKE, DEBIAN]],
    ['with others that have none', { listed: `dev ${bare}\nno path here\n\n` }, [...ADD, DEBIAN]],
    ['with the system\'s Rust', { system: true }, [...ADD, "Take the Rust of this system, which has std's source: rustup toolchain link system /usr && export RUSTUP_TOOLCHAIN=system"]],
    ["with the system's Rust among rustup's", { system: true, listed: `dev ${withSource}` }, [...ADD, TAKE]],
    ['without rustup', { rustup: false }, [DEBIAN]],
    ["without rustup, with the system's Rust", { rustup: false, system: true }, ['Take the Rust of this system, which has std\'s source: export PATH="/usr/bin:$PATH"']],
    ["with a linked toolchain, which rustup cannot add to", { toolchain: { rustupName: undefined } }, [DEBIAN]],
    ["with the system's Rust, which has no source", { toolchain: { rustupName: undefined, sysroot: '/usr' } }, [DEBIAN]],
  ])('%s', async (_, machine, ways) => {
    expect(await waysOn(machine)).toEqual(ways);
  });

  test('do not name the toolchain that lacks it', async () => {
    const own = aToolchain(join(folder, 'own'), { source: true });
    expect(await waysOn({ listed: `${TOOLCHAIN} (active) ${own.sysroot}` })).toEqual([...ADD, DEBIAN]);
  });
});
