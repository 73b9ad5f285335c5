/** Runs mending commands until all is well or nothing is left to try. */
import { quoteWords } from '../diagnostics/quote.js';
import { commandsOf, joinMends, renderMend, type Mend, type MendHost, type Words } from './mend.js';
import { everyCheck, isIll, isWell, type Report } from './report.js';

export interface Fixing {
  readonly host: MendHost;
  readonly optional: boolean;
  /** Runs one command; gives its exit code. */
  readonly run: (words: Words) => Promise<number>;
  readonly examine: () => Promise<Report>;
  readonly say: (line: string) => void;
}

/** Ways that fail are followed by the next that the check knows, and so on. */
const ROUNDS = 4;

/** Mends what a report found, looking again after each round. Returns the last report. */
export async function fix(report: Report, fixing: Fixing): Promise<Report> {
  const tried = new Set<string>();
  let now = report;
  for (let round = 0; round < ROUNDS && !isWell(now, fixing.optional); round++) {
    const mends = untried(now, tried, fixing);
    if (mends.length === 0) break;
    for (const mend of joinMends(mends)) await runMend(mend, fixing);
    now = await fixing.examine();
  }
  return now;
}

/** For each thing that is lacking, the best way that was not tried yet. */
function untried(report: Report, tried: Set<string>, { host, optional }: Fixing): readonly Mend[] {
  return everyCheck(report)
    .filter((check) => isIll(check, optional))
    .flatMap((check) => {
      const way = check.mends.find((mend) => commandsOf(mend, host).length > 0 && !tried.has(`${check.what}\n${renderMend(mend, host)}`));
      if (!way) return [];
      tried.add(`${check.what}\n${renderMend(way, host)}`);
      return [way];
    });
}

async function runMend(mend: Mend, { host, run, say }: Fixing): Promise<void> {
  for (const words of commandsOf(mend, host)) {
    say(`$ ${quoteWords(words)}`);
    const code = await run(words);
    if (code === 0) continue;
    say(`(exit code ${code})`);
    // Package lists may be fresh enough without what could not be fetched.
    if (!words.includes('update')) return;
  }
}
