/** Nx 22 under every version of Node, its oldest release under the oldest, and what its `nx affected` selects. */
import { testAffected } from './affected.mjs';
import { testPair } from './pair.mjs';
import { NODE } from './versions.mjs';

for (const [node, version] of Object.entries(NODE)) testPair('22', version, { daemon: node === '22' });
testPair('22.0', NODE[20]);
testAffected('22', ['projects']);
