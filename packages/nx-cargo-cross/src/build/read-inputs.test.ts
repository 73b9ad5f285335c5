import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ArtifactMessage, BuildScriptMessage } from '../cargo/messages.js';
import { aMessage } from '../testkit/builders.js';
import { aTempFolder } from '../testkit/temp.js';
import { readInputs } from './read-inputs.js';

const root = aTempFolder('read inputs');
const target = join(root, 'target/wasm32-wasip1/debug');
const registry = join(root, 'registry');

function write(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const notes = (made: string, files: readonly string[], variables: readonly string[] = []): string =>
  `${made}: ${files.join(' ')}\n\n${files.map((file) => `${file}:`).join('\n')}\n\n${variables.map((name) => `# env-dep:${name}`).join('\n')}\n`;

const message = (filenames: readonly string[], name: string, folder: string, more: Partial<ArtifactMessage> = {}): ArtifactMessage =>
  aMessage(filenames, { package: `${name} 0.1.0`, packageId: name, manifestPath: join(folder, 'Cargo.toml'), targetName: name, ...more });
const script = (name: string, outDir: string, sets: readonly string[] = []): BuildScriptMessage => ({ package: `${name} 0.1.0`, packageId: name, libraries: [], folders: [], outDir, sets });
const read = (messages: readonly ArtifactMessage[], scripts: readonly BuildScriptMessage[] = []) => readInputs(messages, scripts, root, (folder) => !folder.startsWith(registry));

describe('what a call read', () => {
  test('is in the notes of a library, found by its hash', () => {
    const rlib = join(target, 'deps/liblibloading-00112233aabbccdd.rlib');
    write(join(target, 'deps/libloading-00112233aabbccdd.d'), notes(rlib, ['lib/src/lib.rs', 'lib/src/../../a\\ b.txt'], ['MODE', 'SET']));
    expect(read([message([rlib], 'libloading', join(root, 'lib'))], [script('libloading', join(target, 'none/out'), ['SET'])]).reads[0]).toEqual({
      package: 'libloading 0.1.0',
      folder: join(root, 'lib'),
      by: 'compiler',
      paths: [join(root, 'lib/src/lib.rs'), join(root, 'a b.txt')],
      variables: ['MODE'],
    });
  });

  test('is in the notes of the program that was handed out, not of one of another time', () => {
    const handedOut = join(target, 'my-app.wasm');
    mkdirSync(join(target, 'deps'), { recursive: true });
    writeFileSync(handedOut, 'new bytes');
    linkSync(handedOut, join(target, 'deps/my_app-1111111111111111.wasm'));
    write(join(target, 'deps/my_app-2222222222222222.wasm'), 'old bytes');
    write(join(target, 'deps/my_app-3333333333333333.wasm'), 'old');
    write(join(target, 'deps/my_app_too-1111111111111111.wasm'), 'new bytes');
    for (const hash of ['1', '2', '3']) write(join(target, `deps/my_app-${hash.repeat(16)}.d`), notes(join(target, `deps/my_app-${hash.repeat(16)}.wasm`), [`src/${hash}.rs`]));
    write(join(target, 'deps/my_app_too-1111111111111111.d'), notes(join(target, 'deps/my_app_too-1111111111111111.wasm'), ['src/too.rs']));
    expect(read([message([handedOut], 'my-app', root)]).reads.map(({ paths }) => paths)).toEqual([[join(root, 'src/1.rs')]]);
  });

  test('is found where cargo copies what it hands out, and gives no hash', () => {
    write(join(target, 'libplug.so'), 'plug');
    write(join(target, 'deps/libplug.so'), 'plug');
    write(join(target, 'deps/plug.d'), notes(join(target, 'deps/libplug.so'), ['src/plug.rs']));
    expect(read([message([join(target, 'libplug.so')], 'plug', root)]).reads.map(({ paths }) => paths)).toEqual([[join(root, 'src/plug.rs')]]);
  });

  test('is found of what is not handed out, as tests are not', () => {
    const program = write(join(target, 'deps/plug-4444444444444444'), 'a test');
    write(join(target, 'deps/plug-4444444444444444.d'), notes(program, ['tests/plug.rs']));
    expect(read([message([join(target, 'deps/libplug.so')], 'plug', root), message([program], 'plug', root)]).reads.map(({ paths }) => paths)).toEqual([[join(root, 'src/plug.rs')], [join(root, 'tests/plug.rs')]]);
  });

  test('is found of a program that was put aside for a script', () => {
    write(join(target, 'emu'), '#!/bin/sh');
    write(join(target, 'emu.emulated'), 'emu');
    const program = write(join(target, 'deps/emu-5555555555555555'), 'emu');
    write(join(target, 'deps/emu-5555555555555555.d'), notes(program, ['src/emu.rs']));
    expect(read([message([join(target, 'emu')], 'emu', root)]).reads.map(({ paths }) => paths)).toEqual([[join(root, 'src/emu.rs')]]);
  });

  test('of a package of a registry is what lies elsewhere', () => {
    const folder = join(registry, 'ring-0.17.14');
    const rlib = join(target, 'deps/libring-0123456789abcdef.rlib');
    write(join(target, 'deps/ring-0123456789abcdef.d'), notes(rlib, [join(folder, 'src/lib.rs'), join(root, 'words.txt')], ['RING']));
    expect(read([message([rlib], 'ring', folder)]).reads).toMatchObject([{ paths: [join(root, 'words.txt')], variables: ['RING'] }]);
  });

  test('of a build script is what it was compiled from, and what it said', () => {
    const built = write(join(root, 'target/debug/build/app-aaaaaaaaaaaaaaaa/build-script-main'), 'x');
    write(join(root, 'target/debug/build/app-aaaaaaaaaaaaaaaa/build_script_main-aaaaaaaaaaaaaaaa.d'), notes(built, ['app/main.rs']));
    const outDir = join(target, 'build/app-bbbbbbbbbbbbbbbb/out');
    write(join(dirname(outDir), 'output'), 'cargo:rerun-if-changed=../proto\ncargo::rerun-if-env-changed=MODE\n');
    const { reads, unread } = read([message([built], 'app', join(root, 'app'), { targetName: 'build-script-main', targetKinds: ['custom-build'] })], [script('app', outDir)]);
    expect(unread).toEqual([]);
    expect(reads).toEqual([
      { package: 'app 0.1.0', folder: join(root, 'app'), by: 'compiler', paths: [join(root, 'app/main.rs')], variables: [] },
      { package: 'app 0.1.0', folder: join(root, 'app'), by: 'script', paths: [join(root, 'proto')], variables: ['MODE'], outDir },
    ]);
  });

  test('of a script whose run came from another target folder is what it said of that, by its own folder', () => {
    const outDir = join(target, 'build/moved-bbbbbbbbbbbbbbbb/out');
    const built = write(join(target, 'build/moved-aaaaaaaaaaaaaaaa/build-script-main'), 'x');
    write(join(target, 'build/moved-aaaaaaaaaaaaaaaa/build_script_main-aaaaaaaaaaaaaaaa.d'), notes(built, []));
    write(join(dirname(outDir), 'root-output'), '/elsewhere/build/moved-bbbbbbbbbbbbbbbb/out');
    write(join(dirname(outDir), 'output'), 'cargo:rerun-if-changed=/elsewhere/build/moved-bbbbbbbbbbbbbbbb/out/made.rs\ncargo:rerun-if-changed=/elsewhere/other.rs\n');
    const { reads } = read([message([built], 'moved', join(root, 'moved'), { targetName: 'build-script-main', targetKinds: ['custom-build'] })], [script('moved', outDir)]);
    expect(reads.flatMap(({ by, paths }) => (by === 'script' ? paths : []))).toEqual([join(outDir, 'made.rs'), '/elsewhere/other.rs']);
  });

  test('is not known where there are no notes', () => {
    write(join(target, 'lonely'), 'x');
    expect(read([message([join(target, 'lonely')], 'lonely', root)]).unread).toEqual(['bin lonely of lonely 0.1.0']);
  });
});
