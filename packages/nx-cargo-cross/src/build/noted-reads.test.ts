import { describe, expect, test } from '@jest/globals';
import { NOTHING, parseNotedReads, unnoticed, type NotedReads, type Present } from './noted-reads.js';

const NOTED: NotedReads = {
  files: { '/ws/a.rs': { digest: 'one', stamp: '10:1', when: 100 } },
  folders: { '/ws/proto': { names: 'x y', when: 100, touch: '/ws/proto' }, '/ws/app': { names: 'src', when: 100, touch: '/ws/app/Cargo.toml' } },
  variables: ['MODE'],
};

/** Things as they were noted, but for what is said. */
function present(more: { readonly file?: readonly [stamp: string, modified: number, digest: string] | null; readonly proto?: readonly [string, number] | null; readonly app?: readonly [string, number] }): Present {
  const { file = ['10:1', 10, 'one'], proto = ['x y', 10], app = ['src', 10] } = more;
  return {
    stamp: () => (file ? { stamp: file[0], modified: file[1] } : undefined),
    digest: () => file?.[2],
    folder: (path) => {
      const found = path === '/ws/proto' ? proto : app;
      return found ? { names: found[0], newest: found[1] } : undefined;
    },
  };
}

test.each<[string, Parameters<typeof present>[0], readonly string[]]>([
  ['nothing changed', {}, []],
  ['a file with another content and an older time', { file: ['5:2', 5, 'two'] }, ['/ws/a.rs']],
  ['a file with another content and the time of the build', { file: ['100:2', 100, 'two'] }, ['/ws/a.rs']],
  ['a file with another content and a newer time, which cargo notices', { file: ['101:2', 101, 'two'] }, []],
  ['a file that was written again as it was', { file: ['5:2', 5, 'one'] }, []],
  ['a file that is gone, which cargo notices', { file: null }, []],
  ['a file less in a folder', { proto: ['x', 10] }, ['/ws/proto']],
  ['a file less, and a newer one, which cargo notices', { proto: ['x z', 101] }, []],
  ['a file less in a package whose script says nothing', { app: ['', 10] }, ['/ws/app/Cargo.toml']],
  ['a folder that is gone', { proto: null }, []],
])('%s', (_, more, expected) => {
  expect(unnoticed(NOTED, present(more))).toEqual(expected);
});

describe('a note', () => {
  test('is read as it was written', () => expect(parseNotedReads(JSON.stringify(NOTED))).toEqual(NOTED));

  test.each(['', '{', 'null', '[]', '{"files":{"a":{"digest":1}},"folders":{"b":{}},"variables":[1]}'])('that says %j knows nothing', (text) => expect(parseNotedReads(text)).toEqual(NOTHING));
});
