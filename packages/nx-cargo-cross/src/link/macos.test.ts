import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { machoWithImports } from '../testkit/macho-imports.js';
import { aTempFolder } from '../testkit/temp.js';
import { linkMacos } from './macos.js';

/** Stands for zig: keeps the stubs that each pass was given, and links what the test prepared for the pass. */
const DRIVER = `#!/bin/sh
log=\${0%/*}; pass=$(ls "$log" | grep -c '^pass-'); pass=$((pass + 1))
mkdir "$log/pass-$pass"; printf '%s\\n' "$@" >"$log/pass-$pass/words"
before= out=
for a do case $a in -F*) stubs=\${a#-F};; esac; [ "$before" = -o ] && out=$a; before=$a; done
cp -r "$stubs/." "$log/pass-$pass/"
[ -f "$log/says-$pass" ] && { cat "$log/says-$pass" >&2; exit 1; }
cp "$log/links-$pass" "$out"
`;

const folder = aTempFolder('macos link');
let count = 0;

interface Passed {
  readonly status: number;
  readonly stderr: string;
  /** Of each pass: the words, and the symbols of each stub. */
  readonly passes: readonly { readonly words: readonly string[]; readonly stubs: Readonly<Record<string, readonly string[]>> }[];
  readonly output: string;
}

const flat = (...symbols: readonly string[]): Uint8Array => machoWithImports(symbols.map((symbol) => ({ symbol, ordinal: 0 })));
const bound = (...symbols: readonly string[]): Uint8Array => machoWithImports(symbols.map((symbol) => ({ symbol, ordinal: 1 })));

function link(words: readonly string[], passes: readonly (Uint8Array | string)[], files: Readonly<Record<string, string>> = {}, closure?: ReadonlySet<string>): Passed {
  const own = join(folder, `link ${++count}`);
  mkdirSync(own, { recursive: true });
  const driver = join(own, 'driver');
  writeFileSync(driver, DRIVER, { mode: 0o755 });
  passes.forEach((pass, index) => writeFileSync(join(own, `${typeof pass === 'string' ? 'says' : 'links'}-${index + 1}`), pass));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(own, path, '..'), { recursive: true });
    writeFileSync(join(own, path), text);
  }
  const output = join(own, 'out put');
  const ran = linkMacos({ driver: [driver, 'cc'], words: [...words.map((word) => word.replace('{d}', own)), '-o', output], closure });
  return {
    ...ran,
    output,
    passes: readdirSync(own)
      .filter((name) => name.startsWith('pass-'))
      .map((name) => ({ words: readFileSync(join(own, name, 'words'), 'utf8').split('\n').slice(0, -1), stubs: stubsOf(join(own, name)) })),
  };
}

function stubsOf(directory: string): Readonly<Record<string, readonly string[]>> {
  const files = readdirSync(directory, { recursive: true }).map(String).filter((name) => name.endsWith('.tbd')).sort();
  return Object.fromEntries(files.map((name) => [name, (/symbols: \[ (.*) \]/.exec(readFileSync(join(directory, name), 'utf8'))?.[1] ?? '').split(', ').filter(Boolean)]));
}

const OPEN = 'libnx-cargo-cross-open.tbd';

