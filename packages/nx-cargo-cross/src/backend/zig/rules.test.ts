import { describe, expect, test } from '@jest/globals';
import { knownTriples } from '../../platform/known.js';
import { aTempFolder } from '../../testkit/temp.js';
import { KEPT, RULE_CASES } from '../../testkit/zig-rule-cases.js';
import { aZigRig, type ZigRig } from '../../testkit/zig-rig.js';
import { zigRow } from './targets.js';
import { ARGUMENT_RULES, rulesFor } from './rules.js';

const folder = aTempFolder('rules');
const rigs = new Map<string, ZigRig>();
const rigOf = (triple: string): ZigRig => rigs.get(triple) ?? rigs.set(triple, aZigRig(folder, triple)).get(triple) ?? aZigRig(folder, triple);

/** The one rule that ends the call instead of changing its words. */
const REFUSED: readonly string[] = ['static-glibc'];

describe('every argument rule', () => {
  test('has a case, and every case a rule', () => {
    const cases = new Set([...RULE_CASES.map(({ rule }) => rule), ...REFUSED]);
    expect([...cases].sort()).toEqual(ARGUMENT_RULES.map(({ id }) => id).sort());
  });

  test.each(ARGUMENT_RULES.filter(({ id }) => !REFUSED.includes(id)).map((rule) => [rule.id, rule.match] as const))('%s has a word for each part of %s', (id, match) => {
    const given = RULE_CASES.filter(({ rule }) => rule === id).flatMap((ruleCase) => ruleCase.given);
    expect(match.split('|').filter((part) => !given.some((word) => patternOf(part).test(word)))).toEqual([]);
  });

  test.each(RULE_CASES.map((ruleCase) => [ruleCase.rule, ruleCase.given.join(' '), ruleCase] as const))('%s: %s', (_, __, { triple, given, passed }) => {
    const rig = rigOf(triple);
    const called = rig.run('clang', given);
    expect(called).toMatchObject({ status: 0, stderr: '', stdout: '' });
    expect(called.words).toEqual(passed.map((word) => word.replace('{d}', rig.directory)));
  });

  test.each(ARGUMENT_RULES.map((rule) => [rule.id, rule] as const))('%s serves some triple of zig, says why it is there, and is safe in a comment', (id, rule) => {
    expect(knownTriples().some((facts) => zigRow(facts.triple) && rulesFor(facts).includes(rule))).toBe(true);
    expect(id).toMatch(/^[a-z0-9-]+$/);
    expect(rule.why.length).toBeGreaterThan(5);
  });
});

describe('glibc linked statically', () => {
  test.each(['-static', '-static-pie'])('is refused for %s, and zig is not called', (word) => {
    const called = rigOf('aarch64-unknown-linux-gnu').run('clang', ['a.o', word, '-o', 'a']);
    expect(called).toMatchObject({ status: 1, argv: undefined, stdout: '' });
    expect(called.stderr).toBe('nx-cargo-cross: zig cannot link glibc statically; take a musl platform, or backend gcc\n');
  });
});

describe('words that no rule is for', () => {
  test.each(KEPT)('stay as they are for %s: %s', (triple, given) => {
    const rig = rigOf(triple);
    const { words } = rig.run('clang', given.split(' '));
    expect(words.filter((word) => !word.startsWith(`-T${rig.directory}`) && word !== `-L${rig.directory}/stubs` && word !== '-lcompiler_rt')).toEqual(given.split(' '));
  });

  test('stay as they are for C++ too', () => {
    const called = rigOf('aarch64-unknown-linux-gnu').run('clang++', ['-lgcc_s', '-std=c++20', 'a.o']);
    expect(called.argv?.[0]).toBe('c++');
    expect(called.words.slice(0, -1)).toEqual(['-lunwind', '-std=c++20', 'a.o']);
  });
});

/** A shell pattern, as far as the rules use them, as a regular expression. */
function patternOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+^${}()[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`);
}
