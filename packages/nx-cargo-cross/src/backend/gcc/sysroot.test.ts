import { describe, expect, test } from '@jest/globals';
import { parseGlibc } from '../../platform/glibc.js';
import { aTool, aTriple, LINUX, MAC } from '../../testkit/builders.js';
import { floorFailure, GLIBC_QUESTIONS, sysrootOf } from './sysroot.js';

/** What Debian's gcc 12 for aarch64 prints, and a gcc whose libc6-dev package is missing. */
const PRINTED = {
  libc: ['/usr/lib/gcc-cross/aarch64-linux-gnu/12/../../../../aarch64-linux-gnu/lib/../lib/crt1.o\n', 'crt1.o\n'],
  gcc: ['/usr/lib/gcc-cross/aarch64-linux-gnu/12/crtbegin.o\n', 'crtbegin.o\n'],
  folders: ['install: /usr/lib/gcc-cross/aarch64-linux-gnu/12/\nprograms: =/usr/lib/x/\nlibraries: =/usr/lib/gcc-cross/x/12/:/usr/aarch64-linux-gnu/lib/:/lib/:/usr/lib/\n', 'install: /x\n'],
  glibc: ['#define __GLIBC__ 2\n#define __GLIBC_MINOR__ 36\n#define __GLIBC_PREREQ(maj,min) 1\n', '#define __linux__ 1\n'],
} as const;

test.each([
  ['libc', '/usr/lib/gcc-cross/aarch64-linux-gnu/12/../../../../aarch64-linux-gnu/lib/../lib/'],
  ['gcc', '/usr/lib/gcc-cross/aarch64-linux-gnu/12/'],
  ['folders', '/usr/lib/gcc-cross/x/12/:/usr/aarch64-linux-gnu/lib/:/lib/:/usr/lib/'],
  ['glibc', '36'],
] as const)('gcc is asked for %s', (key, answer) => {
  const { pattern } = GLIBC_QUESTIONS[key] ?? { pattern: /x/ };
  expect(PRINTED[key].map((printed) => pattern.exec(printed)?.[1])).toEqual([answer, undefined]);
});

describe('the C library of a compiler', () => {
  const triple = aTriple('aarch64-unknown-linux-gnu');
  const cc = (answers?: Readonly<Record<string, string>>) => ({ ...aTool('/usr/bin/aarch64-linux-gnu-gcc', '12.2.0'), ...(answers ? { answers } : {}) });

  test("has its folders without the host's, and its version", () => {
    expect(sysrootOf(triple, LINUX, cc({ libc: '/c/', gcc: '/g/', folders: '/g/:/c/:/lib/:/usr/lib/:/lib/../lib/:/usr/lib/aarch64-linux-gnu/', glibc: '36' }), [])).toEqual({
      libc: '/c/',
      gcc: '/g/',
      folders: ['/g/', '/c/', '/usr/lib/aarch64-linux-gnu/'],
      glibc: parseGlibc('2.36'),
    });
  });

  test('is not known where nothing was asked', () => {
    expect(sysrootOf(triple, LINUX, cc(), [])).toBeUndefined();
  });

  test.each([
    ['crt1.o', { gcc: '/g/' }, LINUX, 'apt-get install gcc-aarch64-linux-gnu g++-aarch64-linux-gnu libc6-dev-arm64-cross'],
    ['crtbegin.o', { libc: '/c/' }, LINUX, 'apt-get install gcc-aarch64-linux-gnu g++-aarch64-linux-gnu libc6-dev-arm64-cross'],
    ['crt1.o', {}, MAC, 'brew install messense/macos-cross-toolchains/aarch64-unknown-linux-gnu'],
  ])('without %s is a failure before anything is compiled', (file, answers, host, install) => {
    expect(sysrootOf(triple, host, cc(answers), ['zig'])).toMatchObject({
      code: 'tool-missing',
      tool: expect.stringContaining(file),
      searched: [`/usr/bin/aarch64-linux-gnu-gcc -print-file-name=${file}`],
      install,
      alternatives: ['zig'],
    });
  });
});

describe('a floor', () => {
  const triple = aTriple('aarch64-unknown-linux-gnu');
  test.each([
    ['2.17', '2.36', true],
    ['2.35', '2.36', true],
    ['2.36', '2.36', false],
    ['2.39', '2.36', false],
    [undefined, '2.36', false],
    ['2.17', undefined, false],
  ])('of %s with a toolchain of %s is refused: %p', (asked, own, refused) => {
    const failure = floorFailure(triple, asked === undefined ? undefined : parseGlibc(asked), own === undefined ? undefined : parseGlibc(own), ['zig']);
    expect(failure?.code).toBe(refused ? 'linkage-impossible' : undefined);
  });

  test('that cannot be kept names the backend that can, or the system that does', () => {
    const [asked, own] = [parseGlibc('2.28'), parseGlibc('2.36')];
    expect(floorFailure(triple, asked, own, ['zig'])).toMatchObject({ help: 'Choose backend "zig" for aarch64-unknown-linux-gnu, which links against any glibc; or set "glibc" to "2.36", which is what this machine\'s toolchain links against.' });
    expect(floorFailure(triple, asked, own, [])).toMatchObject({ help: expect.stringMatching(/^Build on a system with glibc 2\.28; or set/) });
  });
});
