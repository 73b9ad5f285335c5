/** The measurements of the graph as a section of the page. */
import { median } from './median.mjs';

/** @param {readonly import('./graph.mjs').GraphResult[]} results */
export function renderGraph(results) {
  const sizes = [...new Set(results.map(({ count }) => count))].sort((a, b) => a - b);
  if (sizes.length === 0) return '';
  const rows = sizes.map((count) => row(results.filter((result) => result.count === count)));
  const hashed = results.filter(({ hash }) => hash);
  return `## The graph

Generated crates in one Cargo workspace, each with a library, a program, two packages of a registry and up to three path dependencies; five platforms, and the targets for tests with them. Without Nx's daemon; all that Nx and the plugin keep is there.
The plugin itself: \`createNodes\` and \`createDependencies\`, in milliseconds, in the first call of a process and in a later one, as the daemon makes it; beside them, what \`JSON.parse\` takes to make the very same answer from its text.
\`nx show projects\`: seconds by the clock, with the plugin and with the same targets in project.json files, and the ratios of clock and of processor time.

| crates | targets | first call | later call | \`JSON.parse\` | \`nx show projects\` | by hand | ratio |
|---|---|---|---|---|---|---|---|
${rows.join('')}
${hashed.length === 0 ? '' : hashes(hashed)}`;
}

function row(runs) {
  const ms = (what) => median(runs.map(({ nodes }) => nodes[what])).toFixed(0);
  const wall = (kind) => median(runs.map(({ show }) => show[kind].wall)).toFixed(2);
  const ratio = (what) => `**${median(runs.map(({ show }) => show.ours[what] / show.hand[what])).toFixed(2)}**`;
  return `| ${runs[0].count} | ${runs[0].nodes.targets} | ${ms('first')} | ${ms('later')} | ${ms('json')} | ${wall('ours')} | ${wall('hand')} | ${ratio('wall')} / ${ratio('cpu')} x${runs.length} |\n`;
}

function hashes(runs) {
  const ms = (kind) => median(runs.map(({ hash }) => hash[kind].ms)).toFixed(0);
  const ratio = (kind) => `**${median(runs.map(({ hash }) => hash.ours.ms / hash[kind].ms)).toFixed(2)}**`;
  const [{ hash }] = runs;
  return `Hashing ${hash.ours.tasks} tasks: ${ms('ours')} ms; ${ms('hand')} ms with the same inputs written by hand, but for the digests of Cargo.lock (ratio ${ratio('hand')}); ${ms('plain')} ms with Nx's default inputs (ratio ${ratio('plain')}). x${runs.length}

`;
}
