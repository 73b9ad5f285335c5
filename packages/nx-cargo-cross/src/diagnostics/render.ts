/** Failures as the text that a person reads in a terminal. */
import { describe, type Description } from './describe.js';
import type { Failure } from './failure.js';
import { formatLocation, type Location } from './location.js';
import { describeUncoveredRun, type InputsUncovered, type UncoveredNote } from './uncovered.js';

/** Renders failures one below the other, each with code, place, excerpt, details and help. Plain text, no colours. */
export function renderFailures(failures: readonly Failure[]): string {
  return failures.map(renderFailure).join('\n\n');
}

/** Renders one failure. */
export function renderFailure(failure: Failure): string {
  return renderDescription('error', failure.code, describe(failure));
}

function renderDescription(kind: 'error' | 'warning', code: string, { title, location, details, help }: Omit<Description, 'help'> & { readonly help: readonly string[] }): string {
  return [
    `${kind}[${code}]: ${title}`,
    ...(location ? renderLocation(location) : []),
    ...details.flatMap((detail) => indent(detail)),
    ...help.flatMap((line, index) => indent(index === 0 ? `help: ${line}` : `      ${line}`)),
  ].join('\n');
}

/** What the tasks of a run were built from beside their keys, in one warning: Nx 24 shows no output of tasks that went well. Empty for none. */
export function renderUncoveredRun(notes: readonly UncoveredNote[]): string {
  const [first, ...rest] = notes.map(({ failure }) => failure);
  if (!first) return '';
  const wrote = [...new Set(notes.flatMap((note) => note.wrote))];
  const { help, ...description } = describeUncoveredRun([first, ...rest]);
  return [
    renderDescription('warning', first.code, { ...description, help: wrote.length > 0 ? [] : help }),
    ...wrote.map((line) => `  ${line}`),
    `  ${rest.length === 0 ? 'It is' : 'They are'} not kept in the cache${wrote.length > 0 ? ' this time' : ''}.`,
  ].join('\n');
}

/** What a build read beside its key, where that fails nothing: the warning, what was written into manifests, and what becomes of the result. */
export function renderUncovered({ failure, wrote, kept }: { readonly failure: InputsUncovered; readonly wrote: readonly string[]; readonly kept: readonly string[] }): string {
  const warning = failure.uncovered.length > 0 ? [renderDescription('warning', failure.code, describe(failure))] : [];
  return [...warning, ...wrote.map((line) => `  ${line}`), ...kept.map((line) => `  ${line}`)].join('\n');
}

function renderLocation(location: Location): string[] {
  const lines = [`  --> ${formatLocation(location)}`];
  if (location.excerpt !== undefined && location.line !== undefined) {
    const gutter = String(location.line);
    lines.push(`  ${gutter} | ${location.excerpt}`);
    if (location.column !== undefined) lines.push(`  ${' '.repeat(gutter.length)} | ${below(location.excerpt, location.column - 1)}^`);
  }
  return lines;
}

/** As wide as the first characters of a line, however wide the terminal draws its tabs. */
function below(line: string, characters: number): string {
  return line.slice(0, characters).replace(/[^\t]/g, ' ').padEnd(characters);
}

function indent(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`);
}
