import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aTool } from '../../testkit/builders.js';
import { aTempFolder } from '../../testkit/temp.js';
import { aZigRig } from '../../testkit/zig-rig.js';
import { BASE_LIBRARIES } from './freebsd.js';

const GNU = 'aarch64-unknown-linux-gnu';
const WINDOWS = 'x86_64-pc-windows-gnu';
const MACOS = 'aarch64-apple-darwin';
const folder = aTempFolder('script');
const gnu = aZigRig(folder, GNU);
const windows = aZigRig(folder, WINDOWS);
const macos = aZigRig(folder, MACOS);
/** What a link of an ELF file gets behind everything else. */
const OWN = `-T${gnu.directory}/own-debug.ld`;

/** Characters that a shell reads something into, and bytes that some shells use for themselves. */
const ODD = [
  'two words',
  ' ',
  '',
  'tab\there',
  "it's",
  '"quoted"',
  "both ' and \"",
  '$HOME',
  '$(id)',
  '`id`',
  '${x}',
  '\\',
  '\\\\',
  'a\\b',
  'end\\',
  'a\nb',
  '\n',
  'a\n',
  '*',
  '?',
  '[a]',
  '~',
  '#x',
  ';&|<>()!',
  '%s%d',
  '-n',
  '--',
  'größe',
  'Á中文‑😀',
  '\u0081\u0088',
];

describe('a word', () => {
  test.each(ODD)('%j comes through as it is', (word) => {
    expect(gnu.run('clang', ['-o', word, 'a.o']).words).toEqual(['-o', word, 'a.o', OWN]);
  });

  test.each(ODD.filter((word) => word !== ''))('%j comes through inside what a rule rewrites', (word) => {
    expect(gnu.run('clang', [`-e${word}`]).words).toEqual([`-Wl,--entry=${word}`, OWN]);
    expect(windows.run('clang', [`-Wl,/tmp/${word}/list.def`]).words).toEqual([`/tmp/${word}/list.def`, '-lcompiler_rt']);
  });

  test('like many others comes through among them', () => {
    expect(gnu.run('clang', ODD).words).toEqual([...ODD, OWN]);
  });

  test('that names no response file is a word, though it begins with @', () => {
    const words = ['-Wl,-rpath,@loader_path', '@loader_path/libx.dylib', '@', '-o', '@'];
    expect(macos.run('clang', words).words).toEqual([...words, `-L${macos.directory}/stubs`]);
  });

  test('with an equals sign is no variable of the script', () => {
    expect(gnu.run('clang', ['skip=1', 'zig=/bin/false', '-DX=1']).words).toEqual(['skip=1', 'zig=/bin/false', '-DX=1', OWN]);
  });

  test('none at all is passed on', () => {
    expect(gnu.run('clang', [])).toMatchObject({ argv: ['cc', '-target', 'aarch64-linux-gnu.2.17', '-fno-sanitize=undefined', '-rtlib=none', OWN], status: 0 });
  });
});

describe('a link for FreeBSD', () => {
  const freebsd = aZigRig(aTempFolder("base's libraries"), 'x86_64-unknown-freebsd');
  const stub = (name: string): string => join(freebsd.directory, 'base', `lib${name}.so`);

  test('without libraries of the base system makes none', () => {
    expect(freebsd.run('clang', ['a.o', '-lc']).words).toEqual(['a.o', '-lc', `-T${freebsd.directory}/own-debug.ld`]);
    expect(existsSync(stub('kvm'))).toBe(false);
  });

  test('ends where they cannot be made', () => {
    expect(freebsd.run('clang', ['a.o', '-lkvm'], { exit: 1 })).toMatchObject({ status: 1, argv: undefined });
    expect(existsSync(stub('kvm'))).toBe(false);
  });

  test('makes them once, whichever is named, also in a response file', () => {
    const file = freebsd.responseFile('linker-arguments', 'a.o\n-lgeom\n');
    expect(freebsd.run('clang', [`@${file}`]).words).toEqual(['a.o', '-lgeom', `-T${freebsd.directory}/own-debug.ld`, `-L${freebsd.directory}/base`]);
    expect(readdirSync(join(freebsd.directory, 'base')).sort()).toEqual(BASE_LIBRARIES.map(({ name }) => `lib${name}.so`).sort());
  });

  test('makes one anew whose source is newer, as that of a later version is', () => {
    const [source, made] = [join(freebsd.directory, 'kvm.s'), (name: string) => statSync(stub(name)).ino];
    const before = [made('kvm'), made('geom')];
    utimesSync(source, new Date(), new Date(Date.now() + 1000));
    expect(freebsd.run('clang', ['a.o', '-lkvm'])).toMatchObject({ status: 0 });
    expect([made('kvm') === before[0], made('geom') === before[1]]).toEqual([false, true]);
  });

  test('only compiles where only that is wanted', () => {
    expect(freebsd.run('clang', ['-c', 'a.c', '-lkvm']).words).toEqual(['-g0', '-fno-sanitize=all', '-c', 'a.c', '-lkvm']);
  });
});

