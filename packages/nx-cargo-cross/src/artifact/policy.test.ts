import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { FINDING_CODES, type FindingCode } from '../diagnostics/finding.js';
import type { Libc } from '../platform/known.js';
import { ALLOWABLE, POLICY, severityOf } from './policy.js';

describe('the policy', () => {
  test.each<[FindingCode, Libc, string]>([
    ['needed', 'glibc', 'warning'],
    ['needed', 'libsystem', 'error'],
    ['needed', 'bionic', 'error'],
    ['text-relocations', 'glibc', 'warning'],
    ['text-relocations', 'musl', 'error'],
    ['pie', 'bionic', 'error'],
    ['signature', 'libsystem', 'error'],
    ['host-path', 'mingw', 'warning'],
  ])('%s on %s: %s', (code, libc, severity) => {
    expect(severityOf(code, libc)).toBe(severity);
  });

  test('what cannot be accepted is an error everywhere', () => {
    for (const code of FINDING_CODES) if (!ALLOWABLE.includes(code)) expect(POLICY[code]).toMatchObject({ severity: 'error' });
  });

  test('is what the README says', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const row = (start: string): readonly string[] => [...(readme.split('\n').find((line) => line.startsWith(`| ${start} |`)) ?? '').matchAll(/`([a-z-]+)`/g)].map((match) => match[1] ?? '').sort();
    const codes = (wanted: (code: FindingCode) => boolean): readonly string[] => FINDING_CODES.filter(wanted).sort();
    const plain = (code: FindingCode): boolean => POLICY[code].allowable && POLICY[code].but === undefined;
    expect(row('never accepted')).toEqual(codes((code) => !POLICY[code].allowable));
    expect(row('errors')).toEqual(codes((code) => plain(code) && POLICY[code].severity === 'error'));
    expect(row('warnings')).toEqual(codes((code) => plain(code) && POLICY[code].severity === 'warning'));
    expect(row('errors on some platforms, else warnings')).toEqual(codes((code) => POLICY[code].but !== undefined));
  });
});
