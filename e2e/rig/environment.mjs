/** The environment of a test's child processes: scrubbed of what the machine's user has set, isolated, the costly caches shared. */
import { dirname, join } from 'node:path';
import { cacheFolder } from '../../tools/lib/paths.mjs';
import { rustEnvironment } from '../../tools/setup/rust.mjs';

/** Variables that say where things are and how the outside is reached; all others stay outside. */
const KEPT = /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|LANG|LC_\w+|CARGO_HOME|RUSTUP_\w+|XDG_CACHE_HOME|\w+_proxy|\w+_PROXY|npm_config_\w+|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|CARGO_HTTP_\w+|CARGO_NET_\w+|CARGO_REGISTR\w+|CARGO_SOURCE_\w+)$/;

let rust;

/**
 * @param {string} folder  for what Nx keeps: outside the workspace, gone with the test
 * @returns {Record<string, string>}
 */
export function testEnvironment(folder) {
  rust ??= rustEnvironment();
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => KEPT.test(name)));
  return {
    ...kept,
    ...rust,
    CI: 'true',
    NO_COLOR: '1',
    NX_CACHE_DIRECTORY: folder,
    NX_CARGO_CROSS_CACHE: cacheFolder(),
    NX_CARGO_CROSS_RECORDS: join(dirname(folder), 'records'),
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    NX_TUI: 'false',
    GIT_AUTHOR_NAME: 'test',
    GIT_AUTHOR_EMAIL: 'test@example.com',
    GIT_COMMITTER_NAME: 'test',
    GIT_COMMITTER_EMAIL: 'test@example.com',
    GIT_CONFIG_NOSYSTEM: '1',
  };
}
