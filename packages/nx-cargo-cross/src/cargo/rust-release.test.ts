import { describe, expect, test } from '@jest/globals';
import { rustRelease } from './rust-release.js';

describe('a toolchain of the Rust project', () => {
  test.each([
    ['rustc 1.95.0 (59807616e 2026-04-14)', { minor: 95, date: '2026-04-14' }],
    ['rustc 1.98.0-nightly (0123abcde 2026-06-01)', { minor: 98, date: '2026-06-01' }],
    ['rustc 1.96.0-beta.3 (0123abcde 2026-05-01)', { minor: 96, date: '2026-05-01' }],
    ['rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)', undefined],
    ['rustc 1.90.0 (1159e78c4 2025-09-14) (Fedora 1.90.0-1.fc42)', undefined],
    ['rustc 1.97.0-dev', undefined],
    ['', undefined],
  ])('%j is %j', (label, release) => {
    expect(rustRelease(label)).toEqual(release);
  });
});
