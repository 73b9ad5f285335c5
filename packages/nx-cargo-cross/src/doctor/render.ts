/** A report as a person reads it, and as a program does. Pure. */
import { describe } from '../diagnostics/describe.js';
import { failuresAsJson } from '../diagnostics/json.js';
import { renderFailures } from '../diagnostics/render.js';
import { joinMends, renderMend, type Mend, type MendHost } from './mend.js';
import { everyCheck, isIll, isWell, type Check, type PlatformReport, type Report } from './report.js';

/** What the text says besides the report. */
export interface Wording {
  readonly host: MendHost;
  /** Whether what is optional counts as needed. */
  readonly optional: boolean;
  /** Where the commands have to be run, where that is not where the user stands. */
  readonly folder: string | undefined;
  /** The command that would run the mending commands. */
  readonly fixCommand: string;
}

/** One command for each thing that is lacking, joined where one command serves several. Only the best way for each. */
export function mendsFor(report: Report, optional: boolean): readonly Mend[] {
  return joinMends(everyCheck(report).filter((check) => isIll(check, optional)).flatMap(({ mends: [best] }) => (best ? [best] : [])));
}

/** The report as text. */
export function renderReport(report: Report, wording: Wording): string {
  const told = new Set<string>();
  const sections = [
    ...(report.failures.length > 0 ? [renderFailures(report.failures)] : []),
    renderSection('this machine', report.machine, wording, told),
    ...report.platforms.map((platform) => renderSection(titleOf(platform), platform.checks, wording, told)),
    ...(report.platforms.length === 0 && report.failures.length === 0 ? ['No crate here is configured to be built for another platform. Ask for one: nx-cargo-cross doctor --platform NAME'] : []),
    renderEnd(report, wording),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The report as JSON. Schema 1: fields are added, never changed. */
export function renderReportJson(report: Report, { host, optional }: Wording): string {
  const check = ({ code, what, required, path, version, minimum, note, failure, mends }: Check) => ({
    code,
    what,
    required,
    ...(path === undefined ? {} : { path }),
    ...(version === undefined ? {} : { version }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(note === undefined ? {} : { note }),
    ...(failure ? { message: describe(failure).title } : {}),
    mend: mends.map((mend) => renderMend(mend, host)),
  });
  return `${JSON.stringify(
    {
      schema: 1,
      ok: isWell(report, optional),
      failures: failuresAsJson(report.failures),
      machine: report.machine.map(check),
      platforms: report.platforms.map(({ checks, ...head }) => ({ ...head, ok: checks.every((one) => !isIll(one, optional)), checks: checks.map(check) })),
      commands: mendsFor(report, optional).flatMap((mend) => (mend.kind === 'advice' ? [] : [renderMend(mend, host)])),
    },
    undefined,
    2,
  )}\n`;
}

function titleOf({ name, triple, backend, reason, crates }: PlatformReport): string {
  const who = crates.length === 0 ? '' : `: ${crates.slice(0, 6).join(', ')}${crates.length > 6 ? ` and ${crates.length - 6} more` : ''}`;
  return `${name}  ${triple === name ? '' : `${triple} `}with ${backend} (${reason})${who}`;
}

function renderSection(title: string, checks: readonly Check[], wording: Wording, told: Set<string>): string {
  const rows = checks.map((check) => [stateOf(check), check.what, check.version ?? '', [check.path, check.note].filter((part) => part !== undefined).join('  ')] as const);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = checks.flatMap((check, index) => {
    const row = rows[index] ?? ['', '', '', ''];
    const line = `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
    return [line, ...explain(check, wording, told)];
  });
  return [title, ...lines].join('\n');
}

function stateOf({ code, required }: Check): string {
  switch (code) {
    case 'ok':
      return 'ok';
    case 'absent':
      return 'optional';
    case 'tool-missing':
    case 'std-missing':
    case 'lock-missing':
      return required ? 'MISSING' : 'missing';
    case 'tool-too-old':
      return 'TOO OLD';
    case 'tool-broken':
      return 'BROKEN';
    default:
      return 'WRONG';
  }
}

/** Told once for all platforms that lack the same. */
function explain(check: Check, { host, optional }: Wording, told: Set<string>): readonly string[] {
  if (check.code === 'ok' || (check.code === 'absent' && !optional)) return [];
  const key = JSON.stringify([check.code, check.what, check.mends]);
  if (told.has(key)) return ['           (as above)'];
  told.add(key);
  const said = check.failure ? describe(check.failure) : undefined;
  const details = said ? [said.title, ...said.details] : [];
  const [best, ...others] = check.mends.map((mend) => renderMend(mend, host));
  return [...details.map((detail) => `           ${detail}`), ...(best === undefined ? [] : [`           -> ${best}`]), ...others.map((mend) => `           or ${mend.replace(/^Or /, '')}`)];
}

function renderEnd(report: Report, { host, optional, folder, fixCommand }: Wording): string {
  if (isWell(report, optional)) return everyCheck(report).some(({ code }) => code === 'absent') ? 'All that builds need is there.' : 'All is there.';
  const mends = mendsFor(report, optional);
  const runnable = mends.filter(({ kind }) => kind !== 'advice');
  const where = folder === undefined ? '' : ` (in ${folder})`;
  const lines = mends.map((mend) => `  ${renderMend(mend, host)}`);
  return [...(lines.length > 0 ? [`To mend it${where}:`, ...lines] : []), ...(runnable.length > 0 ? [`Or have it done: ${fixCommand}`] : [])].join('\n');
}
