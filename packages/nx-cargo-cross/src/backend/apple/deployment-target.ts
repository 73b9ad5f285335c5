/**
 * The oldest macOS that a build is for. rustc, clang and cc-rs read it from MACOSX_DEPLOYMENT_TARGET, and all of them take an empty one for an error.
 * Source: rust-lang/rust `rustc_codegen_ssa/src/back/apple.rs` (`deployment_target`), 1.95.
 */
import type { KnownTriple } from '../../platform/known.js';
import type { EnvEdit, Environment } from '../env-edit.js';

const VARIABLE = 'MACOSX_DEPLOYMENT_TARGET';

/**
 * `11.0`: the `minOs` option, else MACOSX_DEPLOYMENT_TARGET, else rustc's own choice; never older than the first macOS of the processor, to which rustc
 * raises it too. Undefined where the triple is none of Apple's. A variable that holds no version counts as not set.
 */
export function deploymentTarget(facts: KnownTriple, minOs: string | undefined, env: Environment): string | undefined {
  const { minOs: oldest } = facts;
  if (facts.os !== 'macos' || oldest === undefined) return undefined;
  const asked = minOs ?? usable(env[VARIABLE]);
  return asked === undefined || isOlderVersion(asked, oldest) ? oldest : asked;
}

/** Says it to everything below cargo. The variable stays the user's where it is what decides. */
export function deploymentTargetEnv(facts: KnownTriple, minOs: string | undefined, env: Environment): readonly EnvEdit[] {
  const value = deploymentTarget(facts, minOs, env);
  if (value === undefined) return [];
  return value === env[VARIABLE] ? [{ kind: 'set-if-missing', name: VARIABLE, value, spellings: [] }] : [{ kind: 'set', name: VARIABLE, value }];
}

function usable(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{1,3}(\.\d{1,3}){0,2}$/.test(text) ? text : undefined;
}

/** Compared number by number: 10.9 is older than 10.12, 11 is 11.0. */
export function isOlderVersion(version: string, than: string): boolean {
  const [a, b] = [parts(version), parts(than)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

function parts(version: string): readonly number[] {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return [major, minor, patch];
}
