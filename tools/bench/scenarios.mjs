/** What is measured, in the order in which each finds what it needs. */
import { ADDED, PLATFORMS } from './platforms.mjs';

/**
 * @typedef {object} Scenario
 * @property {string} id
 * @property {string} what
 * @property {'fresh' | 'warm' | 'built' | 'kept'} needs  nothing; compilers' own libraries; all platforms built; and that in the remote cache, too
 * @property {(place: import('./place.mjs').Place) => void | Promise<void>} ready  makes the state that is measured from
 * @property {readonly import('./platforms.mjs').Platform[]} platforms
 * @property {boolean} [remote]  with the remote cache
 * @property {boolean} [onlyNx]  makes sense only for what keeps results
 * @property {boolean} [daemon]  with Nx's daemon, which has seen the workspace
 * @property {string} [reference]  the rival that ratios are to; `a` where none is said
 * @property {Record<string, true | false>} [leaves]  what is so afterwards
 */

/** All that was compiled, and all that Nx knows of it; the compilers' libraries stay. */
function forgetBuilds(place) {
  place.remove('program/target', 'target', 'dist', '.nx');
  place.forget('nx', 'nx-data', 'records');
}

/** @type {readonly Scenario[]} */
export const SCENARIOS = [
  {
    id: 'first',
    what: 'first build on a machine where only Rust and zig are installed',
    needs: 'fresh',
    ready: (place) => {
      forgetBuilds(place);
      place.forget('zig', 'cache');
    },
    platforms: PLATFORMS,
    leaves: { warm: true, built: true },
  },
  { id: 'cached', what: 'nothing has changed', needs: 'built', ready: () => {}, platforms: PLATFORMS, reference: 'n' },
  { id: 'daemon', what: "the same, and Nx's daemon runs, as it does outside of CI", needs: 'built', ready: () => {}, platforms: PLATFORMS, reference: 'n', onlyNx: true, daemon: true },
  { id: 'edit', what: 'one source file has changed', needs: 'built', ready: (place) => place.edit(), platforms: PLATFORMS, leaves: { kept: false } },
  {
    id: 'platform',
    what: `one platform more (${ADDED.name})`,
    needs: 'built',
    ready: (place) => place.remove(`program/target/${ADDED.triple}`),
    platforms: [...PLATFORMS, ADDED],
  },
  {
    id: 'cold',
    what: 'everything, with warm toolchains, into an empty remote cache',
    needs: 'warm',
    ready: (place) => {
      forgetBuilds(place);
      place.emptyRemote();
      // Who has asked for a platform's toolchain asks no more, and would store none.
      place.forget('cache/nx-cargo-cross/toolchains');
    },
    platforms: PLATFORMS,
    remote: true,
    leaves: { built: true, kept: true },
  },
  { id: 'remote', what: 'another machine, nothing has changed, all in the remote cache', needs: 'kept', ready: forgetBuilds, platforms: PLATFORMS, remote: true, onlyNx: true },
  {
    id: 'ci',
    what: 'a fresh CI machine with another checkout folder, one source file changed: Rust, zig, node_modules and what cargo downloads are there, all that was built before is in the remote cache alone',
    needs: 'kept',
    ready: async (place) => {
      await place.moveOn();
      place.forgetHome();
      place.edit();
    },
    platforms: PLATFORMS,
    remote: true,
    // What was changed, was changed on the other machine.
    leaves: { warm: false, built: false },
  },
];
