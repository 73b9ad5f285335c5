import { expect, test } from '@jest/globals';
import { parseWatched, together, type Watched } from './watched.js';

test.each<[string, Watched, Watched, Watched | undefined]>([
  ['nothing was made yet', {}, { cc: '1' }, { cc: '1' }],
  ['nothing changed', { cc: '1' }, { cc: '1' }, { cc: '1' }],
  ['another compiler', { cc: '1', LIBRARY_PATH: '2' }, { cc: '3', LIBRARY_PATH: '2' }, undefined],
  ['another crate watches other things', { cc: '1' }, { CFLAGS: '2' }, { cc: '1', CFLAGS: '2' }],
  ['nothing is watched', { cc: '1' }, {}, { cc: '1' }],
])('%s', (_, noted, now, expected) => {
  expect(together(noted, now)).toEqual(expected);
});

test.each([
  ['{"cc":"1","x":2}', { cc: '1' }],
  ['{"cc"', {}],
  ['null', {}],
  ['', {}],
])('a note that says %j', (text, expected) => {
  expect(parseWatched(text)).toEqual(expected);
});
