/** The plan as a person reads it, and as a program does. */
import type { GeneratedFile } from '../backend/contract.js';
import { renderFailures } from '../diagnostics/render.js';
import type { Failure } from '../diagnostics/failure.js';
import type { CargoCall, PlannedBackend, PlannedBuild } from './plan.js';
import { quoteWords } from '../diagnostics/quote.js';

/** A request with its plan, or with the reasons why there is none. */
export type PlanOutcome =
  | { readonly task: string; readonly planned: PlannedBuild }
  | { readonly task: string; readonly failures: readonly Failure[] };

/** The plan as text. */
export function renderPlan(outcomes: readonly PlanOutcome[]): string {
  return outcomes.map((outcome) => ('planned' in outcome ? renderBuild(outcome.planned) : `${outcome.task}\n${renderFailures(outcome.failures)}`)).join('\n\n') + '\n';
}

/** The plan as JSON, with a trailing newline. */
export function renderPlanJson(outcomes: readonly PlanOutcome[]): string {
  return (
    JSON.stringify(
      outcomes.map((outcome) =>
        'planned' in outcome ? { task: outcome.task, ...toJson(outcome.planned) } : { task: outcome.task, failures: outcome.failures },
      ),
      null,
      2,
    ) + '\n'
  );
}

/** `zig 0.16.0`. */
export function backendLabel({ id, version }: PlannedBackend): string {
  return version === '' ? id : `${id} ${version}`;
}

const MANY = 20;

/** Their paths; folders of many files by their names alone. */
export function fileNames(files: readonly GeneratedFile[]): string {
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  const counts = new Map<string, number>();
  for (const { path } of files) counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
  const names = files.map(({ path }) => {
    const folder = folderOf(path);
    const count = counts.get(folder) ?? 0;
    return folder !== '' && count > MANY ? `${folder} (${count} files)` : path;
  });
  return [...new Set(names)].join(', ');
}

function renderBuild(build: PlannedBuild): string {
  const { request, backend } = build;
  return [
    request.task,
    `  triple     ${build.triple}`,
    `  backend    ${backendLabel(backend)} (${backend.reason})`,
    `  directory  ${build.directory}`,
    ...(build.files.length > 0 ? [`  files      ${fileNames(build.files)} in ${build.filesDirectory}`] : []),
    ...build.calls.flatMap(renderCall),
    `  output     ${build.destination}`,
  ].join('\n');
}

function renderCall(call: CargoCall): string[] {
  return [
    `  command    ${quoteWords([call.cargo, ...call.args])}`,
    ...call.env.map(({ name, value, keptFrom }) => {
      if (keptFrom !== undefined) return `    env      ${name}${value === undefined ? '' : `=${value}`}   (yours, from ${keptFrom})`;
      if (name === 'NX_CARGO_CROSS_CLOSURE') return `    env      ${name}=(the ${value?.split(' ').length ?? 0} packages of the closure)`;
      return value === undefined ? `    unset    ${name}` : `    env      ${name}=${value.replaceAll('\n', ' ')}`;
    }),
    ...call.expected.map(({ kind, fileName, certain }) => `    expects  ${fileName} (${kind}${certain ? '' : ', if its required features are on'})`),
  ];
}

function toJson(build: PlannedBuild) {
  const { request } = build;
  return {
    project: request.project,
    crate: request.crate.name,
    version: request.crate.version,
    platform: request.build.platform.name,
    triple: build.triple,
    profile: request.build.profile,
    features: request.build.features,
    backend: build.backend,
    directory: build.directory,
    files: [
      ...build.files.map((file) => ({ path: `${build.filesDirectory}/${file.path}`, text: file.text, executable: file.executable })),
      ...build.scripts,
    ],
    calls: build.calls.map((call) => ({
      command: [call.cargo, ...call.args],
      env: Object.fromEntries(call.env.map(({ name, value }) => [name, value ?? null])),
      kept: call.env.flatMap(({ name, keptFrom }) => (keptFrom === undefined ? [] : [{ name, from: keptFrom }])),
      linkage: call.linkage ?? null,
      expected: call.expected,
    })),
    output: build.destination,
    log: build.log,
  };
}
