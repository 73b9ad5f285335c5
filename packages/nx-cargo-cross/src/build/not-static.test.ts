import { describe, expect, test } from '@jest/globals';
import type { BuildScriptMessage } from '../cargo/messages.js';
import { describe as inWords } from '../diagnostics/describe.js';
import type { Failure } from '../diagnostics/failure.js';
import { aMessage, aPlan, aRequest } from '../testkit/builders.js';
import { notStatic } from './not-static.js';

const planned = aPlan(aRequest('aarch64-linux-musl'));
const script = (libraries: readonly string[], folders: readonly string[] = ['/o'], name = 'foo-sys 0.3.0'): BuildScriptMessage => ({ package: name, packageId: name, libraries, folders, outDir: '/t/out', sets: [] });
const on = (...files: readonly string[]) => async (path: string) => files.includes(path);
const proof = (found: string, promised = 'static'): Failure => ({
  code: 'promise-broken',
  file: 'vault',
  platform: 'aarch64-linux-musl',
  findings: [{ code: 'linkage', severity: 'error', promised, found, read: undefined, help: 'x', allow: undefined }],
});
const refused = (line: string, scripts: readonly BuildScriptMessage[], ...files: readonly string[]) =>
  notStatic(planned, { tail: `error: linking failed\n  = note: ${line}\n`, scripts, messages: [], exitCode: 101 }, [], on(...files));
const built = (found: string, scripts: readonly BuildScriptMessage[], messages = [aMessage(['/t/vault'])]) => notStatic(planned, { tail: '', scripts, messages, exitCode: 0 }, [proof(found)], on());
const textOf = (failure: Failure | undefined): string => {
  if (!failure) throw new Error('no failure');
  const { title, details, help } = inWords(failure);
  return [title, ...details, ...help].join('\n');
};

describe('a link that was refused', () => {
  test.each([
    'error: using shared libraries requires dynamic linking',
    '/usr/bin/ld: attempted static link of dynamic object `/o/libfoo.so',
    'ld.lld: error: attempted static link of dynamic object /o/libfoo.so',
  ])('by "%s" is the fault of the crate that asked for a library that is only shared', async (line) => {
    expect(await refused(line, [script(['dylib=foo', 'static=bar']), script(['other'])], '/o/libfoo.so', '/o/libbar.so')).toMatchObject({
      code: 'not-static',
      crate: 'vault',
      platform: 'aarch64-linux-musl',
      causes: [{ kind: 'library', crate: 'foo-sys 0.3.0', library: 'foo', file: '/o/libfoo.so' }],
      needed: [],
    });
  });

  test('says which crate, which file and what to do', async () => {
    const text = textOf(await refused('using shared libraries requires dynamic linking', [script(['foo'])], '/o/libfoo.so'));
    expect(text).toContain('vault cannot be static, as platform aarch64-linux-musl promises');
    expect(text).toContain('foo-sys 0.3.0 asks for it: its build script links foo, and found /o/libfoo.so without an archive beside it.');
    expect(text).toContain('Give foo-sys 0.3.0 an archive, libfoo.a');
    expect(text).toContain('linkage = "dynamic"');
  });

  test('knows the switches of known crates', async () => {
    expect(textOf(await refused('using shared libraries requires dynamic linking', [script(['ssl', 'crypto'], ['/o'], 'openssl-sys 0.9.118')], '/o/libssl.so', '/o/libcrypto.so'))).toContain('OPENSSL_STATIC = "1"');
  });

  test('is not the fault of a library that lies there as an archive too', async () => {
    expect(await refused('using shared libraries requires dynamic linking', [script(['foo'])], '/o/libfoo.so', '/o/libfoo.a')).toMatchObject({ causes: [] });
  });

  test('is still said where nobody known asked', async () => {
    expect(textOf(await refused('using shared libraries requires dynamic linking', []))).toContain('#[link(name = "...")]');
  });

  test('for another reason is none of this', async () => {
    expect(await refused('undefined reference to `foo`', [script(['foo'])], '/o/libfoo.so')).toBeUndefined();
  });
});

describe('a program that turned out dynamic', () => {
  test('is the fault of the crate whose library it needs', async () => {
    expect(await built('dynamic: its loader is /lib/ld-musl-aarch64.so.1, it needs libfoo.so.3, libc.so', [script(['dylib:+verbatim=foo']), script(['static=c'])])).toMatchObject({
      causes: [{ kind: 'library', crate: 'foo-sys 0.3.0', library: 'foo', file: undefined }],
      needed: ['libfoo.so', 'libc.so'],
    });
  });

  test("is the fault of rustc's flags where it needs Rust's own library", async () => {
    const failure = await built('dynamic: it needs libstd-0123456789abcdef.so', []);
    expect(failure).toMatchObject({ causes: [{ kind: 'prefer-dynamic' }] });
    expect(textOf(failure)).toContain('Take -Cprefer-dynamic out of rustflags');
  });

  test('is the fault of a Rust library that is made as a shared one', async () => {
    const failure = await built('dynamic: it needs libplug.so', [], [aMessage(['/t/libplug.so'], { targetName: 'plug', targetKinds: ['dylib'] })]);
    expect(failure).toMatchObject({ causes: [{ kind: 'dylib', crate: 'plug' }] });
    expect(textOf(failure)).toContain('crate-type = ["rlib"]');
  });

  test('that was promised dynamic is none of this', async () => {
    const failure = proof('static', 'dynamic');
    expect(await notStatic(planned, { tail: '', scripts: [], messages: [], exitCode: 0 }, [failure], on())).toBeUndefined();
    expect(await notStatic(planned, { tail: '', scripts: [], messages: [], exitCode: 0 }, [], on())).toBeUndefined();
  });
});
