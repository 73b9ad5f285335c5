import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { BuildScriptMessage } from '../cargo/messages.js';
import { canonicalNow } from '../system/files-now.js';
import { aMessage } from '../testkit/builders.js';
import { aSystem } from '../testkit/fake-system.js';
import { aTempFolder } from '../testkit/temp.js';
import { layerUnits } from './layer-units.js';

const repository = canonicalNow(aTempFolder('layer units'));
const root = join(repository, 'target/nx-cross');
const TRIPLE = 'x86_64-unknown-linux-musl';
const REGISTRY = 'registry+https://github.com/rust-lang/crates.io-index#';

let numbers = 0n;

/** As cargo leaves a unit; returns its fingerprint. */
function unit(profile: string, name: string, hash: string, needs: readonly bigint[], files: Readonly<Record<string, string>>): bigint {
  const own = ++numbers;
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(own);
  const all = { ...files, [`.fingerprint/${name}-${hash}/lib-${name}`]: bytes.toString('hex'), [`.fingerprint/${name}-${hash}/lib-${name}.json`]: `{"rustc":1,"deps":[${needs.map((need) => `[1,"x",false,${need}]`).join(',')}],"local":[]}` };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, profile, path)), { recursive: true });
    writeFileSync(join(root, profile, path), text);
  }
  return own;
}

const hash = (digit: string): string => digit.repeat(16);
const [HOST, TARGET] = ['release', `${TRIPLE}/release`];
const source = join(repository, 'proto/x.proto');
mkdirSync(dirname(source), { recursive: true });
writeFileSync(source, '');
const cc = unit(HOST, 'cc', hash('1'), [], { [`deps/libcc-${hash('1')}.rlib`]: 'cc', [`deps/libcc-${hash('1')}.rmeta`]: 'cc', [`deps/cc-${hash('1')}.d`]: 'x: /cargo/cc.rs\n\n/cargo/cc.rs:\n' });
const script = unit(HOST, 'ring', hash('2'), [cc], { [`build/ring-${hash('2')}/build-script-build`]: 'elf', [`build/ring-${hash('2')}/build_script_build-${hash('2')}`]: 'elf' });
const run = unit(TARGET, 'ring', hash('3'), [script], { [`build/ring-${hash('3')}/output`]: 'cargo:rerun-if-changed=build.rs\n', [`build/ring-${hash('3')}/out/libring.a`]: 'archive', [`build/ring-${hash('3')}/stderr`]: '' });
const ring = unit(TARGET, 'ring', hash('4'), [run], { [`deps/libring-${hash('4')}.rlib`]: 'ring' });
const own = unit(TARGET, 'own', hash('5'), [ring], { [`deps/libown-${hash('5')}.rlib`]: 'own' });
unit(TARGET, 'patched', hash('6'), [own], { [`deps/libpatched-${hash('6')}.rlib`]: 'patched' });
unit(TARGET, 'reads', hash('7'), [], { [`deps/libreads-${hash('7')}.rlib`]: 'reads', [`deps/reads-${hash('7')}.d`]: `x: ${source}\n\n${source}:\n` });
unit(TARGET, 'links', hash('8'), [], { [`build/links-${hash('8')}/output`]: '', [`build/links-${hash('8')}/out/x`]: '' });
symlinkSync('x', join(root, TARGET, `build/links-${hash('8')}/out/link`));

const made = (profile: string, name: string, digit: string, packageId = `${REGISTRY}${name}@1.0.0`) => aMessage([join(root, profile, `deps/lib${name}-${hash(digit)}.rlib`)], { packageId });
const ran = (name: string, digit: string): BuildScriptMessage => ({ package: `${name} 1.0.0`, packageId: `${REGISTRY}${name}@1.0.0`, libraries: [], folders: [], sets: [], outDir: join(root, TARGET, `build/${name}-${hash(digit)}/out`) });

test('the units of downloaded packages, with all that cargo left of them, and none that the repository has a part in', () => {
  const noticing = { system: aSystem(), workspaceRoot: repository, directory: repository, targetDirs: [root], triple: TRIPLE, made: [join(repository, 'target')] };
  const { units, packages } = layerUnits(
    root,
    noticing,
    repository,
    [
      made(HOST, 'cc', '1'),
      aMessage([join(root, HOST, `build/ring-${hash('2')}/build-script-build`)], { packageId: `${REGISTRY}ring@1.0.0`, targetKinds: ['custom-build'] }),
      made(TARGET, 'ring', '4'),
      made(TARGET, 'own', '5', `path+file://${repository}/own#0.1.0`),
      made(TARGET, 'patched', '6'),
      made(TARGET, 'reads', '7'),
    ],
    [ran('ring', '3'), ran('links', '8')],
  );
  expect(packages).toBe(2);
  expect(units.map((one) => [one.profile, one.files.map(({ path }) => path), one.folders])).toEqual([
    [HOST, [`deps/cc-${hash('1')}.d`, `deps/libcc-${hash('1')}.rlib`, `deps/libcc-${hash('1')}.rmeta`, `.fingerprint/cc-${hash('1')}/lib-cc`, `.fingerprint/cc-${hash('1')}/lib-cc.json`], []],
    [HOST, [`.fingerprint/ring-${hash('2')}/lib-ring`, `.fingerprint/ring-${hash('2')}/lib-ring.json`, `build/ring-${hash('2')}/build_script_build-${hash('2')}`], []],
    [TARGET, [`deps/libring-${hash('4')}.rlib`, `.fingerprint/ring-${hash('4')}/lib-ring`, `.fingerprint/ring-${hash('4')}/lib-ring.json`], []],
    [TARGET, [`.fingerprint/ring-${hash('3')}/lib-ring`, `.fingerprint/ring-${hash('3')}/lib-ring.json`, `build/ring-${hash('3')}/out/libring.a`, `build/ring-${hash('3')}/output`, `build/ring-${hash('3')}/stderr`], [`build/ring-${hash('3')}/out`]],
  ]);
});
