import assert from 'node:assert/strict';
import { test } from 'node:test';
import { walk } from './step.mjs';

/** A step that is done once `needed` actions have succeeded. */
function aStep({ id = 'x', actions = [], required = false }) {
  let done = 0;
  const needed = actions.filter((outcome) => outcome !== 'fails').length;
  return {
    id,
    what: `the ${id}`,
    why: 'tests',
    required,
    check: () => done >= Math.max(1, needed),
    install: () => actions.map((outcome, index) => ({ label: `get ${index}`, run: () => (outcome === 'fails' ? false : ++done > 0) })),
    byHand: 'Do it.',
  };
}

async function walked(...steps) {
  const said = [];
  const result = await walk(steps, (line) => said.push(line));
  return { ...result, said };
}

test('nothing is missing: one line', async () => {
  const done = { ...aStep({ id: 'a' }), check: () => true };
  assert.deepEqual(await walked(done, { ...done, id: 'b' }), { ok: true, missing: [], said: ['set-up: nothing is missing (a, b)'] });
});

test('what is missing is installed, and said', async () => {
  const { said } = await walked(aStep({ actions: ['works'] }));
  assert.deepEqual(said, ['missing: the x (needed for tests) -> installing: get 0', 'set-up: done, 1 installed']);
});

test('a way that fails is followed by the next, and by what belongs to it', async () => {
  const { said, ok } = await walked(aStep({ actions: ['fails', 'works', 'works'] }));
  assert.ok(ok);
  assert.deepEqual(said, ['missing: the x (needed for tests) -> installing: get 0', 'that failed -> installing: get 1', 'and then -> installing: get 2', 'set-up: done, 1 installed']);
});

test('what cannot be had is named, and the rest goes on', async () => {
  const { said, ok, missing } = await walked(aStep({ id: 'a' }), aStep({ id: 'b', actions: ['works'] }));
  assert.deepEqual({ ok, missing }, { ok: true, missing: ['a'] });
  assert.deepEqual(said, ['missing: the a (needed for tests)', 'still missing: the a. Do it.', 'missing: the b (needed for tests) -> installing: get 0']);
});

test('without what is required, nothing goes on', async () => {
  const { ok, said } = await walked(aStep({ id: 'a', required: true, actions: ['fails'] }), aStep({ id: 'b', actions: ['works'] }));
  assert.equal(ok, false);
  assert.deepEqual(said, ['missing: the a (needed for tests) -> installing: get 0', 'still missing: the a. Do it.']);
});
