/**
 * A server for Nx's self-hosted remote cache, in full (https://nx.dev: "Build your own caching server", OpenAPI), with switches for what goes wrong with such
 * servers. Entries lie in a folder, one file each, and are immutable.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { FAULTS } from './cache-faults.mjs';

/** What the server gives to whom. */
export const TOKENS = { write: 'token-of-the-main-branch', read: 'token-of-pull-requests' };

const ROUTE = /^\/v1\/cache\/([0-9A-Za-z]{1,128})$/;

/**
 * @typedef {object} CacheServer
 * @property {string} url
 * @property {string} folder  one file per entry
 * @property {{method: string, hash: string, status: number | string}[]} requests  as they were answered; the status is the fault's name where one answered
 * @property {(kind?: string, options?: {after?: number, only?: 'GET' | 'PUT'}) => void} break  switches a fault on, after so many sound answers; without one, off
 * @property {(hash: string) => Buffer} entry
 * @property {() => string[]} hashes
 * @property {() => Promise<void>} close  at once, connections and all
 */

/**
 * Starts it on a free port of this machine.
 * @param {{folder: string, maxBytes?: number}} options  `maxBytes`: of one entry
 * @returns {Promise<CacheServer>}
 */
export async function startCacheServer({ folder, maxBytes = 100 * 1024 * 1024 }) {
  mkdirSync(folder, { recursive: true });
  const requests = [];
  let fault;
  const file = (hash) => join(folder, hash);
  const stop = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(() => done()));
  };

  const server = createServer(async (request, response) => {
    const hash = ROUTE.exec(request.url ?? '')?.[1] ?? '';
    const noted = { method: request.method, hash, status: 0 };
    requests.push(noted);
    try {
      const active = fault && (fault.only ?? request.method) === request.method && fault.after-- <= 0 ? fault : undefined;
      if (active) {
        noted.status = active.kind;
        const took = await FAULTS[active.kind]({ request, response, bytes: stored(hash), others: () => others(hash), stop, sleep });
        if (took !== false) return;
      }
      noted.status = await answer(request, response, hash);
    } catch {
      response.destroy();
    }
  });

  function stored(hash) {
    return hash && existsSync(file(hash)) ? readFileSync(file(hash)) : undefined;
  }

  function others(hash) {
    return hashes().filter((other) => other !== hash).map((other) => readFileSync(file(other)));
  }

  function hashes() {
    return readdirSync(folder).filter((name) => ROUTE.test(`/v1/cache/${name}`)).sort();
  }

  async function answer(request, response, hash) {
    const say = (status, text = '') => {
      response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
      return status;
    };
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token !== TOKENS.write && token !== TOKENS.read) return say(401, 'The access token is missing or not known here.');
    if (hash === '') return say(404, 'No such address.');
    if (request.method === 'GET') return get(response, hash, say);
    if (request.method !== 'PUT') return say(405, 'GET and PUT only.');
    if (token !== TOKENS.write) return say(403, 'This access token may read only.');
    return put(request, hash, say);
  }

  async function get(response, hash, say) {
    if (!existsSync(file(hash))) return say(404, 'No such entry.');
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': statSync(file(hash)).size });
    await pipeline(createReadStream(file(hash)), response);
    return 200;
  }

  async function put(request, hash, say) {
    const length = Number(request.headers['content-length'] ?? Number.NaN);
    if (!Number.isSafeInteger(length)) return say(411, 'Content-Length is missing.');
    if (length > maxBytes) return say(413, `An entry has ${maxBytes} bytes at most.`);
    if (existsSync(file(hash))) return say(409, 'The entry exists, and entries do not change.');
    const draft = join(folder, `.draft-${randomUUID()}`);
    try {
      await pipeline(request, createWriteStream(draft));
      if (statSync(draft).size !== length) return say(400, 'Fewer bytes than Content-Length says.');
      // A link is made whole or not at all, and fails where the name is taken: no reader sees half an entry, and the first writer wins.
      linkSync(draft, file(hash));
      return say(200);
    } catch (error) {
      if (error.code === 'EEXIST') return say(409, 'The entry exists, and entries do not change.');
      throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }

  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    folder,
    requests,
    break(kind, { after = 0, only } = {}) {
      fault = kind && { kind, after, only };
    },
    entry: (hash) => readFileSync(file(hash)),
    hashes,
    close: stop,
  };
}
