/** One request to the real remote cache, with an end: nothing of it waits longer than its size allows. */
import { performance } from 'node:perf_hooks';
import type { Problem } from '../remote/trouble.js';

export interface Upstream {
  /** With the path below which the protocol's begins, without a slash at its end. */
  readonly base: string;
  /** Milliseconds without which no request is given up. */
  readonly patience: number;
}

export type Answer = { readonly ok: true; readonly status: number; readonly body: Buffer } | { readonly ok: false; readonly problem: Problem };

/** Slower than this is taken for not at all; bytes per millisecond. */
const SLOWEST = 64;

/** Sends a request and reads the whole answer. Fails where the server cannot be reached, breaks off, or takes longer than its patience and the bytes allow. */
export async function askUpstream({ base, patience }: Upstream, request: { readonly method: 'GET' | 'PUT'; readonly hash: string; readonly authorization: string | undefined; readonly body?: Uint8Array }): Promise<Answer> {
  const { method, hash, authorization, body } = request;
  const abort = new AbortController();
  const began = performance.now();
  let received = 0;
  const watch = setInterval(() => {
    if (performance.now() - began > patience + (received + (body?.length ?? 0)) / SLOWEST) abort.abort();
  }, Math.min(250, patience / 4));
  try {
    const headers: Record<string, string> = { 'accept-encoding': 'identity', ...(authorization === undefined ? {} : { authorization }), ...(body ? { 'content-type': 'application/octet-stream' } : {}) };
    const response = await fetch(`${base}/v1/cache/${hash}`, { method, headers, signal: abort.signal, ...(body ? { body } : {}) });
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk as Uint8Array);
      received += (chunk as Uint8Array).length;
    }
    return { ok: true, status: response.status, body: Buffer.concat(chunks) };
  } catch (error) {
    if (abort.signal.aborted) return { ok: false, problem: { kind: 'timeout', seconds: Math.ceil((performance.now() - began) / 1000) } };
    return { ok: false, problem: { kind: 'unreachable', cause: causeOf(error) } };
  } finally {
    clearInterval(watch);
  }
}

/** fetch says only that it failed; what failed is in the cause, and where a name has several addresses, in its parts. */
function causeOf(error: unknown): string {
  const { cause, message } = Object(error) as { readonly cause?: unknown; readonly message?: unknown };
  const inner = Object(cause) as { readonly code?: unknown; readonly message?: unknown; readonly errors?: readonly unknown[] };
  const first = Object(inner.errors?.[0]) as { readonly code?: unknown; readonly message?: unknown };
  const words = [inner.code ?? first.code, inner.message || first.message || message].filter((word) => typeof word === 'string' && word !== '');
  return words.length > 0 ? [...new Set(words)].join(': ') : String(error);
}
