/**
 * The rig of the end-to-end tests: the packed package in a real Nx workspace, with real toolchains.
 *
 *     e2e('a name that is a sentence', { files: { ... }, options: { platforms: [...] } }, async (workspace) => { ... });
 */
import { rmSync } from 'node:fs';
import { relative } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../tools/lib/paths.mjs';
import { which } from '../tools/lib/run.mjs';
import { makeWorkspace } from './rig/workspace.mjs';

export { compilersOnPath, pathWithout } from './rig/path.mjs';
export { until } from './rig/process.mjs';

/** Why a test is skipped where a program is not on this machine; false where all are. */
export function lacking(...programs) {
  const missing = programs.filter((program) => which(program) === undefined);
  return missing.length > 0 && `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not on this machine`;
}

const MINUTES = 60_000;

/** The runner knows a test by the file that calls `test`, which is this one. */
const FILE = relative(ROOT, process.argv[1] ?? '');

/**
 * A test in a workspace of its own. On failure the workspace is kept, and named with all that was run in it.
 * @param {string} name
 * @param {import('./rig/workspace.mjs').WorkspaceOptions & {skip?: string | false, timeoutMs?: number}} setup  `skip` is the reason
 * @param {(workspace: import('./rig/workspace.mjs').Workspace) => Promise<void>} body
 */
export function e2e(name, { skip = false, timeoutMs = 15 * MINUTES, ...setup }, body) {
  test(`${FILE}: ${name}`, { skip, timeout: timeoutMs }, async () => {
    const workspace = await makeWorkspace(name, setup);
    try {
      await body(workspace);
    } catch (error) {
      console.log(replay(workspace));
      throw error;
    }
    if (process.env.KEEP_WORKSPACES) console.log(`kept: ${workspace.root}`);
    else rmSync(workspace.folder, { recursive: true, force: true });
  });
}

function replay(workspace) {
  const runs = workspace.ran
    .filter(({ command }) => !command.startsWith('git '))
    .map(({ command, code, signal, stdout, stderr }) => `$ ${command}\n${stdout}${stderr}-> ${signal ?? code}`);
  return [`--- the workspace is kept in ${workspace.root}`, ...runs, '---'].join('\n');
}
