/** wine, as the plugin's own runner finds it. */
import { existsSync } from 'node:fs';
import { which } from '../lib/run.mjs';
import { aptInstall, byHand } from './debian.mjs';

/** @type {import('./step.mjs').Step} */
export const wine = {
  id: 'wine',
  what: 'wine',
  why: 'running Windows programs on this machine',
  required: false,
  check: () => which('wine64') !== undefined || existsSync('/usr/lib/wine/wine64') || which('wine') !== undefined,
  install: () => aptInstall('wine64'),
  byHand: byHand('wine64'),
};
