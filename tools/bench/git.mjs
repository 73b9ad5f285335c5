/** A repository with everything in it, for Nx to see. */
import { execFileSync } from 'node:child_process';

/** @param {string} root */
export function git(root) {
  const run = (...args) => execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args], { cwd: root, stdio: 'ignore' });
  run('init', '-q', '-b', 'main');
  run('add', '-A');
  run('commit', '-q', '-m', 'start');
}
