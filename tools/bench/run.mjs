/**
 * Measures rivals side by side: for each program, round and scenario, one rival right after the other. What was measured is kept, so that a run goes on where it was stopped.
 */
import { mkdirSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, release } from 'node:os';
import { dirname, join } from 'node:path';
import { startCacheServer, TOKENS } from '../../e2e/rig/cache-server.mjs';
import { ensureTemplate, NX_VERSION, ZIG_VERSION } from '../../e2e/rig/template.mjs';
import { cacheFolder, ROOT } from '../lib/paths.mjs';
import { pack } from '../pack.mjs';
import { rustVersion, VERSIONS } from '../setup/rivals.mjs';
import { sameProgram } from './correct.mjs';
import { measureGraph, SIZES } from './graph.mjs';
import { measure } from './measure.mjs';
import { Place } from './place.mjs';
import { ADDED, PLATFORMS } from './platforms.mjs';
import { PROGRAMS } from './programs.mjs';
import { renderBenchmarks } from './report.mjs';
import { RIVALS } from './rivals.mjs';
import { SCENARIOS } from './scenarios.mjs';

/** As a program: what the graph costs. */
const GRAPH = 'graph';

const STATE = cacheFolder('bench', 'results.json');
const REPORT = join(ROOT, 'BENCHMARKS.md');
/** Written by hand: what is not met, and what is known of why. */
const FLOORS = join(ROOT, 'tools/bench/floors.md');

/**
 * @typedef {object} Wish  empty lists mean all
 * @property {readonly string[]} programs
 * @property {readonly string[]} rivals
 * @property {readonly string[]} scenarios
 * @property {number} rounds
 * @property {boolean} fresh  measures again what is known
 */

/** What is wrong with a wish, with the words that there are; undefined where nothing is. @param {Wish} wish */
export function checkWish({ programs, rivals, scenarios, rounds }) {
  const lists = [
    ['--program', programs, [...PROGRAMS.map(({ name }) => name), GRAPH]],
    ['--rival', rivals, RIVALS.map(({ id }) => id)],
    ['--scenario', scenarios, SCENARIOS.map(({ id }) => id)],
  ];
  for (const [option, words, valid] of lists) {
    const unknown = words.find((word) => !valid.includes(word));
    if (unknown !== undefined) return `${option} ${unknown}: there is ${valid.join(', ')}`;
  }
  return Number.isInteger(rounds) && rounds > 0 ? undefined : '--rounds: a whole number from 1';
}

/** @param {Wish} wish @returns {Promise<boolean>} false when a build of ours failed */
export async function runBench(wish) {
  const packed = pack();
  if (!packed.ok) throw new Error(packed.output);
  ensureTemplate(console.log);
  const plugin = packed.digest.slice(0, 12);
  const state = wish.fresh ? { results: [], correct: {}, graph: [] } : readState();
  let sound = true;
  const chosen = (all, ids, id = (one) => one.id) => all.filter((one) => ids.length === 0 || ids.includes(id(one)));
  const keep = () => {
    writeState(state);
    writeFileSync(REPORT, renderBenchmarks(state, { plugin, rivals: RIVALS, scenarios: SCENARIOS, programs: PROGRAMS, platforms: PLATFORMS, added: ADDED, versions: versionsOf(plugin), machine: machine(), floors: `${readFileSync(FLOORS, 'utf8')}\n` }));
  };
  if (wish.programs.length === 0 || wish.programs.includes(GRAPH)) await graphs(wish, state, plugin, keep);
  for (const program of chosen(PROGRAMS, wish.programs, ({ name }) => name)) {
    for (let round = 1; round <= wish.rounds; round++) {
      for (const scenario of chosen(SCENARIOS, wish.scenarios)) {
        for (const rival of chosen(RIVALS, wish.rivals).filter(({ nx, scenarios }) => (nx || !scenario.onlyNx) && (scenarios?.includes(scenario.id) ?? true))) {
          const key = { program: program.name, round, scenario: scenario.id, rival: rival.id, ...(rival.ours ? { plugin } : { what: rival.what }) };
          if (state.results.some((known) => Object.entries(key).every(([name, value]) => known[name] === value))) continue;
          const measured = await measureOne(program, scenario, rival, plugin);
          state.results.push({ ...key, ...measured, load: loadavg()[0], at: new Date().toISOString() });
          state.correct[program.name] ??= sameProgram(program, new Place(program, rival.id, NO_REMOTE));
          keep();
          sound &&= measured.ok || !rival.ours;
          console.log(`${program.name}, round ${round}, ${scenario.id}, ${rival.id}: ${measured.ok ? '' : 'FAILED after '}${measured.wall.toFixed(1)} s, processor ${measured.cpu.toFixed(1)} s`);
        }
      }
    }
  }
  keep();
  console.log(`written: ${REPORT}`);
  return sound;
}

