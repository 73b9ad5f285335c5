import { expect, test } from '@jest/globals';
import { wavesOf, type Dependencies } from './waves.js';

const tasks = ['a', 'b', 'c', 'd'].map((id) => ({ id }));

test.each<readonly [string, Dependencies, readonly (readonly string[])[]]>([
  ['nothing depends', {}, [['a', 'b', 'c', 'd']]],
  ['as Nx 22 and 23 say it', { a: ['b'], b: ['c'] }, [['c', 'd'], ['b'], ['a']]],
  ['as Nx 24 says it', { a: [{ id: 'd' }], b: [{ id: 'd' }] }, [['c', 'd'], ['a', 'b']]],
  ['on what is no part of it', { a: ['elsewhere'] }, [['a', 'b', 'c', 'd']]],
  ['on itself', { a: ['a'] }, [['a', 'b', 'c', 'd']]],
  ['in a circle', { a: ['b'], b: ['a'] }, [['c', 'd'], ['a', 'b']]],
])('%s', (_, dependencies, expected) => {
  expect(wavesOf(tasks, dependencies).map((wave) => wave.map(({ id }) => id))).toEqual(expected);
});
