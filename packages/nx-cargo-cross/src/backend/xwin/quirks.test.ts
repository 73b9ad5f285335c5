import { describe, expect, test } from '@jest/globals';
import { aTriple } from '../../testkit/builders.js';
import { XWIN_QUIRKS, xwinEffects, type QuirkContext, type QuirkEffect } from './quirks.js';

const X64 = 'x86_64-pc-windows-msvc';
const X86 = 'i686-pc-windows-msvc';
const ARM = 'aarch64-pc-windows-msvc';

type Case = readonly [triple: string, more: Partial<QuirkContext>, holds: boolean];

/** Every row of the table, by its id: where it holds, and where it does not. */
const CASES: Readonly<Record<string, { readonly effect: QuirkEffect; readonly cases: readonly Case[] }>> = {
  'static-ucrt': {
    effect: { rustflags: ['-Clink-arg=/nodefaultlib:ucrt', '-Clink-arg=/defaultlib:libucrt'] },
    cases: [[X64, { linkage: 'static' }, true], [ARM, { linkage: 'static' }, true], [X64, { linkage: 'dynamic' }, false], [X64, {}, false]],
  },
  safeseh: { effect: { rustflags: ['-Clink-arg=/safeseh:no'], cmakeLink: ['/safeseh:no'] }, cases: [[X86, {}, true], [X64, {}, false], [ARM, {}, false]] },
  'stl-version': {
    effect: { compile: ['-D_ALLOW_COMPILER_AND_STL_VERSION_MISMATCH'] },
    cases: [[X64, { clang: 18 }, true], [X64, { clang: 19 }, false], [X64, { clang: undefined }, false]],
  },
  'no-manifest': { effect: { cmakeLink: ['/manifest:no'] }, cases: [[X64, {}, true], [X86, {}, true]] },
  'prebuilt-nasm': {
    effect: { env: [{ kind: 'set-if-missing', name: 'AWS_LC_SYS_PREBUILT_NASM', value: '1', spellings: [] }] },
    cases: [[X64, { closure: new Set(['aws-lc-sys']) }, true], [X64, {}, false], [ARM, { closure: new Set(['aws-lc-sys']) }, false]],
  },
};

const context = (triple: string, more: Partial<QuirkContext>): QuirkContext => ({ facts: aTriple(triple).facts, linkage: undefined, clang: 19, closure: new Set(), ...more });

describe("a quirk of Microsoft's files", () => {
  test('has a case and a source', () => {
    expect(Object.keys(CASES)).toEqual(XWIN_QUIRKS.map(({ id }) => id));
    for (const { source } of XWIN_QUIRKS) expect(source.length).toBeGreaterThan(10);
  });

  test.each(Object.entries(CASES).flatMap(([id, { effect, cases }]) => cases.map(([triple, more, holds]) => [id, triple, holds, more, effect] as const)))(
    '%s holds for %s: %s',
    (id, triple, holds, more, effect) => {
      const quirk = XWIN_QUIRKS.find((one) => one.id === id);
      expect(quirk?.when(context(triple, more))).toBe(holds);
      expect(quirk?.effect).toEqual(effect);
    },
  );

  test('is put together with the others that hold', () => {
    expect(xwinEffects(context(X86, { linkage: 'static' }))).toEqual({
      compile: [],
      rustflags: ['-Clink-arg=/nodefaultlib:ucrt', '-Clink-arg=/defaultlib:libucrt', '-Clink-arg=/safeseh:no'],
      cmakeLink: ['/safeseh:no', '/manifest:no'],
      env: [],
    });
  });
});
