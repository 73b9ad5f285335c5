import { describe, expect, test } from '@jest/globals';
import { member, tar } from '../testkit/tar.js';
import { readTar } from './tar.js';

const end = Buffer.alloc(1024);
const told = (bytes: Uint8Array): unknown => {
  const parsed = readTar(bytes);
  return parsed.ok ? parsed.members.map(({ path, kind, bytes: content }) => [path, kind, Buffer.from(content).toString()]) : parsed.message;
};

describe('what is in an archive', () => {
  const long = `dist/${'long-folder/'.repeat(12)}app`;
  test.each<[string, Uint8Array, unknown]>([
    ['nothing', tar([]), []],
    ['files and folders', tar([{ path: 'dist/', type: '5' }, { path: './dist/app', text: 'x' }]), [['dist', 'folder', ''], ['dist/app', 'file', 'x']]],
    ['a file as long as a block', tar([{ path: 'a', text: 'x'.repeat(512) }, { path: 'b', text: 'y' }]), [['a', 'file', 'x'.repeat(512)], ['b', 'file', 'y']]],
    ['a link', tar([{ path: 'a', type: '2' }]), [['a', 'other', '']]],
    ['a name of more than 99 bytes, as GNU writes it', tar([{ path: long, text: 'x' }]), [[long, 'file', 'x']]],
    ['the same, as POSIX does', Buffer.concat([...member('pax', `30 mtime=1\n175 path=${long}\n`, 'x'), ...member('cut', 'x', '0'), end]), [[long, 'file', 'x']]],
    ['a name that is no ASCII', tar([{ path: 'größe', text: '' }]), [['größe', 'file', '']]],
  ])('%s', (_name, bytes, expected) => expect(told(bytes)).toEqual(expected));
});

describe('what is no archive', () => {
  const whole = tar([{ path: 'a', text: 'x'.repeat(600) }]);
  const changed = Buffer.from(whole);
  changed[3] = 1;
  test.each<[string, Uint8Array, string]>([
    ['nothing at all', new Uint8Array(), 'the archive ends at byte 0 without its end mark'],
    ['no end', whole.subarray(0, whole.length - 1024), 'the archive ends at byte 1536 without its end mark'],
    ['cut off in a header', whole.subarray(0, 300), 'the archive ends at byte 300 without its end mark'],
    ['cut off in a file', whole.subarray(0, 1000), 'the archive ends at byte 1000, in the middle of a file'],
    ['a changed header', changed, 'the header at byte 0 of the archive is damaged'],
    ['something else', Buffer.from('x'.repeat(2048)), 'the header at byte 0 of the archive is damaged'],
  ])('%s', (_name, bytes, message) => expect(told(bytes)).toBe(message));
});
