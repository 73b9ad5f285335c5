/** What the engine takes of memory, however much cargo prints. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { e2e } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const MEGABYTE = 1024 * 1024;
const WARNINGS = 25_000;
const SAID = 300_000;

/** Each function has a warning of some 500 characters. */
const WORDY = { main: `fn main() {}\n${Array.from({ length: WARNINGS }, (_, index) => `pub fn f${index}() { let a_variable_that_nobody_ever_reads_again_${index} = 1; }\n`).join('')}` };
/** A build script's words are kept by cargo, and looked at afterwards. */
const TALKATIVE = { build: `fn main() { for index in 0..${SAID} { println!("word {index} of a build script that has a great deal to say of what it does and finds"); } }\n` };

/** Notes the largest memory of each process of Node, in kilobytes, with its program. */
const NOTES = (file) => `process.on('exit', () => require('node:fs').appendFileSync(${JSON.stringify(file)}, JSON.stringify({ program: process.argv[1], kilobytes: process.resourceUsage().maxRSS }) + '\\n'));\n`;

e2e('memory: the engine stays under 150 MB, however much is printed', { files: { ...crate('wordy', WORDY), ...crate('talkative', TALKATIVE) }, options: { platforms: ['wasm32-wasip1'], profile: 'dev', tests: false } }, async (workspace) => {
  for (const project of ['wordy', 'talkative']) {
    const [notes, hook] = ['notes', 'hook.cjs'].map((name) => join(workspace.folder, `${project}-${name}`));
    writeFileSync(hook, NOTES(notes));
    const { code, text } = await workspace.nx(['run', `${project}:cross-wasm32-wasip1`], { env: { NODE_OPTIONS: `--require ${hook}` } });
    assert.equal(code, 0, text.slice(-2000));
    if (project === 'wordy') assert.ok(text.length > 8 * MEGABYTE, `it was much: ${text.length}`);
    const engine = readFileSync(notes, 'utf8').trim().split('\n').map((line) => JSON.parse(line)).filter(({ program }) => /run-executor\.js$/.test(program));
    assert.equal(engine.length, 1);
    const megabytes = engine[0].kilobytes / 1024;
    assert.ok(megabytes < 150, `${project}: ${megabytes.toFixed(0)} MB`);
  }
});
