/** The versions of Nx and Node that the package is tried with: the newest of each major that `peerDependencies` and `engines` allow, and the oldest Nx that they do. */
import { NX_VERSION } from '../rig/template.mjs';

export { NODE } from '../../tools/setup/node-versions.mjs';

/** Nx's majors, and its oldest release. The newest is the repository's own. */
export const NX = { '22.0': '22.0.0', 22: '22.7.12', 23: '23.3.2', 24: NX_VERSION };

/** What Nx itself says of a pair. */
export function remark(nx, node) {
  return Number(nx) >= 23 && Number(node) < 22 ? `Nx ${nx} itself does not support Node ${node}` : undefined;
}
