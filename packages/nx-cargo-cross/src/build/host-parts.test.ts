import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { ArtifactMessage } from '../cargo/messages.js';
import { aPlan, aProbe, aRequest } from '../testkit/builders.js';
import { aTempFolder } from '../testkit/temp.js';
import type { Candidate } from './call-groups.js';
import { areHostPartsMade, hostPartsNote, noteHostParts } from './host-parts.js';

const folder = aTempFolder('host-parts');
const at = (path: string): string => join(folder, path);
const write = (path: string, text: string): void => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
};

function aCandidate(more: Partial<Candidate> = {}, platform = 'aarch64-linux'): Candidate {
  const request = aRequest(platform);
  const [call] = aPlan(request, aProbe()).calls;
  if (!call) throw new Error('no call');
  const toolchain = { label: 'stable', sysroot: '/rust', release: '1.95.0' };
  return { triple: request.build.platform.triple.name, directory: folder, rustcWrapper: undefined, call: { ...call, targetDir: at('target') }, host: 'x86_64-unknown-linux-gnu', toolchain, keptIn: at('kept'), sources: 'manifests', ...more };
}

const message = (manifest: string, file: string, kind: string): ArtifactMessage => ({ package: 'a 1', packageId: 'a', manifestPath: at(manifest), targetName: 'a', targetKinds: [kind], filenames: [at(file)], fresh: false });

test('all platforms of a crate have one note; where manifests, toolchain or crate differ it is another, and without knowledge of them there is none', () => {
  const note = hostPartsNote(aCandidate());
  expect(hostPartsNote(aCandidate({}, 'x86_64-windows'))).toBe(note);
  const { call, toolchain } = aCandidate();
  const others = [{ sources: 'others' }, { toolchain: { ...toolchain, label: 'nightly' } }, { directory: '/other' }, { call: { ...call, selection: { ...call.selection, features: ['x'] } } }];
  expect(new Set([note, ...others.map((other) => hostPartsNote(aCandidate(other)))]).size).toBe(5);
  expect(hostPartsNote(aCandidate({ sources: undefined }))).toBeUndefined();
});

test('they are made where a call has noted them, and no file of the repository has changed that they were compiled from', () => {
  const candidate = aCandidate();
  const note = hostPartsNote(candidate) ?? '';
  expect(areHostPartsMade(note)).toBe(false);
  write('mac/src/lib.rs', 'one');
  write('app/build.rs', 'one');
  write('app/src/main.rs', 'one');
  write('home/x/src/lib.rs', 'one');
  write('target/release/deps/mac-1f.d', 'target/release/deps/libmac-1f.so: mac/src/lib.rs\n\nmac/src/lib.rs:\n');
  write('target/release/build/app-2f/build_script_build-2f.d', 'x: app/build.rs\n\napp/build.rs:\n');
  write('target/aarch64-unknown-linux-gnu/release/deps/app-3f.d', 'x: app/src/main.rs\n\napp/src/main.rs:\n');
  write('target/release/deps/x-4f.d', `x: ${at('home/x/src/lib.rs')}\n\n${at('home/x/src/lib.rs')}:\n`);
  const made = [
    message('mac/Cargo.toml', 'target/release/deps/libmac-1f.so', 'proc-macro'),
    message('app/Cargo.toml', 'target/release/build/app-2f/build-script-build', 'custom-build'),
    message('app/Cargo.toml', 'target/aarch64-unknown-linux-gnu/release/app', 'bin'),
    message('home/x/Cargo.toml', 'target/release/deps/libx-4f.rlib', 'lib'),
  ];
  noteHostParts(note, candidate, made, [at('home')]);
  expect(areHostPartsMade(note)).toBe(true);
  write('app/src/main.rs', 'two, of the platform');
  write('home/x/src/lib.rs', 'two, which nobody does');
  expect(areHostPartsMade(note)).toBe(true);
  for (const changed of ['mac/src/lib.rs', 'app/build.rs']) {
    write(changed, 'two, for the machine');
    expect(areHostPartsMade(note)).toBe(false);
    noteHostParts(note, candidate, made, [at('home')]);
    expect(areHostPartsMade(note)).toBe(true);
  }
});

test('a note that is damaged knows nothing', () => {
  write('damaged.json', '{"a":');
  expect(areHostPartsMade(at('damaged.json'))).toBe(false);
});
