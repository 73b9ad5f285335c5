/** Why a program that was to be static is not: which crate asked for which shared library, by what its build script told cargo and what lies in its folders. */
import type { BuildScriptMessage } from '../cargo/messages.js';
import type { Failure } from '../diagnostics/failure.js';
import type { NotStaticCause } from '../diagnostics/not-static.js';
import type { PlannedBuild } from '../plan/plan.js';
import type { CargoOutcome } from './cargo-call.js';

/** How zig 0.16, GNU ld 2.40 and lld 19 end a static link that is given a shared library. */
const REFUSED_LINK = /using shared libraries requires dynamic linking|attempted static link of dynamic object/;

/** Library file names in the words of a proof. */
const NEEDED = /\blib([\w.+-]+?)\.so\b[\w.]*/g;

/**
 * The failure that names the crates; undefined where the build was not to be static, or broke for another reason.
 * @param failures what the build ended with.
 */
export async function notStatic(
  planned: PlannedBuild,
  outcome: Pick<CargoOutcome, 'tail' | 'scripts' | 'messages' | 'exitCode'>,
  failures: readonly Failure[],
  exists: (path: string) => Promise<boolean>,
): Promise<Failure | undefined> {
  const found = foundInstead(outcome, failures);
  if (found === undefined) return undefined;
  const causes: NotStaticCause[] = [];
  for (const script of outcome.scripts) {
    for (const written of script.libraries) {
      const library = sharedName(written);
      if (library === undefined) continue;
      const file = await sharedFile(library, script, exists);
      if (file !== undefined || found.needed.includes(library)) causes.push({ kind: 'library', crate: script.package, library, file });
    }
  }
  const dylibs = outcome.messages.filter(({ targetKinds }) => targetKinds.includes('dylib')).map(({ targetName }) => targetName);
  causes.push(...dylibs.filter((name) => found.needed.includes(name)).map((crate) => ({ kind: 'dylib', crate }) as const));
  if (found.needed.some((library) => /^std-[0-9a-f]+$/.test(library))) causes.push({ kind: 'prefer-dynamic' });
  const { request, triple } = planned;
  return { code: 'not-static', crate: request.crate.name, triple, platform: request.build.platform.name, causes, needed: found.needed.map((library) => `lib${library}.so`), log: planned.log };
}

function foundInstead({ tail, exitCode }: Pick<CargoOutcome, 'tail' | 'exitCode'>, failures: readonly Failure[]): { readonly needed: readonly string[] } | undefined {
  if (exitCode !== 0) return REFUSED_LINK.test(tail) ? { needed: [] } : undefined;
  const findings = failures.flatMap((failure) => (failure.code === 'promise-broken' ? failure.findings : []));
  const linkage = findings.find(({ code, promised }) => code === 'linkage' && promised === 'static');
  return linkage && { needed: [...new Set([...linkage.found.matchAll(NEEDED)].flatMap(([, name]) => name ?? []))] };
}

/** `ssl` of `ssl`, `dylib=ssl` and `dylib:-as-needed=ssl:renamed`; undefined of a library that is asked for as an archive. */
function sharedName(written: string): string | undefined {
  const [, kind = 'dylib', name = ''] = /^(?:([a-z-]+)(?::[^=]*)?=)?([^:]+)/.exec(written) ?? [];
  return kind === 'dylib' ? name : undefined;
}

/** A shared library without an archive beside it, which a static link would have taken. */
async function sharedFile(library: string, { folders }: BuildScriptMessage, exists: (path: string) => Promise<boolean>): Promise<string | undefined> {
  for (const folder of folders) {
    const shared = `${folder}/lib${library}.so`;
    if ((await exists(shared)) && !(await exists(`${folder}/lib${library}.a`))) return shared;
  }
  return undefined;
}