describe('a link with frameworks', () => {
  test('learns the symbols, and links against stubs with exactly them', () => {
    const { status, passes, output } = link(['a.o', '-framework', 'Security', '-framework', 'CoreFoundation', '-lobjc', '-liconv'], [flat('_SecItemAdd', '_CFRetain', '_objc_release'), bound('_SecItemAdd')]);
    expect(status).toBe(0);
    expect(passes.map(({ stubs }) => stubs)).toEqual([
      { 'CoreFoundation.framework/CoreFoundation.tbd': [], 'Security.framework/Security.tbd': [], 'libiconv.tbd': [], 'libobjc.tbd': [], [OPEN]: [] },
      { 'CoreFoundation.framework/CoreFoundation.tbd': ['_CFRetain'], 'Security.framework/Security.tbd': ['_SecItemAdd'], 'libiconv.tbd': [], 'libobjc.tbd': ['_objc_release'], [OPEN]: [] },
    ]);
    expect(passes[0]?.words).toEqual(expect.arrayContaining(['cc', 'a.o', '-Wl,-undefined,dynamic_lookup']));
    expect(passes[1]?.words).not.toContain('-Wl,-undefined,dynamic_lookup');
    expect(readFileSync(output)).toEqual(Buffer.from(bound('_SecItemAdd')));
  });

  test('goes by what the sources say that rustc read', () => {
    const files = {
      'deps/libbinding_sys-0123456789abcdef.rlib': '',
      'deps/binding_sys-0123456789abcdef.d': '{}\n',
      'src/binding/src/lib.rs': '#[link(name = "AppKit", kind = "framework")] extern "C" { fn NSBeep(); }',
    };
    const own = join(folder, `link ${count + 1}`);
    const { passes } = link(['{d}/deps/libbinding_sys-0123456789abcdef.rlib', '-framework', 'AppKit', '-framework', 'Foundation'], [flat('_NSBeep'), bound('_NSBeep')], {
      ...files,
      'deps/binding_sys-0123456789abcdef.d': `x.rlib: y\n\n${join(own, 'src/binding/src/lib.rs').replaceAll(' ', '\\ ')}:\n`,
    });
    expect(passes[1]?.stubs).toMatchObject({ 'AppKit.framework/AppKit.tbd': ['_NSBeep'], 'Foundation.framework/Foundation.tbd': [] });
    expect(passes).toHaveLength(2);
  });

  test('looks up flat what two may hold and the program uses, and only that', () => {
    const { status, passes } = link(['a.o', '-framework', 'AppKit', '-framework', 'Foundation'], [flat('_NSApp', '_NSDead'), bound('_NSApp'), flat('_NSApp')]);
    expect(status).toBe(0);
    expect(passes.map(({ stubs }) => stubs[OPEN])).toEqual([[], ['_NSApp', '_NSDead'], []]);
    expect(passes[1]?.words).toContain('-lnx-cargo-cross-open');
    expect(passes[2]?.words).toContain('-Wl,-undefined,dynamic_lookup');
    expect(passes[2]?.words).not.toContain('-lnx-cargo-cross-open');
    expect(passes[2]?.stubs['AppKit.framework/AppKit.tbd']).toEqual(['_NSDead']);
  });

  test('that nobody uses is looked up nowhere', () => {
    const { passes } = link(['a.o', '-framework', 'AppKit', '-framework', 'Foundation'], [flat('_NSDead'), bound(), bound()]);
    expect(passes[2]?.words).not.toContain('-Wl,-undefined,dynamic_lookup');
  });

  test('ends with the first pass where that fails', () => {
    expect(link(['a.o', '-framework', 'Security'], ['error: duplicate symbol\n'])).toMatchObject({ status: 1, stderr: 'error: duplicate symbol\n', passes: [{}] });
  });

  test('says why a symbol is undefined', () => {
    const { status, stderr } = link(['a.o', '-framework', 'Security', '-lobjc'], [flat('_nowhere', '_SecItemAdd'), 'error: undefined symbol: _nowhere\n    note: referenced by a.o\n']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: undefined symbol: _nowhere\n/);
    expect(stderr).toMatch(/among the frameworks and libraries of the link line \(Security, objc\)\.\nNo crate declares _nowhere in a block/);
    expect(stderr).toContain('"sdk"');
  });

  test('stands for no framework and no library of the line\'s own folders', () => {
    const files = { 'mine/Sparkle.framework/Sparkle.tbd': '', 'mine/libz.a': '' };
    const { passes } = link(['a.o', '-F{d}/mine', '-L{d}/mine', '-framework', 'Sparkle', '-lz', '-lmine', '-framework', 'Metal'], [flat(), bound()], files);
    expect(Object.keys(passes[1]?.stubs ?? {})).toEqual(['Metal.framework/Metal.tbd', OPEN]);
  });

  test('does not begin with a framework that is none', () => {
    const { status, stderr, passes } = link(['a.o', '-framework', 'Securty'], []);
    expect({ status, passes }).toEqual({ status: 1, passes: [] });
    expect(stderr).toMatch(/unable to find framework 'Securty'.*did you mean "Security"/);
    expect(link(['a.o', '-framework', 'Zzzzzzzz'], []).stderr).not.toContain('did you mean');
  });

  test('reads response files', () => {
    const { passes } = link(['@{d}/words'], [flat('_MTLCopyAllDevices'), bound()], { words: '"a.o"\n"-framework"\n"Metal"\n' });
    expect(passes[1]?.stubs).toMatchObject({ 'Metal.framework/Metal.tbd': ['_MTLCopyAllDevices'] });
    expect(passes[1]?.words.some((word) => word.startsWith('@'))).toBe(true);
  });

  test('says so where the driver cannot be started', () => {
    expect(linkMacos({ driver: ['/nowhere/zig'], words: ['-framework', 'Metal'], closure: undefined })).toMatchObject({ status: 127, stderr: expect.stringContaining('/nowhere/zig') });
  });
});
