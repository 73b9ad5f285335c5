import { describe, expect, test } from '@jest/globals';
import { makeCargoTreeArgs, parseCargoTree, pathPackagesOf } from './tree.js';

/** As cargo 1.95 prints it. */
const TREE = `\tserver v0.1.0 (/ws/rust/server)\t
|-- \topenssl v0.10.82\tdefault,vendored
|   |-- \tlibc v0.2.191\tdefault,std
|   \`-- \topenssl-sys v0.9.118\topenssl-src,vendored
|       |-- \tlibc v0.2.191\tdefault,std
|       |-- \tzlib v1.3.1\t
|       [build-dependencies]
|       |-- \tcc v1.11.1\t
|       |   \`-- \tshlex v2.0.1\tdefault,std
|       \`-- \topenssl-src v300.6.1+3.6.3\tdefault,legacy
|           |-- \tcc v1.11.1\t (*)
|           [build-dependencies]
|           \`-- \tzlib v1.3.1\t
|-- \tafter v1.0.0\t
[build-dependencies]
\`-- \tcc v1.11.1\tparallel (*)
`;
const packages = parseCargoTree(TREE);
const named = (wanted: string) => packages.find(({ name }) => name === wanted);

describe("cargo's tree", () => {
  test('has each package once, with its features, who asks for it, and where it runs', () => {
    expect(packages.map(({ name }) => name)).toEqual(['server', 'openssl', 'libc', 'openssl-sys', 'zlib', 'cc', 'shlex', 'openssl-src', 'after']);
    expect(named('openssl-sys')).toEqual({ name: 'openssl-sys', version: '0.9.118', features: ['openssl-src', 'vendored'], part: 'target', usedBy: ['openssl'] });
    expect(named('openssl-src')).toMatchObject({ version: '300.6.1+3.6.3', part: 'host', usedBy: ['openssl-sys'] });
    expect(named('shlex')).toMatchObject({ part: 'host', usedBy: ['cc'] });
    expect(named('after')).toMatchObject({ part: 'target', usedBy: ['server'] });
    expect(named('server')).toMatchObject({ features: [], part: 'target', usedBy: [] });
  });

  test('has a package that is met again with the features and users of both places', () => {
    expect(named('zlib')).toMatchObject({ part: 'target', usedBy: ['openssl-src', 'openssl-sys'] });
    expect(named('cc')).toMatchObject({ part: 'host', features: ['parallel'], usedBy: ['openssl-src', 'openssl-sys', 'server'] });
  });

  test('passes over what names no package', () => {
    expect(parseCargoTree('warning: x\n[build-dependencies]\n|-- \t\t\n|-- \tno number\t\n\tb v1.0.0\t\n\n')).toEqual([{ name: 'b', version: '1.0.0', features: [], part: 'target', usedBy: [] }]);
  });
});

test('path dependencies are known by their folders, and by nothing else in brackets', () => {
  const text = ['\tapp v0.1.0 (/repo/a b/app)\tdefault', '    \tserde v1.0.0\tstd (*)', '    \tmade v0.1.0 (proc-macro) (/repo/made)\t (*)', '    \tgit v0.1.0 (https://example.com/git#1234)\t', '    \tserde_derive v1.0.0 (proc-macro)\t', '    \twin v0.1.0 (C:\\repo\\win)\t'].join('\n');
  expect(pathPackagesOf(text)).toEqual(['/repo/a b/app', '/repo/made', 'C:\\repo\\win']);
});

test('is asked for with the features and the platform of the build', () => {
  const asked = { packageSpec: 'server@0.1.0', triple: 'aarch64-unknown-linux-gnu', features: ['a', 'b'], defaultFeatures: false };
  expect(makeCargoTreeArgs(asked).join(' ')).toBe(
    'tree --locked --package server@0.1.0 --target aarch64-unknown-linux-gnu --features a,b --no-default-features --edges normal,build,no-proc-macro --prefix indent --charset ascii --format \t{p}\t{f} --color never',
  );
  expect(makeCargoTreeArgs({ ...asked, features: [], defaultFeatures: true }).join(' ')).toBe(
    'tree --locked --package server@0.1.0 --target aarch64-unknown-linux-gnu --edges normal,build,no-proc-macro --prefix indent --charset ascii --format \t{p}\t{f} --color never',
  );
});
