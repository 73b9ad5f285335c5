/** Built bytes as the judge: every task is built before and after a change, in one folder, and whose bytes are others is held against the keys and against the model. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { talkTo } from './talk.mjs';
import { of, onPlatforms, without } from './truth.mjs';

/** openssl-sys asks for an OpenSSL of the platform, and is refused where there is none. */
const CANNOT = of('secure');

/** Cheap to build for, and between them all of cargo's conditions; more tell little more. */
export const BUILT_PLATFORMS = ['x86_64-linux-musl', 'x86_64-windows'];

const BUILDER = join(dirname(fileURLToPath(import.meta.url)), 'builder.mjs');

/**
 * @typedef {object} Bytes
 * @property {readonly string[]} platforms
 * @property {Record<string, string>} base  a sum per task of the workspace as it is committed
 * @property {(tasks: Record<string, object>, env?: Record<string, string>) => Promise<{bytes: Record<string, string>, failed: Record<string, string>}>} build
 * @property {() => void} close
 */

/** Builds the workspace as it is. @param {readonly string[]} platforms @returns {Promise<Bytes>} */
export async function startBytes(workspace, tasks, platforms) {
  const start = (env = {}) => talkTo(BUILDER, { cwd: workspace.root, env: { ...workspace.realEnv, ...env } });
  const builder = start();
  const build = async (all, env) => {
    const wanted = without(onPlatforms(Object.keys(all), ...platforms), CANNOT).map((id) => ({ id, ...all[id] }));
    if (!env) return builder.ask({ tasks: wanted });
    // What the plugin takes from its environment, it takes once.
    const own = start(env);
    try {
      return await own.ask({ tasks: wanted });
    } finally {
      own.close();
    }
  };
  const { bytes, failed } = await build(tasks);
  const [first] = Object.entries(failed);
  if (first) {
    builder.close();
    throw new Error(`${first[0]} cannot be built as it is committed:\n${first[1]}`);
  }
  return { platforms, base: bytes, build, close: builder.close };
}

/**
 * What the bytes say of a row.
 * @param {import('./matrix.mjs').Row} row @param {import('./matrix.mjs').Outcome} outcome @param {Bytes} given
 */
export function judgeBytes({ rebuilt, renamed = {} }, { changed, built }, { base, platforms }) {
  const now = (task) => renamed[task] ?? task;
  const held = Object.keys(base).filter((task) => now(task) in built.bytes);
  const differ = held.filter((task) => built.bytes[now(task)] !== base[task]);
  return {
    tasks: held.length,
    differ,
    /** Other bytes under the same key. */
    falseHits: differ.filter((task) => !changed.includes(task)),
    /** Other bytes where the model says that there can be none. */
    against: differ.filter((task) => !rebuilt.includes(task)),
    /** The model says that they may be others, and here they are not. */
    same: onPlatforms(rebuilt, ...platforms).filter((task) => held.includes(task) && !differ.includes(task)),
    failed: Object.entries(built.failed).map(([task, text]) => `${task}: ${text.match(/^\s*error.*$/m)?.[0].trim() ?? text}`),
  };
}
