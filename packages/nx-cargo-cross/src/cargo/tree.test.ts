import { describe, expect, test } from '@jest/globals';
import { makeCargoTreeArgs, parseCargoTree } from './tree.js';

/** As cargo 1.95 prints it. */
const ALL = `0\tserver v0.1.0 (/ws/rust/server)\t
1\topenssl v0.10.82\tdefault,vendored
2\tlibc v0.2.191\tdefault,std
2\topenssl-sys v0.9.118\topenssl-src,vendored
3\tlibc v0.2.191\tdefault,std
3\tcc v1.11.1\t
4\tshlex v2.0.1\tdefault,std
3\topenssl-src v300.6.1+3.6.3\tdefault,legacy
4\tcc v1.11.1\t (*)
1\tcc v1.11.1\tparallel (*)
`;
const TARGET = `0\tserver v0.1.0 (/ws/rust/server)\t
1\topenssl v0.10.82\tdefault,vendored
2\tlibc v0.2.191\tdefault,std
2\topenssl-sys v0.9.118\topenssl-src,vendored
3\tlibc v0.2.191\tdefault,std
`;
const packages = parseCargoTree(TARGET, ALL);
const named = (wanted: string) => packages.find(({ name }) => name === wanted);

describe("cargo's tree", () => {
  test('has each package once, with its features, who asks for it, and where it runs', () => {
    expect(packages.map(({ name }) => name)).toEqual(['server', 'openssl', 'libc', 'openssl-sys', 'cc', 'shlex', 'openssl-src']);
    expect(named('openssl-sys')).toEqual({ name: 'openssl-sys', version: '0.9.118', features: ['openssl-src', 'vendored'], part: 'target', usedBy: ['openssl'] });
    expect(named('openssl-src')).toMatchObject({ version: '300.6.1+3.6.3', part: 'host', usedBy: ['openssl-sys'] });
    expect(named('server')).toMatchObject({ features: [], part: 'target', usedBy: [] });
  });

  test('has a package that is met again with the features and users of both places', () => {
    expect(named('cc')).toMatchObject({ features: ['parallel'], usedBy: ['openssl-src', 'openssl-sys', 'server'] });
  });

  test('passes over what names no package', () => {
    expect(parseCargoTree('', 'warning: x\n1\t[build-dependencies]\t\nx\ta v1.0.0\t\n0\tb v1.0.0\t\n\n')).toEqual([{ name: 'b', version: '1.0.0', features: [], part: 'host', usedBy: [] }]);
  });
});

test('is asked for with the features and the platform of the build', () => {
  const asked = { packageSpec: 'server@0.1.0', triple: 'aarch64-unknown-linux-gnu', features: ['a', 'b'], defaultFeatures: false };
  expect(makeCargoTreeArgs(asked, 'target').join(' ')).toBe(
    'tree --locked --package server@0.1.0 --target aarch64-unknown-linux-gnu --features a,b --no-default-features --edges normal,no-proc-macro --prefix depth --format \t{p}\t{f} --color never',
  );
  expect(makeCargoTreeArgs({ ...asked, features: [], defaultFeatures: true }, 'all').join(' ')).toBe(
    'tree --locked --package server@0.1.0 --target aarch64-unknown-linux-gnu --edges normal,build,no-proc-macro --prefix depth --format \t{p}\t{f} --color never',
  );
});
