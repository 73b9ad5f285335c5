import { describe, expect, test } from '@jest/globals';
import { aTriple } from '../../testkit/builders.js';
import { applyEnvEdits } from '../env-edit.js';
import { deploymentTarget, deploymentTargetEnv } from './deployment-target.js';

const ARM = 'aarch64-apple-darwin';
const INTEL = 'x86_64-apple-darwin';

test.each<readonly [triple: string, minOs: string | undefined, variable: string | undefined, result: string | undefined]>([
  [ARM, undefined, undefined, '11.0'],
  [INTEL, undefined, undefined, '10.12'],
  [ARM, '13.0', undefined, '13.0'],
  [ARM, undefined, '12.3', '12.3'],
  [ARM, '13.0', '12.0', '13.0'],
  [INTEL, '10.15', '12.0', '10.15'],
  [INTEL, undefined, '10.9', '10.12'],
  [ARM, undefined, '10.15', '11.0'],
  [ARM, '10.15', undefined, '11.0'],
  [ARM, undefined, '11', '11'],
  [ARM, undefined, '', '11.0'],
  [ARM, undefined, 'eleven', '11.0'],
  ['aarch64-unknown-linux-gnu', undefined, '12.0', undefined],
])('%s with minOs %s and MACOSX_DEPLOYMENT_TARGET=%s starts on %s', (triple, minOs, variable, result) => {
  expect(deploymentTarget(aTriple(triple).facts, minOs, variable === undefined ? {} : { MACOSX_DEPLOYMENT_TARGET: variable })).toBe(result);
});

describe('the variable', () => {
  const after = (minOs: string | undefined, user: Readonly<Record<string, string>>) =>
    applyEnvEdits(user, deploymentTargetEnv(aTriple(ARM).facts, minOs, user), ':');
  const name = 'MACOSX_DEPLOYMENT_TARGET';

  test.each<readonly [string, string | undefined, Readonly<Record<string, string>>, object]>([
    ['is set where it is not', undefined, {}, { name, value: '11.0' }],
    ["stays the user's where it decides", undefined, { [name]: '12.0' }, { name, value: '12.0', keptFrom: name }],
    ['is never left empty', undefined, { [name]: '' }, { name, value: '11.0' }],
    ['says what the option says', '13.0', { [name]: '12.0' }, { name, value: '13.0' }],
    ['is raised to what the processor needs', undefined, { [name]: '10.9' }, { name, value: '11.0' }],
  ])('%s', (_, minOs, user, outcome) => {
    expect(after(minOs, user)).toEqual([outcome]);
  });

  test('is left alone for other systems', () => {
    expect(deploymentTargetEnv(aTriple('aarch64-unknown-linux-gnu').facts, undefined, {})).toEqual([]);
  });
});