describe('a link for 32-bit x86', () => {
  const rig = aZigRig(aTempFolder('atomics'), 'i686-unknown-linux-gnu');
  const archive = join(rig.directory, 'atomic.a');

  test('is no link where a question is asked', () => {
    expect(rig.run('clang', ['-?']).words).toEqual(['-g0', '-fno-sanitize=all', '-?']);
    expect(existsSync(archive)).toBe(false);
  });

  test('ends where the archive of atomics cannot be made', () => {
    expect(rig.run('clang', ['a.o'], { exit: 1 })).toMatchObject({ status: 1, argv: undefined });
    expect(existsSync(archive)).toBe(false);
  });

  test('makes it, and leaves nothing else', () => {
    expect(rig.run('clang', ['a.o']).words).toEqual(['a.o', `-T${rig.directory}/own-debug.ld`, archive]);
    expect(readdirSync(rig.directory).filter((name) => name.startsWith('atomic')).sort()).toEqual(['atomic.a', 'atomic.c']);
  });

  test('is the only thing that wants it: a compilation does not', () => {
    expect(rig.run('clang', ['-c', 'a.c']).words).toEqual(['-g0', '-fno-sanitize=all', '-c', 'a.c']);
  });
});

describe('a library of the base system', () => {
  test.each(BASE_LIBRARIES.map((library) => [library.name, library] as const))('%s has a number, and each of its functions once', (name, { soname, functions }) => {
    expect(soname).toMatch(new RegExp(`^lib${name}\\.so\\.\\d$`));
    expect(new Set(functions).size).toBe(functions.length);
    expect(functions.filter((symbol) => !/^[a-z]\w+$/.test(symbol))).toEqual([]);
  });

  test('has a name and functions that no other has', () => {
    const all = BASE_LIBRARIES.flatMap(({ functions }) => functions);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('a link for macOS', () => {
  const sdk = aZigRig(aTempFolder('with an sdk'), MACOS, { tools: { sdk: aTool("/Apple's/MacOSX14.0.sdk", '') } });
  const link = ['a.o', '-framework', 'Security', '-lobjc'];

  test('with a framework is handed to the program that makes stubs; others and compilations are not', () => {
    expect(macos.run('clang', link)).toMatchObject({ stubbed: true, status: 0, words: [...link, `-L${macos.directory}/stubs`] });
    expect(macos.run('clang++', ['a.o', '-lz'])).toMatchObject({ stubbed: true });
    expect(macos.run('clang', ['a.o', '-liconv'])).toMatchObject({ stubbed: false });
    expect(macos.run('clang', ['-c', 'a.c', '-framework', 'Security'])).toMatchObject({ stubbed: false });
    expect(gnu.run('clang', ['a.o', '-lz'])).toMatchObject({ stubbed: false });
  });

  test('is handed over with its response file, whose words are known, and with what became of it', () => {
    const file = macos.responseFile('linker-arguments', link.join('\n'));
    expect(macos.run('clang', [`@${file}`])).toMatchObject({ stubbed: true, words: [...link, `-L${macos.directory}/stubs`], leftOver: [] });
    expect(macos.run('clang', [`@${file}`], { exit: 3 })).toMatchObject({ status: 3, leftOver: [] });
  });

  test('with an SDK uses it, and no stub', () => {
    expect(sdk.run('clang', link)).toMatchObject({ stubbed: false, words: [...link, "-L/Apple's/MacOSX14.0.sdk/usr/lib", "-F/Apple's/MacOSX14.0.sdk/System/Library/Frameworks"] });
    const headers = ['-isystem', "/Apple's/MacOSX14.0.sdk/usr/include", '-iframework', "/Apple's/MacOSX14.0.sdk/System/Library/Frameworks"];
    expect(sdk.run('clang', ['-c', 'a.c']).words).toEqual([...headers, '-g0', '-fno-sanitize=all', '-c', 'a.c']);
  });
});

describe('variables of the caller', () => {
  test('are not taken for those of the script', () => {
    const env = { skip: '1', compile: '1', source: '1', debug: '1', response: '1', once: '1', strip: 'all', linkscript: '1', pie: '1', a: 'x', r: 'x', d: '/x' };
    expect(gnu.run('clang', ['a.o', '-lgcc_s'], { env }).words).toEqual(['a.o', '-lunwind', OWN]);
    expect(gnu.run('clang', ['-c', 'a.c'], { env }).words).toEqual(['-g0', '-fno-sanitize=all', '-c', 'a.c']);
    expect(macos.run('clang', ['-liconv'], { env }).words).toEqual(['-liconv', '-lcharset', `-L${macos.directory}/stubs`]);
  });

  test('that fix the date let C write it, and part what zig keeps by it', () => {
    const dated = (date: string) => gnu.run('clang', ['-c', 'a.c'], { env: { SOURCE_DATE_EPOCH: date } }).words;
    expect(dated('315532800')).toEqual(['-Wno-date-time', '-D__NX_CARGO_CROSS_DATE=315532800', '-g0', '-fno-sanitize=all', '-c', 'a.c']);
    expect(dated('')).toEqual(['-g0', '-fno-sanitize=all', '-c', 'a.c']);
    expect(gnu.run('clang', ['a.o'], { env: { SOURCE_DATE_EPOCH: '1' } }).words).toEqual(['a.o', OWN]);
  });

  test('IFS cuts no word', () => {
    expect(gnu.run('clang', ['a:b/c'], { env: { IFS: ':/' } }).words).toEqual(['a:b/c', OWN]);
  });
});

describe('a question about the compiler', () => {
  test.each([
    [['-dumpmachine'], 'aarch64-linux-gnu\n'],
    [['-c', '-dumpmachine', 'a.c'], 'aarch64-linux-gnu\n'],
    [['-print-sysroot'], '\n'],
    [['--print-sysroot'], '\n'],
    [['-print-file-name=libgcc.a'], 'libgcc.a\n'],
    [['-print-file-name=a b\\n'], 'a b\\n\n'],
    [['-print-prog-name=ld'], 'ld\n'],
  ])('%j is answered without zig', (args, stdout) => {
    expect(gnu.run('clang', args)).toMatchObject({ status: 0, stdout, stderr: '', argv: undefined });
  });

  test.each([
    [WINDOWS, 'x86_64-w64-mingw32\n'],
    [MACOS, 'arm64-apple-darwin\n'],
  ])('-dumpmachine is answered for %s in the words of its build systems', (triple, stdout) => {
    expect((triple === MACOS ? macos : windows).run('clang', ['-dumpmachine']).stdout).toBe(stdout);
  });

  test('the version is told by the clang in zig, which leaves nothing behind', () => {
    expect(macos.run('clang++', ['--version']).argv).toEqual(['clang', '--version', '-target', 'arm64-apple-darwin']);
  });

  test.each([[['-v']], [['-###', 'a.o']]])('%j is zig\'s to answer', (args) => {
    expect(gnu.run('clang', args).words).toEqual([...args, OWN]);
  });
});

describe('the end of zig', () => {
  test.each([0, 1, 3, 137])('with code %i is the end of the script', (exit) => {
    expect(gnu.run('clang', ['-c', 'a.c'], { exit }).status).toBe(exit);
    const file = gnu.responseFile('linker-arguments', 'a.o\n');
    expect(gnu.run('clang', [`@${file}`], { exit })).toMatchObject({ status: exit, leftOver: [] });
    expect(gnu.run('ar', ['rcs', 'a.a'], { exit }).status).toBe(exit);
  });
});

describe("zig's other tools", () => {
  test.each(['ar', 'ranlib'])('%s gets every word untouched', (tool) => {
    const args = ['cqD', 'out.a', '-lgcc_s', '-static', ...ODD];
    expect(gnu.run(tool, args).argv).toEqual([tool, ...args]);
  });

  test('dlltool goes by the name that rustc looks up', () => {
    expect(windows.run('/x86_64-w64-mingw32-dlltool', ['-d', 'x.def', '--no-leading-underscore']).argv).toEqual(['dlltool', '-d', 'x.def', '--no-leading-underscore']);
    expect(windows.run('rc', ['/fo', 'x.res', 'x.rc']).argv).toEqual(['rc', '/fo', 'x.res', 'x.rc']);
  });
});

describe('windres', () => {
  const RC = ['rc', '/:auto-includes', 'gnu', '/:target', 'x86_64', '/:output-format'];
  const told = (...args: readonly string[]) => windows.run('/x86_64-w64-mingw32-windres', args).argv;

  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['CMake', ['-O', 'coff', '-DNAME="a b"', '-I/in clude', 'v.rc', 'v.rc.obj'], ['coff', '/d', 'NAME="a b"', '/i', '/in clude', '--', 'v.rc', 'v.rc.obj']],
    ['winresource', ['-I', '/src', 'resource.rc', '/out/resource.o'], ['coff', '/i', '/src', '--', 'resource.rc', '/out/resource.o']],
    ['a Makefile', ['--input=v.rc', '--output-format=coff', '--output', 'v.o', '--define', 'X', '--undefine=Y', '--include-dir=/i', '--target=pe-x86-64', '-v'], ['coff', '/d', 'X', '/u', 'Y', '/i', '/i', '--', 'v.rc', 'v.o']],
    ['who wants a .res', ['-i', 'v.rc', '-o', 'v.res'], ['res', '--', 'v.rc', 'v.res']],
    ['who wants a .res by option', ['-Ores', 'v.rc', 'v.out', '-J', 'rc', '-F', 'pe-x86-64', '-l', '409'], ['res', '/l', '409', '--', 'v.rc', 'v.out']],
  ])("as %s calls it is zig's resource compiler", (_, args, words) => {
    expect(told(...args)).toEqual([...RC, ...words]);
  });

  test('says that it is GNU’s', () => {
    expect(windows.run('/x86_64-w64-mingw32-windres', ['--version'])).toMatchObject({ argv: undefined, stdout: 'GNU windres (zig rc)\n', status: 0 });
  });
});

describe("zig's environment", () => {
  const env = { HOME: '/home/me' };

  test('has a cache below the target folder, unless the user named one', () => {
    for (const tool of ['clang', 'clang++', 'ar']) {
      expect(gnu.run(tool, ['x'], { env }).env).toMatchObject({ ZIG_LOCAL_CACHE_DIR: join(folder, 'cache/zig'), HOME: '/home/me' });
      expect(gnu.run(tool, ['x'], { env: { ZIG_LOCAL_CACHE_DIR: '/mine' } }).env['ZIG_LOCAL_CACHE_DIR']).toBe('/mine');
      expect(gnu.run(tool, ['x'], { env: { ZIG_LOCAL_CACHE_DIR: '' } }).env['ZIG_LOCAL_CACHE_DIR']).toBe(join(folder, 'cache/zig'));
    }
    expect(gnu.run('clang', ['x'], { env }).env).not.toHaveProperty('ZIG_GLOBAL_CACHE_DIR');
    expect(gnu.run('clang', ['x'], { env: { ZIG_GLOBAL_CACHE_DIR: '/mine' } }).env['ZIG_GLOBAL_CACHE_DIR']).toBe('/mine');
  });

  test('has what this zig needs', () => {
    const rig = aZigRig(join(folder, 'zig env'), GNU, { zigEnv: { ZIG_LIB_DIR: "/opt/it's $HOME/lib" } });
    expect(rig.run('clang', ['x']).env['ZIG_LIB_DIR']).toBe("/opt/it's $HOME/lib");
    expect(rig.run('ar', ['x']).env['ZIG_LIB_DIR']).toBe("/opt/it's $HOME/lib");
  });

  test('has nothing of the script', () => {
    expect(Object.keys(gnu.run('clang', ['x']).env).filter((name) => /^(zig|d|a|r|skip|compile|source|debug|response|once|strip|linkscript|pie)$/.test(name))).toEqual([]);
  });
});

describe('a folder', () => {
  test.each(['with spaces', "it's", 'a "b"', '$HOME', '`id`', '${x}}', 'back\\slash', 'two\\\\slashes', 'a}b', "'; exit 9; '", 'größe Á中', '-n', 'a\nb'])('called %j holds scripts that work', (name) => {
    const inside = join(folder, 'odd', name);
    const rig = aZigRig(inside, MACOS);
    const called = rig.run('clang', ['a.o', '-liconv']);
    expect(called).toMatchObject({ status: 0, stderr: '' });
    expect(called.words).toEqual(['a.o', '-liconv', '-lcharset', `-L${inside}/scripts/${MACOS}/stubs`]);
    expect(called.env['ZIG_LOCAL_CACHE_DIR']).toBe(join(inside, 'cache/zig'));
    expect(aZigRig(inside, GNU).run('clang', ['-Wl,-S']).words).toEqual([`-T${inside}/scripts/${GNU}/no-debug.ld`]);
    expect(rig.run('ar', ['rcs']).argv).toEqual(['ar', 'rcs']);
  });
});
