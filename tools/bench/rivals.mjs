/** Who is measured: how each is set up in its place, and what its user types. */
import { join } from 'node:path';
import { MONODON_MODULES } from '../setup/rivals.mjs';
import { byHand } from './by-hand.mjs';

/**
 * @typedef {object} Rival
 * @property {string} id
 * @property {string} what   for the reader of the report
 * @property {boolean} ours
 * @property {boolean} joint one call for all platforms, whatever that does to features
 * @property {boolean} nx    results are kept by Nx, and travel
 * @property {string} [modules]
 * @property {readonly string[]} [scenarios]  those that it has a part in; all where it has none
 * @property {(place: import('./place.mjs').Place, platforms: readonly import('./platforms.mjs').Platform[]) => Record<string, string> | void} setUp  writes what its user has written; returns variables
 * @property {(place: import('./place.mjs').Place, platforms: readonly import('./platforms.mjs').Platform[]) => readonly (readonly string[])[]} commands
 */

const manifest = ['--manifest-path', 'program/Cargo.toml'];
const release = (place, names = place.program.packages) => ['--release', '--locked', ...manifest, ...names.flatMap((name) => ['-p', name])];
const nx = (...args) => [process.execPath, 'node_modules/.bin/nx', ...args];

const ours = (options) => (place, platforms) => {
  place.write(
    'nx.json',
    JSON.stringify({
      analytics: false,
      neverConnectToCloud: true,
      plugins: [
        {
          plugin: 'nx-cargo-cross',
          options: { platforms: platforms.map(({ name }) => name), platform: Object.fromEntries(platforms.filter((platform) => platform.options).map((platform) => [platform.name, platform.options])), tests: false, ...options },
        },
      ],
    }),
  );
};
const crossTasks = (place, ...more) => [nx('run-many', '-t', 'cross', '-p', place.program.packages.join(','), ...more)];

const SOURCES = { sources: ['{workspaceRoot}/program/**/*', '!{workspaceRoot}/program/target/**/*'] };

/** @param {Record<string, string>} [plugins]  their files */
function nothing(id, what, plugins = {}) {
  return {
    id,
    what,
    ours: false,
    joint: false,
    nx: true,
    scenarios: ['cached', 'daemon'],
    setUp: (place, platforms) => {
      for (const [file, text] of Object.entries(plugins)) place.write(file, text);
      place.write('nx.json', JSON.stringify({ analytics: false, neverConnectToCloud: true, namedInputs: SOURCES, plugins: Object.keys(plugins).map((file) => `./${file}`) }));
      const targets = Object.fromEntries(platforms.map(({ name }) => [`nothing-${name}`, { command: 'true', cache: true, inputs: ['sources'] }]));
      for (const name of place.program.packages) place.write(`projects/${name}/project.json`, JSON.stringify({ name, targets }));
    },
    commands: (place, platforms) => [nx('run-many', '-t', ...platforms.map(({ name }) => `nothing-${name}`))],
  };
}

/** @type {readonly Rival[]} */
export const RIVALS = [
  { id: 'ours', what: '`nx run-many -t cross`', ours: true, joint: false, nx: true, setUp: ours({}), commands: (place) => crossTasks(place) },
  { id: 'batch', what: '`nx run-many -t cross --batch`', ours: true, joint: false, nx: true, setUp: ours({}), commands: (place) => crossTasks(place, '--batch') },
  {
    id: 'layer',
    what: 'ours with the options `layer` and `toolchain`; its cold run makes both for the remote cache',
    ours: true,
    joint: false,
    nx: true,
    scenarios: ['first', 'cold', 'remote', 'ci'],
    setUp: ours({ layer: true, toolchain: true }),
    commands: (place) => crossTasks(place),
  },
  {
    id: 'a',
    // One call for several packages would join their features.
    what: 'a loop of `cargo zigbuild --target` over the platforms, package by package',
    ours: false,
    joint: false,
    nx: false,
    setUp: () => {},
    commands: (place, platforms) => platforms.flatMap(({ zigbuild }) => place.program.packages.map((name) => ['cargo', 'zigbuild', ...release(place, [name]), '--target', zigbuild])),
  },
  {
    id: 'b',
    what: 'one `cargo zigbuild` call for all platforms',
    ours: false,
    joint: true,
    nx: false,
    setUp: () => {},
    commands: (place, platforms) => [['cargo', 'zigbuild', ...release(place), ...platforms.flatMap(({ zigbuild }) => ['--target', zigbuild])]],
  },
  {
    id: 'c',
    what: 'one `cargo build` call for all platforms, with linkers and compilers set up by hand (`tools/bench/by-hand.mjs`)',
    ours: false,
    joint: true,
    nx: false,
    setUp: (place, platforms) => byHand(join(place.folder, 'by-hand'), platforms),
    commands: (place, platforms) => [['cargo', 'build', ...release(place), ...platforms.flatMap(({ triple }) => ['--target', triple])]],
  },
  {
    id: 'd',
    what: '@monodon/rust with a target for each platform in project.json, linkers and compilers as in (c)',
    ours: false,
    joint: false,
    nx: true,
    modules: MONODON_MODULES,
    setUp: (place, platforms) => {
      place.write('nx.json', JSON.stringify({ analytics: false, neverConnectToCloud: true, namedInputs: SOURCES }));
      for (const name of place.program.packages) place.write(`projects/${name}/project.json`, JSON.stringify({ name, targets: monodonTargets(name, platforms) }));
      return byHand(join(place.folder, 'by-hand'), platforms);
    },
    commands: (place, platforms) => [nx('run-many', '-t', ...platforms.map((platform) => `build-${platform.name}`))],
  },
  nothing('n', 'Nx alone: as many cached tasks as ours has, that do nothing'),
  nothing('p', 'the same as (n), and a plugin in nx.json that infers nothing', { 'nothing.cjs': "module.exports = { name: 'nothing', createNodes: ['**/Cargo.toml', async () => []] };\n" }),
  nothing('h', 'the same as (p), with hooks before and after the tasks that do nothing', {
    'nothing.cjs': "module.exports = { name: 'nothing', createNodes: ['**/Cargo.toml', async () => []], preTasksExecution: async () => {}, postTasksExecution: async () => {} };\n",
  }),
];

function monodonTargets(name, platforms) {
  return Object.fromEntries(
    platforms.map((platform) => [
      `build-${platform.name}`,
      {
        executor: '@monodon/rust:build',
        cache: true,
        inputs: ['sources', { runtime: 'rustc --version' }],
        outputs: [`{workspaceRoot}/program/target/${platform.triple}/release/${name}${platform.triple.includes('windows') ? '.exe' : ''}`],
        options: { release: true, target: platform.triple, package: name, 'manifest-path': 'program/Cargo.toml' },
      },
    ]),
  );
}
