import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { canonicalNow } from '../system/files-now.js';
import { aTempFolder } from '../testkit/temp.js';
import { leftUnits, type LeftWhere } from './left-units.js';
import type { LeftUnit, NotedReads } from './noted-reads.js';

const root = canonicalNow(aTempFolder('left units'));
const targetDir = join(root, 'target/nx-cross');
const tree = join(targetDir, 'wasm32-wasip1');

/** Cargo sets the time of some files back to when it began: then what the file says is older than what it is. */
function write(path: string, text: string, seconds?: number): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  if (seconds !== undefined) utimesSync(file, seconds, seconds);
  return file;
}

write('app/Cargo.toml', '[package]\nname = "app"\n');
write('app/build.rs', '');
write('quiet/Cargo.toml', '[package]\nname = "quiet"\n');
write('quiet/build/main.rs', '');
write('app/src/main.rs', '');
write('app/proto/a', '');
const HOST = 'target/nx-cross/debug/build';
write(`${HOST}/app-1111111111111111/build_script_build-1111111111111111.d`, 'app/build.rs:\n');
write(`${HOST}/quiet-1111111111111111/build_script_main-1111111111111111.d`, 'quiet/build/main.rs:\n');
write(`${HOST}/ring-1111111111111111/build_script_build-1111111111111111.d`, '/cargo/registry/src/ring/build.rs:\n');
const OUT = 'target/nx-cross/wasm32-wasip1/debug';
write(`${OUT}/.fingerprint/app-0123456789abcdef/invoked.timestamp`, '', 5);
write(`${OUT}/deps/app-0123456789abcdef.d`, 'x: app/src/main.rs\n\napp/src/main.rs:\n/cargo/registry/src/x.rs:\ntarget/nx-cross/wasm32-wasip1/debug/build/app-2222222222222222/out/gen.rs:\n# env-dep:MODE=1\n');
write(`${OUT}/deps/copied-0123456789abcde0.d`, 'app/src/main.rs:\n', 7);
write(`${OUT}/build/app-2222222222222222/output`, 'cargo:rerun-if-changed=build.rs\ncargo:rerun-if-changed=proto\ncargo:rerun-if-changed=/usr/include/x.h\ncargo:rerun-if-env-changed=KIND\ncargo:rustc-env=STAMP=1\n', 9);
write(`${OUT}/build/app-2222222222222222/stderr`, '');
write(`${OUT}/build/quiet-2222222222222222/output`, 'cargo:rustc-cfg=x\n', 11);
write(`${OUT}/build/quiet-2222222222222222/stderr`, '', 11);
write(`${OUT}/build/ring-2222222222222222/output`, 'cargo:rerun-if-changed=build.rs\n', 13);

const WHERE: LeftWhere = { tree, targetDir, base: root, isSource: (path) => path.startsWith(`${root}/`) && !path.startsWith(`${targetDir}/`) };

function look(noted: NotedReads = {}): Readonly<Record<string, LeftUnit>> {
  return Object.fromEntries(leftUnits(WHERE, noted).map((unit) => [unit.name, unit]));
}

test('what was compiled: its sources, and when cargo began with it', () => {
  expect(look()['debug/deps/app-0123456789abcdef.d']).toMatchObject({ made: 5_000_000_000n, isOwn: true, files: [join(root, 'app/src/main.rs')], variables: ['MODE'] });
});

test('what was copied here has an older time than it can have', () => expect(look()['debug/deps/copied-0123456789abcde0.d']).toMatchObject({ made: 7_000_000_000n, isOwn: false }));

test('what a script named: files, folders, variables', () => {
  expect(look()['debug/build/app-2222222222222222/output']).toEqual({
    name: 'debug/build/app-2222222222222222/output',
    made: 9_000_000_000n,
    isOwn: true,
    files: [join(root, 'app/build.rs')],
    folders: new Map([[join(root, 'app/proto'), join(root, 'app/proto')]]),
    variables: ['KIND'],
    sets: ['STAMP'],
  });
});

test('a script that says nothing reads all of its package, wherever in it the script lies', () => {
  expect(look()['debug/build/quiet-2222222222222222/output']).toMatchObject({ isOwn: false, files: [], folders: new Map([[join(root, 'quiet'), join(root, 'quiet/Cargo.toml')]]) });
});

test('of a registry package nothing is a source', () => expect(look()['debug/build/ring-2222222222222222/output']).toMatchObject({ files: [], folders: new Map() }));

test('what is noted of the same unit is not read again', () => {
  const noted = { made: '5000000000', files: { '/noted': { digest: '1', stamp: '2' } }, folders: {}, variables: ['NOTED'], sets: [] };
  expect(look({ 'debug/deps/app-0123456789abcdef.d': noted })['debug/deps/app-0123456789abcdef.d']).toMatchObject({ files: ['/noted'], variables: ['NOTED'] });
  expect(look({ 'debug/deps/app-0123456789abcdef.d': { ...noted, made: '4' } })['debug/deps/app-0123456789abcdef.d']).toMatchObject({ variables: ['MODE'] });
});
