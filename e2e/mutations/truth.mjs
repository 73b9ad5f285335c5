/**
 * Which tasks are built from what: cargo's rules over the table of crates. A dev-dependency is in no build, one below `cfg(..)` only where it holds, an optional
 * one only where its feature is on; what a build script or a procedural macro needs is compiled for the machine that builds.
 */
import { CRATES } from './crates.mjs';
import { PACKAGES } from './packages.mjs';
import { PLATFORM_NAMES, PLATFORMS } from './platforms.mjs';

/** The crates that ship something. */
export const PROGRAMS = Object.keys(CRATES).filter((name) => ['bin', 'cdylib'].includes(CRATES[name].kind));

/** A task's name. */
export function taskOf(program, platform) {
  return `${CRATES[program].project ?? program}:cross-${platform}`;
}

/** The tasks of programs, on all platforms or on some. */
export function of(programs, platforms = PLATFORM_NAMES) {
  return [programs].flat().flatMap((program) => [platforms].flat().map((platform) => taskOf(program, platform)));
}

export const ALL = of(PROGRAMS);

export const NONE = [];

/** The tasks into whose build a crate or a package goes. */
export function from(...names) {
  return PROGRAMS.flatMap((program) => PLATFORM_NAMES.filter((platform) => names.some((name) => builtFrom(program, platform).has(name))).map((platform) => taskOf(program, platform)));
}

/** The tasks of the Cargo workspaces. */
export function inWorkspace(...workspaces) {
  return of(PROGRAMS.filter((program) => workspaces.includes(CRATES[program].cargoWorkspace ?? '')));
}

/** The tasks in whose build programs may run on the machine that builds: nobody knows what a package from elsewhere brings. */
export function withHostPrograms() {
  const mayRun = (name) => !CRATES[name] || CRATES[name].kind === 'proc-macro' || CRATES[name].files?.['build.rs'] !== undefined;
  return PROGRAMS.flatMap((program) => PLATFORM_NAMES.filter((platform) => [...builtFrom(program, platform)].some(mayRun)).map((platform) => taskOf(program, platform)));
}

/** The tasks of the one list that are not in the other. */
export function without(tasks, others) {
  return tasks.filter((task) => !others.includes(task));
}

/** The tasks of the one list that are on one of the platforms. */
export function onPlatforms(tasks, ...platforms) {
  return tasks.filter((task) => platforms.some((platform) => task.endsWith(`:cross-${platform}`)));
}

const known = new Map();

/** Everything that a program's build for a platform compiles, the program included. */
export function builtFrom(program, platform) {
  const id = taskOf(program, platform);
  if (!known.has(id)) known.set(id, walk(program, platform));
  return known.get(id);
}

function walk(program, platform) {
  const features = CRATES[program].featuresOn?.[platform] ?? [];
  const reached = new Set([program]);
  for (const name of reached) {
    for (const need of needsOf(name)) {
      const holds = need.cfg === undefined || PLATFORMS[platform].cfgs.some((cfg) => need.cfg === `cfg(${cfg})`);
      const on = need.feature === undefined || (name === program && features.includes(need.feature));
      if (need.kind !== 'dev' && holds && on) reached.add(need.name);
    }
  }
  return reached;
}

function needsOf(name) {
  return CRATES[name] ? (CRATES[name].needs ?? []) : (PACKAGES[name].needs ?? []).map((needed) => ({ name: needed, kind: 'normal' }));
}
