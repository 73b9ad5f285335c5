/** The measurements as a page for people. */
import { renderGraph } from './graph-report.mjs';
import { median } from './median.mjs';

/** What a scenario is to take, as a ratio to the best rival that builds the right programs. */
const TARGETS = {
  first: 'first build: 0.35 of (a) without C, 0.5 with',
  cold: 'cold: 0.75 of (a) where one group of platforms suffices, 0.85 over all programs; never over 1.05 of (c)',
  edit: 'one source file changed: 0.7 of (a)',
  ci: 'fresh CI machine: 0.25 of (a)',
  cached: 'nothing changed: 1.1 of (n)',
};

/**
 * @param {{results: readonly object[], correct: Record<string, {joint: boolean}>, graph: readonly import('./graph.mjs').GraphResult[]}} state
 * @param {object} context
 * @returns {string} Markdown
 */
export function renderBenchmarks({ results, correct, graph }, { plugin, rivals, scenarios, programs, platforms, added, versions, machine, floors = '' }) {
  const whatOf = new Map(rivals.map(({ id, what }) => [id, what]));
  const current = results.filter((result) => (result.plugin === undefined ? result.what === whatOf.get(result.rival) : result.plugin === plugin));
  const cell = (program, scenario, rival) => current.filter((result) => result.program === program && result.scenario === scenario && result.rival === rival);
  const table = (program) => {
    const rows = scenarios.flatMap(({ id, reference = 'a' }) => {
      const measured = rivals.map((rival) => cell(program, id, rival.id));
      return measured.some((runs) => runs.length > 0) ? [`| ${id} | ${measured.map((runs) => say(runs, cell(program, id, reference))).join(' | ')} |\n`] : [];
    });
    if (rows.length === 0) return 'Not measured yet.\n';
    return `| | ${rivals.map(({ id }) => id).join(' | ')} |\n|---|${rivals.map(() => '---|').join('')}\n${rows.join('')}`;
  };
  return `# Benchmarks

Written by \`npm run bench\`, which goes on where it was stopped. Each cell is the median of its runs: seconds by the clock / seconds of processor time, and the ratio of both to (a) in the same round, or to (n) where nothing is to be built. One run of each rival follows the other, where nothing else is said;
\`x3\` says how many rounds. A failed build is told as that.

- Machine: ${machine}. Load of others when it was measured, by the system's average over a minute: ${loads([...current, ...graph])}.
- Versions: ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}.
- Platforms: ${platforms.map(({ name, options }) => `${name}${options?.glibc ? ` (glibc ${options.glibc})` : ''}`).join(', ')}; added later: ${added.name}. Release builds, lock files and profiles as published; what cargo downloads is there before.

| | what is run |
|---|---|
${rivals.map(({ id, what }) => `| ${id} | ${what} |\n`).join('')}
| | what has happened before |
|---|---|
${scenarios.map(({ id, what }) => `| ${id} | ${what} |\n`).join('')}
What is aimed at: ${Object.values(TARGETS).join('; ')}.

${floors}${renderGraph(graph.filter((result) => result.plugin === plugin))}${programs
    .map(
      (program) => `## ${program.name}${program.version ? ` ${program.version}` : `: ${program.packages.join(', ')}`}

${table(program.name)}${judgement(correct[program.name])}`,
    )
    .join('\n')}`;
}

/** What one call would get wrong. */
function judgement(correct) {
  if (!correct) return '';
  return correct.joint
    ? '\nOne call for all platforms compiles the same as calls alone: all rivals build the right program.\n'
    : `\nNot the right program: one call for all platforms (b, c). cargo joins the features of what it builds in one call, and what is compiled is not what each alone would be.\n`;
}

/** @param {readonly object[]} runs @param {readonly object[]} reference of the same scenario */
export function say(runs, reference) {
  if (runs.length === 0) return '';
  const failed = runs.filter(({ ok }) => !ok).length;
  if (failed > 0) return `does not build${runs.length > 1 ? ` (${failed} of ${runs.length})` : ''}`;
  const pairs = runs.flatMap((run) => reference.filter(({ round, ok }) => ok && round === run.round).map((other) => [run, other]));
  const ratios = pairs.length === 0 || runs === reference || runs[0].rival === reference[0]?.rival ? '' : `, ${ratio(pairs, 'wall')} / ${ratio(pairs, 'cpu')}`;
  return `${seconds(runs, 'wall')} / ${seconds(runs, 'cpu')}${ratios}${runs.length > 1 ? ` x${runs.length}` : ''}`;
}

const seconds = (runs, what) => median(runs.map((run) => run[what])).toFixed(1);
const ratio = (pairs, what) => `**${median(pairs.map(([run, other]) => run[what] / other[what])).toFixed(2)}**`;

function loads(results) {
  if (results.length === 0) return 'none yet';
  const all = results.map(({ load }) => load).sort((a, b) => a - b);
  return `${all[0].toFixed(1)} to ${all[all.length - 1].toFixed(1)}`;
}
