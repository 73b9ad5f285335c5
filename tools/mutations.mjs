/** The mutation matrix, from a fresh clone: `npm run matrix`. See `testing/mutations.mjs` for its flags. */
import { setUp } from './setup.mjs';

// What needs node modules is loaded once they are there.
if (await setUp('compat')) await import('./testing/mutations.mjs');
else process.exitCode = 1;
