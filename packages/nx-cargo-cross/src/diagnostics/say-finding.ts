/** Findings of a proof in words. */
import type { Finding } from './finding.js';

/** A finding in one line: `rpath: promised relative to the file ($ORIGIN), found /opt/lib (DT_RUNPATH at 0x3a1)`. */
export function sayFinding({ code, promised, found, read }: Finding): string {
  return `${code}: promised ${promised}, found ${found}${read ? ` (${read.field} at 0x${read.offset.toString(16)})` : ''}`;
}

/** What to do about findings, each way once; behind it the words that accept those that can be accepted. */
export function helpOfFindings(findings: readonly Finding[]): [string, ...string[]] {
  const words = findings.flatMap(({ allow }) => (allow === undefined ? [] : [`"${allow}"`]));
  const accept = words.length > 0 ? [`To accept ${words.length > 1 ? 'these' : 'it'}, on this platform: "allow": [${[...new Set(words)].join(', ')}]`] : [];
  return [...new Set(findings.map(({ help }) => help)), ...accept] as [string, ...string[]];
}

/** Findings that are no errors, each with its way out: what a build says besides, one line a finding. */
export function renderWarnings(file: string, findings: readonly Finding[]): string {
  return findings.map((finding) => `warning[${finding.code}]: ${file}: ${sayFinding(finding)}\n  help: ${helpOfFindings([finding]).join('\n        ')}`).join('\n');
}
