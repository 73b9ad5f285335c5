/**
 * Set-up as data. A step knows how to see whether it is done (by looking, never by a stamp) and what would do it.
 * This file walks the steps and says what is missing, why it matters, and what is run.
 */
import { commandLine, stream } from '../lib/run.mjs';

/**
 * One command that mends what is missing. With `run` instead of `args`, a few lines of our own code.
 * @typedef {{label: string, run: () => Promise<boolean> | boolean}} Action
 */

/**
 * @typedef {object} Step
 * @property {string} id
 * @property {string} what  the thing, as said to the user
 * @property {string} why   what it is needed for
 * @property {boolean} required  without it nothing else can go on
 * @property {() => boolean | Promise<boolean>} check  true when nothing is missing; fast
 * @property {() => Iterable<Action> | AsyncIterable<Action>} install  ways to get it, tried in order until the check holds
 * @property {string} byHand  what to do where no way works
 */

/** An action that runs one command with its output shown. */
export function command(program, args, options = {}) {
  return { label: commandLine(program, args), run: async () => (await stream(program, args, options)) === 0 };
}

/**
 * Does what is missing, in order.
 * @param {readonly Step[]} steps
 * @param {(line: string) => void} say
 * @returns {Promise<{ok: boolean, missing: string[]}>} `ok` is false when a required step could not be done; `missing` names all that stay undone
 */
export async function walk(steps, say) {
  const missing = [];
  let installed = 0;
  for (const step of steps) {
    if (await step.check()) continue;
    if (await mend(step, say)) {
      installed++;
      continue;
    }
    missing.push(step.id);
    say(`still missing: ${step.what}. ${step.byHand}`);
    if (step.required) return { ok: false, missing };
  }
  if (missing.length === 0) {
    say(installed === 0 ? `set-up: nothing is missing (${steps.map((step) => step.id).join(', ')})` : `set-up: done, ${installed} installed`);
  }
  return { ok: true, missing };
}

async function mend(step, say) {
  let head = `missing: ${step.what} (needed for ${step.why})`;
  let tried = false;
  for await (const action of step.install()) {
    say(`${head} -> installing: ${action.label}`);
    tried = true;
    const succeeded = await action.run();
    if (succeeded && (await step.check())) return true;
    head = succeeded ? 'and then' : 'that failed';
  }
  if (!tried) say(head);
  return false;
}
