/** What went wrong with a remote cache, when to leave it alone for the rest of a run, and how all of it is said in one warning. */

export type Problem =
  | { readonly kind: 'unreachable'; readonly cause: string }
  | { readonly kind: 'timeout'; readonly seconds: number }
  | { readonly kind: 'status'; readonly status: number; readonly text: string }
  | { readonly kind: 'damaged'; readonly why: string };

export interface Trouble {
  readonly method: 'GET' | 'PUT';
  readonly hash: string;
  readonly problem: Problem;
}

/** How often a server may fail in a way that passes before it is asked no more. */
const PATIENCE = 3;

/** Whether a server is to be asked no more: it does not answer, does not know us, or fails again and again. A single bad entry is no reason. */
export function isHopeless(troubles: readonly Trouble[]): boolean {
  return troubles.some(({ method, problem }) => isFinal(method, problem)) || troubles.filter(({ problem }) => isPassing(problem)).length >= PATIENCE;
}

function isFinal(method: Trouble['method'], problem: Problem): boolean {
  if (problem.kind === 'status') return problem.status === 401 || (problem.status === 403 && method === 'GET');
  return problem.kind === 'timeout' || (problem.kind === 'unreachable' && !/ECONNRESET|UND_ERR_SOCKET/.test(problem.cause));
}

function isPassing(problem: Problem): boolean {
  return problem.kind === 'unreachable' || (problem.kind === 'status' && problem.status !== 413);
}

/** How many are said one by one. */
const SAID = 5;

/**
 * The warning. `server` is its address without credentials.
 * @param off  it is asked no more
 * @param left requests that were answered without asking it since then
 */
export function sayTroubles(server: string, troubles: readonly Trouble[], { off, left }: { readonly off: boolean; readonly left: number }): string {
  const title = off ? `The remote cache ${server} does not work; this run goes on without it` : `The remote cache ${server} had trouble; what it did not give is built here`;
  const more = troubles.length > SAID ? [`and ${troubles.length - SAID} more`] : [];
  const skipped = off && left > 0 ? [`${left} more ${left === 1 ? 'request was' : 'requests were'} not sent.`] : [];
  const damaged = troubles.filter(({ problem }) => problem.kind === 'damaged').map(({ hash }) => hash);
  const help = [
    ...(damaged.length > 0 ? [`Delete on the server, where entries do not change by themselves: ${[...new Set(damaged)].join(' ')}`] : []),
    ...new Set(troubles.flatMap((trouble) => helpOf(trouble, server) ?? [])),
  ];
  return [`warning[remote-cache]: ${title}`, ...[...troubles.slice(0, SAID).map(sayTrouble), ...more, ...skipped].map((line) => `  ${line}`), ...help.map((line) => `  help: ${line}`)].join('\n');
}

function sayTrouble({ method, hash, problem }: Trouble): string {
  const asked = method === 'GET' ? `Looking up ${hash}` : `Storing ${hash}`;
  switch (problem.kind) {
    case 'unreachable':
      return `${asked}: no answer (${problem.cause})`;
    case 'timeout':
      return `${asked}: not done within ${problem.seconds} s`;
    case 'status':
      return `${asked}: status ${problem.status}${problem.text === '' ? '' : ` (${problem.text})`}`;
    case 'damaged':
      return `${asked}: the entry is damaged or another's and was not taken: ${problem.why}`;
  }
}

function helpOf({ method, hash, problem }: Trouble, server: string): string | undefined {
  const look = `Look at it with: curl -i -H "Authorization: Bearer $NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN" ${server}/v1/cache/${hash} -o /dev/null`;
  if (problem.kind === 'damaged') return undefined;
  if (problem.kind === 'timeout') return `If the server is only slow, give it longer: NX_CARGO_CROSS_REMOTE_TIMEOUT=${problem.seconds * 3}`;
  if (problem.kind === 'unreachable') return /CERT|SELF_SIGNED|ISSUER/.test(problem.cause) ? 'Name the certificate of your authority: NODE_EXTRA_CA_CERTS=<file>' : look;
  if (problem.status === 401) return 'Set NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN to a token that the server knows.';
  if (problem.status === 403 && method === 'GET') return 'Set NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN to a token that may read.';
  if (problem.status === 413) return 'Let the server take larger entries; the artifacts of this task are stored nowhere else.';
  return look;
}

/** Says that a run goes on without the guard. `off`: and without a remote cache. */
export function sayUnguarded(why: string, off: boolean): string {
  return `warning[remote-cache]: ${why}.\n  ${off ? 'This run goes on without a remote cache.' : 'Where it fails, Nx ends the run.'}`;
}
