import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nothingToInstall } from './doctor.mjs';

const COMMANDS = ['apt-get install wine'];

for (const { what, code, commands = COMMANDS, optional, expected } of [
  { what: 'all is there', code: 'ok', commands: [], optional: true, expected: true },
  { what: 'a tool is missing', code: 'tool-missing', optional: false, expected: false },
  { what: 'a tool is missing that no command brings', code: 'tool-missing', commands: [], optional: false, expected: false },
  { what: 'something optional is missing, and wanted', code: 'absent', optional: true, expected: false },
  { what: 'something optional is missing, and not wanted', code: 'absent', optional: false, expected: true },
  { what: 'something optional is missing that no command brings', code: 'absent', commands: [], optional: true, expected: true },
  { what: 'the workspace is at fault', code: 'lock-missing', optional: false, expected: true },
])
  test(`set-up by the doctor: ${what}`, () => assert.equal(nothingToInstall({ machine: [], platforms: [{ checks: [{ code }] }], commands }, optional), expected));
