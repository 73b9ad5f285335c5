/**
 * Stands between Nx and the remote cache, on this machine. Nx 24.0.6 ends the whole run where the cache answers anything but 200 or 404, waits for ever where it
 * answers nothing, fails a task whose result cannot be stored, and restores whatever it is handed. So it asks here instead: trouble becomes a miss or a result
 * that is not stored, entries are judged before Nx sees them, and what goes wrong is noted for one warning.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { judgeEntry } from '../remote/judge.js';
import { checkSeal, seal } from '../remote/seal.js';
import { isHopeless, sayTroubles, type Problem, type Trouble } from '../remote/trouble.js';
import { attempt } from './files.js';
import { askUpstream, type Upstream } from './remote-upstream.js';

export interface RemoteGuard {
  /** To be named to Nx in the place of the server's address. */
  readonly url: string;
  /** What went wrong so far, in one warning; undefined where nothing did. */
  warning(): string | undefined;
  close(): void;
}

export interface GuardOptions {
  readonly upstream: Upstream;
  /** Entries that were found wrong in an earlier run, after Nx had taken them. */
  readonly distrusted: ReadonlySet<string>;
  /** Whether a result is built from what its key does not hold: it is neither stored nor taken, without a word; the build has said it. */
  readonly withheld?: (hash: string) => boolean;
  /** Refuses entries without a seal, whoever's they are. */
  readonly sealedOnly: boolean;
  /** Hears once that the server is asked no more. */
  readonly onOff: () => void;
}

const ROUTE = /^\/v1\/cache\/([0-9A-Za-z_-]{1,128})$/;

/** No entry unpacks to more; a damaged one might. Bytes. */
const LARGEST = 2 ** 31;

/** Starts a guard on a free port of this machine, for this machine alone. It keeps no process alive. Fails where no port can be had. */
export async function startRemoteGuard(options: GuardOptions): Promise<RemoteGuard> {
  const guarding = new Guarding(options);
  const server = createServer((request, response) => {
    // Whatever goes wrong here, a miss and a result that is not stored are right.
    guarding.answer(request, response).catch(() => endWith(response, request.method === 'PUT' ? 200 : 404));
  });
  const port = await listen(server);
  server.unref();
  return { url: `http://127.0.0.1:${port}`, warning: () => guarding.warning(), close: () => stop(server) };
}

class Guarding {
  readonly #options: GuardOptions;
  readonly #troubles: Trouble[] = [];
  #left = 0;

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  warning(): string | undefined {
    const off = isHopeless(this.#troubles);
    return this.#troubles.length === 0 ? undefined : sayTroubles(this.#options.upstream.base, this.#troubles, { off, left: this.#left });
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const hash = ROUTE.exec(request.url ?? '')?.[1];
    if (hash === undefined) return endWith(response, 404);
    if (this.#options.withheld?.(hash) === true) return this.#withhold(request, response);
    const { authorization } = request.headers;
    if (request.method === 'GET') return this.#lookUp(hash, authorization, response);
    if (request.method === 'PUT') return this.#store(hash, authorization, await readAll(request), response);
    endWith(response, 405);
  }

  async #withhold(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await readAll(request);
    endWith(response, request.method === 'PUT' ? 200 : 404);
  }

  async #lookUp(hash: string, authorization: string | undefined, response: ServerResponse): Promise<void> {
    if (this.#isOff()) return endWith(response, 404);
    if (this.#options.distrusted.has(hash)) {
      this.#note('GET', hash, { kind: 'damaged', why: 'in an earlier run, what it held was found wrong' });
      return endWith(response, 404);
    }
    const answer = await askUpstream(this.#options.upstream, { method: 'GET', hash, authorization });
    if (!answer.ok || answer.status !== 200) {
      if (!answer.ok || answer.status !== 404) this.#note('GET', hash, answer.ok ? statusProblem(answer.status, answer.body) : answer.problem);
      return endWith(response, 404);
    }
    const why = await whyNot(hash, answer.body, this.#options.sealedOnly);
    if (why !== undefined) {
      this.#note('GET', hash, { kind: 'damaged', why });
      return endWith(response, 404);
    }
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': answer.body.length }).end(answer.body);
  }

  /** Nx takes every answer but 200, 403 and 409 for a failure of the task, after six tries. */
  async #store(hash: string, authorization: string | undefined, body: Buffer, response: ServerResponse): Promise<void> {
    if (this.#isOff()) return endWith(response, 200);
    const answer = await askUpstream(this.#options.upstream, { method: 'PUT', hash, authorization, body: seal(body, hash, sha256) });
    if (answer.ok && [200, 403, 409].includes(answer.status)) return endWith(response, answer.status);
    // What other servers say of a stored entry, and Nx does not know.
    if (!answer.ok || ![201, 202, 204].includes(answer.status)) this.#note('PUT', hash, answer.ok ? statusProblem(answer.status, answer.body) : answer.problem);
    endWith(response, 200);
  }

  #isOff(): boolean {
    const off = isHopeless(this.#troubles);
    if (off) this.#left++;
    return off;
  }

  #note(method: Trouble['method'], hash: string, problem: Problem): void {
    const before = isHopeless(this.#troubles);
    this.#troubles.push({ method, hash, problem });
    if (!before && isHopeless(this.#troubles)) this.#options.onOff();
  }
}

function statusProblem(status: number, body: Buffer): Problem {
  const [line = ''] = body.toString('utf8').trim().split('\n');
  return { kind: 'status', status, text: line.startsWith('<') ? '' : line.replace(/[^\x20-\x7e]/g, '').slice(0, 200) };
}

async function whyNot(hash: string, body: Buffer, sealedOnly: boolean): Promise<string | undefined> {
  const sealed = checkSeal(body, hash, sha256);
  if (sealed.state === 'broken') return sealed.why;
  if (sealed.state === 'unsealed' && sealedOnly) return 'it has no seal';
  const archive = await attempt(() => promisify(gunzip)(body, { maxOutputLength: LARGEST }));
  return archive.ok ? judgeEntry(sealed, archive.value, sha256, (bytes) => Buffer.from(bytes).toString('utf8')) : `it cannot be unpacked (${archive.cause})`;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function endWith(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { 'content-type': 'text/plain' }).end();
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function stop(server: Server): void {
  server.close();
  server.closeAllConnections();
}