async function graphs({ rounds }, state, plugin, keep) {
  for (let round = 1; round <= rounds; round++) {
    for (const count of SIZES) {
      if (state.graph.some((known) => known.count === count && known.round === round && known.plugin === plugin)) continue;
      const measured = await measureGraph(count, plugin);
      state.graph.push({ count, round, plugin, ...measured });
      keep();
      console.log(`graph of ${count} crates, round ${round}: ${measured.nodes.first.toFixed(0)} ms`);
    }
  }
}

const NO_REMOTE = { url: '', token: '', folder: '' };

async function measureOne(program, scenario, rival, plugin) {
  const server = await startCacheServer({ folder: cacheFolder('bench', 'remote', program.name, rival.id.replaceAll(/\W+/g, '-')), maxBytes: 4 * 1024 ** 3 });
  const place = new Place(program, rival.id.replaceAll(/\W+/g, '-'), { url: server.url, token: TOKENS.write, folder: server.folder });
  try {
    const maker = rival.ours ? plugin : rival.what;
    if (place.done.maker !== maker) {
      await place.make(rival);
      place.note({ maker });
    }
    await provide(scenario.needs, place, rival);
    await scenario.ready(place);
    // The first starts the daemon, and has it look at everything.
    if (scenario.daemon) await build(place, rival, scenario);
    const taken = await build(place, rival, scenario);
    if (scenario.daemon) await measure([STOP_DAEMON], { cwd: place.root, env: place.env, log: place.log });
    place.moveBack();
    place.note(taken.ok ? (scenario.leaves ?? {}) : { warm: false, built: false, kept: false });
    return taken;
  } finally {
    await server.close();
  }
}

/** Does, unmeasured, what a scenario starts from. */
async function provide(needs, place, rival) {
  const { warm, built, kept } = place.done;
  // Who keeps nothing has nothing in the remote cache.
  if (needs === 'kept' && !rival.nx) return;
  if (needs === 'fresh' || (needs === 'warm' && warm) || (needs === 'built' && built) || (needs === 'kept' && kept)) return;
  const scenario = SCENARIOS.find(({ id }) => id === (needs === 'kept' ? 'cold' : 'first'));
  await scenario.ready(place);
  const { ok } = await build(place, rival, scenario);
  if (ok) place.note({ warm: true, built: true, kept: needs === 'kept' });
}

const STOP_DAEMON = [process.execPath, 'node_modules/.bin/nx', 'daemon', '--stop'];

function build(place, rival, { platforms, remote, daemon }) {
  const more = { ...rival.setUp(place, platforms), ...(daemon ? { NX_DAEMON: 'true' } : {}) };
  return measure(rival.commands(place, platforms), { cwd: place.root, env: { ...(remote ? place.remoteEnv : place.env), ...more }, log: place.log });
}

function versionsOf(plugin) {
  return { 'nx-cargo-cross': plugin, Rust: rustVersion(), zig: ZIG_VERSION, Nx: NX_VERSION, Node: process.version, ...VERSIONS };
}

function machine() {
  return `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GiB, ${process.platform} ${release()}`;
}

function readState() {
  return existsSync(STATE) ? JSON.parse(readFileSync(STATE, 'utf8')) : { results: [], correct: {}, graph: [] };
}

function writeState(state) {
  mkdirSync(dirname(STATE), { recursive: true });
  writeFileSync(`${STATE}.new`, JSON.stringify(state, null, 1));
  renameSync(`${STATE}.new`, STATE);
}
