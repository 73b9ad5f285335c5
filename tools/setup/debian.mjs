/** Packages of Debian and its relatives: how they are installed with the rights that this process has. */
import { capture, which } from '../lib/run.mjs';
import { command } from './step.mjs';

let listsAreFresh = false;

/**
 * The commands that install packages; none where apt-get is not there or may not be used.
 * @param {...string} packages
 * @returns {Iterable<import('./step.mjs').Action>}
 */
export function* aptInstall(...packages) {
  const prefix = privilege();
  if (!which('apt-get') || prefix === undefined) return;
  const args = ['install', '-y', '--no-install-recommends', ...packages];
  const install = aptGet(prefix, args);
  yield {
    label: install.label,
    run: async () => {
      if (!listsAreFresh) await aptGet(prefix, ['update', '-qq']).run();
      listsAreFresh = true;
      return install.run();
    },
  };
}

/**
 * The same for packages of another architecture, which dpkg must know first.
 * @param {string} architecture  `arm64`
 * @param {...string} packages
 * @returns {Iterable<import('./step.mjs').Action>}
 */
export function* aptInstallForeign(architecture, ...packages) {
  const prefix = privilege();
  if (!which('apt-get') || prefix === undefined) return;
  const [program, ...rest] = [...prefix, 'dpkg', '--add-architecture', architecture];
  const [install] = aptInstall(...packages);
  if (!install) return;
  yield {
    label: `${[program, ...rest].join(' ')} && ${install.label}`,
    run: async () => {
      await command(program, rest).run();
      listsAreFresh = false;
      return install.run();
    },
  };
}

/** What to tell someone who has to install packages without us. */
export function byHand(...packages) {
  return `Install it with your system's package manager (Debian's names: ${packages.join(' ')}).`;
}

function aptGet(prefix, args) {
  const [program, ...rest] = [...prefix, 'apt-get', '-o', 'DPkg::Lock::Timeout=600', ...args];
  const action = command(program, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  return { ...action, label: [...prefix, 'apt-get', ...args].join(' ') };
}

/** Words to put before a command that needs root: none when we are root, `sudo` when it works without or with a terminal; undefined when neither. */
function privilege() {
  if (process.getuid?.() === 0) return [];
  if (!which('sudo')) return undefined;
  if (process.stdin.isTTY || capture('sudo', ['-n', 'true']).code === 0) return ['sudo'];
  return undefined;
}
