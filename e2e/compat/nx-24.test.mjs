/** Nx 24 under every version of Node, and what its `nx affected` selects. */
import { testAffected } from './affected.mjs';
import { testPair } from './pair.mjs';
import { NODE } from './versions.mjs';

for (const [node, version] of Object.entries(NODE)) testPair('24', version, { daemon: node === '22' });
testAffected('24', ['tasks', 'projects']);
