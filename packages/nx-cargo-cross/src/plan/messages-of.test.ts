import { expect, test } from '@jest/globals';
import type { BuildScriptMessage } from '../cargo/messages.js';
import { digest } from '../system/digest.js';
import { aMessage } from '../testkit/builders.js';
import { aUnitGraph } from '../testkit/unit-graphs.js';
import { messagesOf } from './messages-of.js';
import { parseUnitGraph } from './unit-graph.js';

const [GNU, MUSL] = ['aarch64-unknown-linux-gnu', 'aarch64-unknown-linux-musl'];
const id = (name: string): string => `path+file:///ws/${name}#0.1.0`;
const made = (name: string, kind: string, file: string) => aMessage([`/ws/target/nx-cross/${file}`], { packageId: id(name), targetName: name, targetKinds: [kind] });
const ran = (name: string, folder: string): BuildScriptMessage => ({ package: `${name} 0.1.0`, packageId: id(name), outDir: `/ws/target/nx-cross/${folder}/out`, libraries: [], folders: [], sets: [] });

test.each([
  [GNU, 'release', ['release/deps/libmacro.so', `${GNU}/release/deps/libdep-1.rlib`, 'release/build/dep-2/build-script-build', `${GNU}/release/app`], [`${GNU}/release/build/dep-3`]],
  // The same as cargo calls the folder of its first profile.
  [GNU, 'dev', ['debug/deps/libmacro.so', `${GNU}/debug/deps/libdep-1.rlib`, 'debug/build/dep-2/build-script-build', `${GNU}/debug/app`], [`${GNU}/debug/build/dep-3`]],
])('%s %s: the units of the build, and nobody else', (triple, profile, own, scripts) => {
  const graph = parseUnitGraph(
    aUnitGraph([
      { name: 'app', kind: 'bin', dependencies: [1, 4] },
      { name: 'dep', dependencies: [2] },
      { name: 'dep', kind: 'custom-build', mode: 'run-custom-build', dependencies: [3] },
      { name: 'dep', kind: 'custom-build', platform: null },
      { name: 'macro', kind: 'proc-macro', platform: null },
    ]),
    digest,
  );
  if (!graph) throw new Error('not read');
  const folder = profile === 'dev' ? 'debug' : profile;
  const messages = [
    made('macro', 'proc-macro', `${folder}/deps/libmacro.so`),
    made('musls', 'proc-macro', `${folder}/deps/libmusls.so`),
    made('dep', 'lib', `${GNU}/${folder}/deps/libdep-1.rlib`),
    made('dep', 'lib', `${MUSL}/${folder}/deps/libdep-1.rlib`),
    made('dep', 'custom-build', `${folder}/build/dep-2/build-script-build`),
    made('app', 'bin', `${GNU}/${folder}/app`),
    made('app', 'bin', `${MUSL}/${folder}/app`),
    made('tool', 'bin', `${GNU}/${folder}/tool`),
  ];
  const got = messagesOf({ messages, scripts: [ran('dep', `${GNU}/${folder}/build/dep-3`), ran('dep', `${MUSL}/${folder}/build/dep-3`), ran('dep', `${folder}/build/dep-4`)] }, { graph, triple, triples: [MUSL, GNU], profile });
  expect(got.messages.flatMap(({ filenames }) => filenames)).toEqual(own.map((file) => `/ws/target/nx-cross/${file}`));
  expect(got.scripts.map(({ outDir }) => outDir)).toEqual(scripts.map((script) => `/ws/target/nx-cross/${script}/out`));
});
