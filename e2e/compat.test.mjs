/** The oldest Nx that is supported, on the Node that runs the tests. All pairs, and all that Nx 22 and 23 select: `npm run test:compat`. */
import { testPair } from './compat/pair.mjs';

testPair('22.0', process.versions.node, { brief: true });
