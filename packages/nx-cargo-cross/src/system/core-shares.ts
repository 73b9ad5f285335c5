/**
 * Who of the calls that run at once gets a core, and who gives one back. Pure: `cores.ts` looks, asks here, and does.
 *
 * A call says what it has and whether it could use more in the name of its file, so that one look into the folder shows all.
 */

export interface Call {
  /** Milliseconds since the epoch: when it came, or got its first core. Who came first goes first. */
  readonly since: number;
  readonly pid: number;
  /** When the process started, as the kernel counts; empty where that cannot be had. */
  readonly started: string;
  /** Which of the process's calls. */
  readonly nth: number;
  /** How many cores it knows of, and will use at most. */
  readonly size: number;
  readonly held: number;
  /** Everything that it holds is at work, and it could use more. */
  readonly wants: boolean;
  /** The same, in hexadecimal digits, for calls of one run that compile one crate for several platforms; empty for others. */
  readonly kin: string;
  /** It has nothing left to compile but the crate itself. */
  readonly last: boolean;
}

export function callName({ since, pid, started, nth, size, held, wants, kin, last }: Call): string {
  return ['call', since, pid, started, nth, size, held, wants ? 'wants' : 'content', ...(kin === '' ? [] : [kin]), ...(last ? ['last'] : [])].join('.');
}

/** Undefined for a name that is no call's. */
export function parseCall(name: string): Call | undefined {
  const [, since, pid, started = '', nth, size, held, wants, kin = '', last] = /^call\.(\d+)\.(\d+)\.(\d*)\.(\d+)\.(\d+)\.(\d+)\.(wants|content)(?:\.([0-9a-f]+))?(\.last)?$/.exec(name) ?? [];
  if (wants === undefined) return undefined;
  return { since: Number(since), pid: Number(pid), started, nth: Number(nth), size: Number(size), held: Number(held), wants: wants === 'wants', kin, last: last !== undefined };
}

export function isSameCall(a: Call, b: Call): boolean {
  return a.pid === b.pid && a.started === b.started && a.nth === b.nth;
}

/** How many cores there are: where calls were told different numbers, the largest, since that is what somebody gave. */
export function poolSize(me: Call, others: readonly Call[]): number {
  return Math.max(me.size, ...others.map(({ size }) => size));
}

/**
 * How many cores a call may take now. Who has fewer comes first, then who came first; who is alone in wanting more takes all that are free.
 * @param taken how many are held by anybody
 */
export function mayTake(me: Call, others: readonly Call[], taken: number): number {
  const free = poolSize(me, others) - taken;
  const wanting = others.filter(({ wants }) => wants);
  if (letsOthersGo(me)) return Math.min(1, Math.max(0, free - wanting.length));
  const room = me.size - me.held;
  if (!me.wants || room <= 0 || free <= wanting.filter((other) => isBefore(other, me)).length) return 0;
  return wanting.length > 0 ? 1 : Math.min(free, room);
}

function isBefore(a: Call, b: Call): boolean {
  return a.held !== b.held ? a.held < b.held : a.since !== b.since ? a.since < b.since : a.pid !== b.pid ? a.pid < b.pid : a.nth < b.nth;
}

/**
 * How many of its idle cores a call gives back: none that nobody wants, else half, and at least one for each who wants one.
 * @param idle how many of its cores nobody uses, without the one that every call keeps
 * @param spare whether they will not be used soon: then those get some, too, that let others go first
 */
export function mustGive(others: readonly Call[], idle: number, spare: boolean): number {
  const wanting = others.filter(({ wants }) => wants).length;
  const given = wanting === 0 ? 0 : Math.min(idle, Math.max(wanting, Math.ceil(idle / 2)));
  return spare ? Math.min(idle, given + others.filter(letsOthersGo).length) : given;
}

/** Has given all that it had to its kin, and takes no core but one that nobody wants. */
function letsOthersGo({ last, held, wants }: Call): boolean {
  return last && held === 0 && !wants;
}

/**
 * Whether a call should give all its cores to its kin before the crate itself: that is often optimised as a whole, by one thread, so that the last of them would have the machine to itself for it. Where its kin get all
 * cores first, they compile their crates all at once. Only where there are cores for that, and nobody else would get what it gives.
 * @param ran milliseconds that it took to come so far
 * @param now milliseconds since the epoch
 */
export function shouldLetGo(me: Call, others: readonly Call[], { ran, now }: { readonly ran: number; readonly now: number }): boolean {
  const isBehind = ({ last, held, since }: Call): boolean => !last && ran - (held === 0 ? 0 : now - since) >= WORTH_WAITING;
  return me.kin !== '' && others.every(({ kin }) => kin === me.kin) && others.length < poolSize(me, others) && others.some(isBehind);
}

/** Milliseconds. Who is less behind comes as far soon enough. */
const WORTH_WAITING = 3000;

/**
 * `build.jobs` as cargo reads it: a number, of which a negative one is counted from the cores there are.
 * @returns undefined where it says nothing that counts: cargo tells of what is wrong
 */
export function jobsOf(written: string | number | undefined, cores: number): number | undefined {
  const jobs = typeof written === 'string' ? (/^-?\d+$/.test(written.trim()) ? Number(written) : 0) : (written ?? 0);
  if (!Number.isSafeInteger(jobs) || jobs === 0) return undefined;
  return jobs > 0 ? jobs : Math.max(1, cores + jobs);
}
