/** What goes wrong with a cache server, each as the answer to one request. A fault that has nothing to say to a request returns false, and it is answered as ever. */

/**
 * @typedef {object} Asked
 * @property {import('node:http').IncomingMessage} request
 * @property {import('node:http').ServerResponse} response
 * @property {Buffer | undefined} bytes  of the entry that was asked for
 * @property {() => Buffer[]} others  all other entries
 * @property {() => Promise<void>} stop  ends the server
 * @property {(milliseconds: number) => Promise<void>} sleep
 */

const HEAD = { 'content-type': 'application/octet-stream' };

const status = (code) => ({ request, response }) => {
  request.resume();
  response.writeHead(code, { 'content-type': 'text/plain' }).end(`fault ${code}`);
};

/** Other bytes in the place of an entry's own; they arrive whole. */
const instead = (change) => ({ request, response, bytes, others }) => {
  const changed = request.method === 'GET' && bytes ? change(bytes, others) : undefined;
  if (!changed) return false;
  response.writeHead(200, { ...HEAD, 'content-length': changed.length }).end(changed);
};

/** @type {Record<string, (asked: Asked) => unknown>} */
export const FAULTS = {
  401: status(401),
  403: status(403),
  404: status(404),
  413: status(413),
  500: status(500),
  502: status(502),

  /** Takes the request and never answers. */
  hang: ({ request }) => {
    request.resume();
    return true;
  },

  /** A few bytes a second. */
  slow: async ({ request, response, bytes, sleep }) => {
    request.resume();
    if (request.method === 'GET' && !bytes) return false;
    response.writeHead(200, request.method === 'GET' ? { ...HEAD, 'content-length': bytes.length } : { 'content-length': 1000 });
    for (const byte of bytes ?? Buffer.alloc(1000)) {
      if (response.destroyed || !response.socket || response.socket.destroyed) break;
      response.write(Buffer.of(byte));
      await sleep(200);
    }
    response.end();
    return true;
  },

  /** Half of an entry, told as if it were all. */
  truncated: instead((bytes) => bytes.subarray(0, bytes.length >> 1)),

  /** One bit of the entry is another. */
  flipped: instead((bytes) => {
    const copy = Buffer.from(bytes);
    copy[copy.length >> 1] ^= 1;
    return copy;
  }),

  /** The sound entry of another task. */
  foreign: instead((bytes, others) => others()[0]),

  /** Not an entry at all. */
  garbage: instead(() => Buffer.from('<html>a login page</html>')),

  /** The connection breaks when half has gone over it. */
  reset: async ({ request, response, bytes, sleep }) => {
    if (request.method === 'GET') {
      if (!bytes) return request.socket.destroy();
      response.writeHead(200, { ...HEAD, 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length >> 1));
      await sleep(50);
    }
    request.socket.destroy();
    return true;
  },

  /** The server ends in the middle of this request, for good. */
  dies: ({ stop }) => {
    void stop();
    return true;
  },
};
