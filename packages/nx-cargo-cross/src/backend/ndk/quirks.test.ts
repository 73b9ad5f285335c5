import { describe, expect, test } from '@jest/globals';
import { aTriple } from '../../testkit/builders.js';
import { ndkEffects, NDK_QUIRKS, type QuirkContext, type QuirkEffect } from './quirks.js';

interface Case {
  readonly triple: string;
  readonly more?: Partial<QuirkContext>;
  /** Undefined where the row must not hold. */
  readonly effect: QuirkEffect | undefined;
}

const LARGE: QuirkEffect = { linkFirst: ['-Wl,-z,max-page-size=16384'] };
const file = (path: string, text: string) => ({ path, text, executable: false });

/** Every row of the table, by its id: where it holds, and where it does not. */
const CASES: Readonly<Record<string, readonly Case[]>> = {
  'large-pages': [
    { triple: 'aarch64-linux-android', effect: LARGE },
    { triple: 'x86_64-linux-android', more: { release: 23 }, effect: LARGE },
    { triple: 'riscv64-linux-android', effect: LARGE },
    { triple: 'aarch64-linux-android', more: { release: 28 }, effect: undefined },
    { triple: 'armv7-linux-androideabi', more: { release: 25 }, effect: undefined },
    { triple: 'i686-linux-android', effect: undefined },
  ],
  'libraries-in-libc': [
    { triple: 'aarch64-linux-android', effect: { linkLast: ['-L/ws/ndk/lib'], files: [file('lib/libpthread.a', '!<arch>\n'), file('lib/librt.a', '!<arch>\n')] } },
  ],
  'no-libgcc': [{ triple: 'armv7-linux-androideabi', effect: { linkLast: ['-L/ws/ndk/lib'], files: [file('lib/libgcc.a', 'INPUT(-lunwind)\n')] } }],
  builtins: [
    { triple: 'aarch64-linux-android', effect: { linkLast: ['-L/ndk/runtime', '-lclang_rt.builtins-aarch64-android'] } },
    { triple: 'aarch64-linux-android', more: { runtimeFolder: undefined }, effect: undefined },
  ],
};

const context = (triple: string, more: Partial<QuirkContext> = {}): QuirkContext => ({
  facts: aTriple(triple).facts,
  release: 27,
  runtimeFolder: '/ndk/runtime',
  runtime: 'aarch64',
  directory: '/ws/ndk',
  ...more,
});

describe('a quirk of the NDK', () => {
  test('has a case and a source', () => {
    expect(Object.keys(CASES)).toEqual(NDK_QUIRKS.map(({ id }) => id));
    for (const { source } of NDK_QUIRKS) expect(source.length).toBeGreaterThan(10);
  });

  test.each(Object.entries(CASES).flatMap(([id, cases]) => cases.map((one) => [id, one.triple, one] as const)))('%s holds, or not, for %s', (id, triple, { more, effect }) => {
    const quirk = NDK_QUIRKS.find((one) => one.id === id);
    const given = context(triple, more);
    expect(quirk?.when(given) ? quirk.effect(given) : undefined).toEqual(effect);
  });

  test('says what others say too only once', () => {
    expect(ndkEffects(context('aarch64-linux-android')).linkLast).toEqual(['-L/ws/ndk/lib', '-L/ndk/runtime', '-lclang_rt.builtins-aarch64-android']);
  });
});
