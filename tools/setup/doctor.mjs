/** What the backends, the toolchain and the build scripts of dependencies need: asked of the plugin's own doctor, in a workspace that wants it all. */
import { capture } from '../lib/run.mjs';
import { command } from './step.mjs';
import { PROGRAM } from './plugin.mjs';

/** What is mended by installing something; what the doctor says besides is about the workspace, and the builds say it too. */
const MENDABLE = new Set(['tool-missing', 'tool-too-old', 'tool-broken', 'std-missing', 'absent']);

/**
 * A step that is done when nothing that a workspace needs has to be installed.
 * @param {{id: string, why: string, folder: () => string | Promise<string>, optional?: boolean, env?: () => Record<string, string>}} asked
 *   `folder` is the workspace; `optional` asks for runners and C++ compilers, too
 * @returns {import('./step.mjs').Step}
 */
export function doctorStep({ id, why, folder, optional = false, env = () => ({}) }) {
  const words = [PROGRAM, 'doctor', ...(optional ? ['--optional'] : [])];
  return {
    id,
    what: `something for ${id}`,
    why,
    required: false,
    check: async () => isWell(capture(process.execPath, [...words, '--json'], { cwd: await folder(), env: env() }), optional),
    install: async function* () {
      const cwd = await folder();
      const label = `nx-cargo-cross doctor${optional ? ' --optional' : ''} --fix --yes (in ${cwd})`;
      yield { ...command(process.execPath, [...words, '--fix', '--yes'], { cwd, env: env() }), label };
      // Its exit code also tells of what no command mends.
      yield { label: 'a second look', run: () => true };
    },
    byHand: 'What the doctor says is above.',
  };
}

function isWell({ code, stdout, stderr }, optional) {
  // Its exit code is 1 both for what is missing and for a program that Node could not load; only the first prints a report.
  if ((code !== 0 && code !== 1) || stdout === '') throw new Error(`nx-cargo-cross doctor ended with ${code}:\n${stdout}${stderr}`);
  return nothingToInstall(JSON.parse(stdout), optional);
}

/** Whether a report names nothing that a command could bring. What only its owner may hand out, as Apple's SDK, is advice, and nobody's to install. */
export function nothingToInstall({ machine, platforms, commands }, optional) {
  const checks = [...machine, ...platforms.flatMap((platform) => platform.checks)];
  return checks.every(({ code }) => !MENDABLE.has(code) || (code === 'absent' && (!optional || commands.length === 0)));
}
