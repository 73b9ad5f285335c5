/** The plan of a command of the user's own, as a person reads it and as a program does. */
import { quoteWords } from '../diagnostics/quote.js';
import type { PlannedExec } from './exec-plan.js';
import { backendLabel, fileNames } from './render.js';

export function renderExec(planned: PlannedExec): string {
  const { request, backend } = planned;
  return [
    request.task,
    `  triple     ${planned.triple}`,
    `  backend    ${backendLabel(backend)} (${backend.reason})`,
    `  directory  ${planned.directory}${planned.copy ? ` (a fresh copy of ${planned.copy.from})` : ''}`,
    ...(planned.files.length > 0 ? [`  files      ${fileNames(planned.files)} in ${planned.filesDirectory}`] : []),
    ...planned.env.map(({ name, value, keptFrom }) => {
      if (keptFrom !== undefined) return `    env      ${name}${value === undefined ? '' : `=${value}`}   (yours, from ${keptFrom})`;
      return value === undefined ? `    unset    ${name}` : `    env      ${name}=${value}`;
    }),
    ...planned.commands.map((words) => `  command    ${quoteWords(words)}`),
    ...planned.expected.map(({ kind, path }) => `    expects  ${path} (${kind})`),
    `  output     ${planned.destination}`,
    '',
  ].join('\n');
}

export function renderExecJson(planned: PlannedExec): string {
  const { request } = planned;
  const plan = {
    task: request.task,
    project: request.project,
    platform: request.build.platform.name,
    triple: planned.triple,
    backend: planned.backend,
    directory: planned.directory,
    copy: planned.copy ?? null,
    files: planned.files.map((file) => ({ path: `${planned.filesDirectory}/${file.path}`, text: file.text, executable: file.executable })),
    env: Object.fromEntries(planned.env.map(({ name, value }) => [name, value ?? null])),
    commands: planned.commands,
    expected: planned.expected,
    output: planned.destination,
    log: planned.log,
  };
  return `${JSON.stringify([plan], null, 2)}\n`;
}
