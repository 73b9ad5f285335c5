import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { outputOf, startNode } from '../testkit/processes.js';
import { aTempFolder } from '../testkit/temp.js';
import { openEventLog } from './event-log.js';

const folder = aTempFolder('event log');

test('every event is one line of JSON, behind those that were there', () => {
  const path = join(folder, 'events');
  for (const event of [{ type: 'started' }, { text: 'a\nb', deep: { x: [1] } }]) openEventLog({ NX_CARGO_CROSS_EVENTS: path })?.(event);
  expect(readFileSync(path, 'utf8')).toBe('{"type":"started"}\n{"text":"a\\nb","deep":{"x":[1]}}\n');
});

test.each([{}, { NX_CARGO_CROSS_EVENTS: '' }])('there is no log for %j', (env) => {
  expect(openEventLog(env)).toBeUndefined();
});

test('a log that cannot be written is given up without ending the build', () => {
  const write = openEventLog({ NX_CARGO_CROSS_EVENTS: join(folder, 'no/such/folder/events') });
  expect(() => [write?.({}), write?.({})]).not.toThrow();
});

test('lines of several processes do not mix', async () => {
  const path = join(folder, 'shared');
  const script = `
    import { openEventLog } from ${JSON.stringify(new URL('./event-log.js', import.meta.url).href)};
    const write = openEventLog(process.env);
    for (let i = 0; i < 300; i++) write({ who: process.argv[1], i, text: 'x'.repeat(300) });`;
  await Promise.all(['a', 'b', 'c'].map((who) => outputOf(startNode(script, [who], { NX_CARGO_CROSS_EVENTS: path }))));
  const events = readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { who: string; i: number });
  expect(events).toHaveLength(900);
  for (const who of ['a', 'b', 'c']) expect(events.filter((event) => event.who === who).map(({ i }) => i)).toEqual(Array.from({ length: 300 }, (_, index) => index));
});
