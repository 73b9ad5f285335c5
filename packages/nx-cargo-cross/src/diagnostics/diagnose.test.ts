import { describe, expect, test } from '@jest/globals';
import { FACTS, RAW_ERROR_SAMPLES } from '../testkit/raw-error-samples.js';
import { diagnose } from './diagnose.js';
import { RAW_ERRORS } from './raw-errors.js';

const ids = (output: string): readonly string[] => diagnose(output, FACTS).map(({ id }) => id);

describe('every raw error', () => {
  test.each(RAW_ERROR_SAMPLES.map((sample) => [sample.id, sample.when, sample] as const))('%s is recognised: %s', (id, _, { output, facts, cause, help }) => {
    const found = diagnose(output, { ...FACTS, ...facts });
    expect(found.map((diagnosis) => diagnosis.id)).toEqual([id]);
    const [diagnosis] = found;
    expect(diagnosis?.cause).toContain(cause);
    expect(diagnosis?.help.join('\n')).toContain(help);
    expect(output).toContain(diagnosis?.line);
  });

  test('of the table has a recorded sample, an own id and a source', () => {
    const sampled = new Set(RAW_ERROR_SAMPLES.map(({ id }) => id));
    expect(RAW_ERRORS.map(({ id }) => id).filter((id) => !sampled.has(id))).toEqual([]);
    expect(new Set(RAW_ERRORS.map(({ id }) => id)).size).toBe(RAW_ERRORS.length);
    expect(RAW_ERRORS.filter(({ source }) => source.trim() === '')).toEqual([]);
  });

  test('that another row hides is a row', () => {
    const known = new Set(RAW_ERRORS.map(({ id }) => id));
    expect(RAW_ERRORS.flatMap(({ hides = [] }) => hides).filter((id) => !known.has(id))).toEqual([]);
  });

  test.each(RAW_ERROR_SAMPLES.map((sample) => [sample.when, sample] as const))('has help in whole words: %s', (_, { output, facts }) => {
    for (const { cause, help } of diagnose(output, { ...FACTS, ...facts })) {
      for (const line of [cause, ...help]) expect(line).not.toMatch(/undefined|\[object|NaN|^\s*$/);
    }
  });
});

describe('output that holds none of them', () => {
  test.each([
    ['an error in the code', 'error[E0308]: mismatched types\n --> src/main.rs:3:5\n  |\n3 |     1\n  |     ^ expected `()`, found integer\n'],
    ['a crate that is missing', "error[E0463]: can't find crate for `serde`\n"],
    ['a warning about a file name', 'warning: unused variable: `linker`\n'],
    ['nothing', ''],
  ])('is left alone: %s', (_, output) => {
    expect(ids(output)).toEqual([]);
  });

  test('because the platform is another', () => {
    const header = "x.c:1:10: fatal error: 'Security/Security.h' file not found\n";
    expect(diagnose(header, FACTS)).toEqual([]);
    expect(diagnose(header, { ...FACTS, os: 'macos' })).toHaveLength(1);
  });
});

describe('what a build script says', () => {
  const header = "  Unable to generate bindings: ClangDiagnostic(\"wrapper.h:1:10: fatal error: 'kvm.h' file not found\")\n";
  const failed = 'error: failed to run custom build command for `bsd-kvm-sys v0.2.0`\n\nCaused by:\n  process exited\n  --- stderr\n  error: indented\n';

  test.each([
    ['names its package', failed + header, 'bsd-kvm-sys v0.2.0'],
    ['names a package of the workspace without its folder', failed.replace('0.2.0`', '0.2.0 (/ws/kvm)`') + header, 'bsd-kvm-sys v0.2.0'],
    ['is no more what comes behind another error', `${failed}error[E0432]: unresolved import\n${header}`, undefined],
    ['is not what came before', header + failed, undefined],
  ])('%s', (_, output, script) => {
    expect(diagnose(output, FACTS).map((diagnosis) => diagnosis.script)).toEqual([script]);
  });
});

describe('several at once', () => {
  const output = RAW_ERROR_SAMPLES.filter(({ id }) => ['atomics', 'zig-argument', 'dlltool-missing', 'cmake-generator'].includes(id)).map((sample) => sample.output).join('');

  test("are told in the table's order, three at most", () => {
    expect(ids(output)).toEqual(['cmake-generator', 'zig-argument', 'atomics']);
  });

  test('a long line is cut', () => {
    const [found] = diagnose(`cannot find -lfoo ${'x'.repeat(1000)}`, FACTS);
    expect(found?.line).toHaveLength(244);
  });
});
