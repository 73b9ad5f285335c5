import { mkdirSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aTempFolder } from '../testkit/temp.js';
import { withFixedPlace } from './fixed-place.js';
import { canonicalNow } from './files-now.js';
import type { ToolProbe } from './tools.js';

const root = canonicalNow(aTempFolder('fixed place'));
let count = 0;
const file = join(root, 'a file');
writeFileSync(file, '');

function aZig(version = '0.16.0', manifest: string | null = `{ "version": "${version}" }`): { probe: ToolProbe; own: string } {
  const own = join(root, `checkout ${count++}`, 'lib');
  mkdirSync(own, { recursive: true });
  if (manifest !== null) writeFileSync(join(own, 'package.json'), manifest);
  return { own, probe: { found: true, tool: { path: '/zig', version, env: { ZIG_LIB_DIR: own } } } as ToolProbe };
}

const placeOf = async (probe: ToolProbe, cache: string): Promise<string | undefined> => {
  const fixed = await withFixedPlace(probe, 'ZIG_LIB_DIR', cache);
  return fixed.found === true ? fixed.tool.env['ZIG_LIB_DIR'] : undefined;
};

describe('the folder of a tool out of npm', () => {
  const cache = join(root, 'cache');
  const [first, second] = [aZig(), aZig()];

  test('has one place for all checkouts, and leads to the first', async () => {
    const place = (await placeOf(first.probe, cache)) ?? '';
    expect(place).toMatch(/[/\\]cache[/\\]tools[/\\]zig-lib-0\.16\.0-[0-9a-f]{12}$/);
    expect(await placeOf(second.probe, cache)).toBe(place);
    expect(readlinkSync(place)).toBe(first.own);
  });

  test('has another for another version', async () => expect(await placeOf(aZig('0.15.2').probe, cache)).not.toBe(await placeOf(first.probe, cache)));

  test('leads to the next checkout where the first is gone', async () => {
    renameSync(first.own, `${first.own}-moved`);
    expect(readlinkSync((await placeOf(second.probe, cache)) ?? '')).toBe(second.own);
  });

  test('leads to the next checkout where the other has an update', async () => {
    const third = aZig();
    writeFileSync(join(second.own, 'package.json'), '{ "version": "0.17.0" }');
    expect(readlinkSync((await placeOf(third.probe, cache)) ?? '')).toBe(third.own);
    rmSync(third.own, { recursive: true });
  });

  test.each<[string, ToolProbe, string]>([
    ['without a manifest', aZig('0.16.0', null).probe, cache],
    ['where no link can be made', aZig().probe, file],
    ['of a tool that brings its files itself', { found: true, tool: { path: '/zig', version: '0.16.0', env: {} } } as ToolProbe, cache],
    ['of what is not there', { found: false, searched: [] } as unknown as ToolProbe, cache],
  ])('stays where it is %s', async (_, probe, folder) => expect(await withFixedPlace(probe, 'ZIG_LIB_DIR', folder)).toBe(probe));
});
