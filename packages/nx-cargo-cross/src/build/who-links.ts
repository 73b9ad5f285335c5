/** Which crates ask for a library that a link ended for want of: by what their build scripts told cargo, and by `#[link(name = "...")]` in their sources. */
import { sourcesOf, unitOf } from '../cargo/dep-info.js';
import { missingLibrary } from '../diagnostics/diagnose.js';
import type { CargoOutcome } from './cargo-call.js';

const FILE_NAME = /[^\\/]+$/;

/**
 * The crates as `pnet_datalink 0.34.0`, in the order in which cargo built them; none where the link ended for another reason or nobody is known to ask.
 * @param read a file's text; undefined where there is none.
 */
export function whoLinks({ tail, scripts, messages }: Pick<CargoOutcome, 'tail' | 'scripts' | 'messages'>, read: (path: string) => string | undefined): readonly string[] {
  const library = missingLibrary(tail);
  if (library === undefined) return [];
  const crates = new Set(scripts.filter(({ libraries }) => libraries.some((written) => nameOf(written) === library)).map((script) => script.package));
  for (const message of messages) {
    if (crates.has(message.package)) continue;
    for (const file of message.filenames) if (declares(library, file, read)) crates.add(message.package);
  }
  return [...crates];
}

/** Whether a source that an rlib was made of names the library. rustc writes down what it read beside what it made. */
function declares(library: string, file: string, read: (path: string) => string | undefined): boolean {
  const unit = unitOf(FILE_NAME.exec(file)?.[0] ?? '');
  if (!file.endsWith('.rlib') || !unit) return false;
  const attribute = new RegExp(`\\blink\\s*\\([^)]*\\bname\\s*=\\s*"${library.replace(/[^\w-]/g, '\\$&')}"`);
  for (const source of sourcesOf(read(file.replace(FILE_NAME, unit.notes)) ?? '')) if (attribute.test(read(source) ?? '')) return true;
  return false;
}

/** `ssl` of `ssl`, `dylib=ssl` and `static:+whole-archive=ssl:renamed`. */
function nameOf(written: string): string | undefined {
  return /^(?:[a-z-]+(?::[^=]*)?=)?([^:]+)/.exec(written)?.[1];
}
