import { expect, test } from '@jest/globals';
import { parseExecOptions } from './exec-options.js';

const location = { file: 'codec/project.json' };
const whole = { platform: 'aarch64-linux', command: 'make all', artifacts: [{ path: 'codec', kind: 'bin' }] };

test('the shortest options, with every default', () => {
  expect(parseExecOptions(whole, location)).toEqual({
    ok: true,
    value: {
      platform: 'aarch64-linux',
      commands: [['make', 'all']],
      artifacts: [{ path: 'codec', kind: 'bin', name: undefined }],
      cwd: undefined,
      copy: false,
      env: {},
      inputs: undefined,
      envInputs: [],
      versions: [],
    },
  });
});

test('several commands, as lines or as words', () => {
  const { command: _, ...rest } = whole;
  const parsed = parseExecOptions({ ...rest, commands: ['cmake -S .', ['cmake', '--build', 'a b']] }, location);
  expect(parsed).toMatchObject({ ok: true, value: { commands: [['cmake', '-S', '.'], ['cmake', '--build', 'a b']] } });
});

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  ['no platform', { platform: undefined }, 'platform: must name a platform'],
  ['no command', { command: undefined }, 'command: must be given'],
  ['both', { commands: ['make'] }, 'command: must be given'],
  ['a shell', { command: 'a | b' }, 'command: "a | b": "|" would need a shell'],
  ['no artifacts', { artifacts: [] }, 'artifacts: must list'],
  ['an unknown kind', { artifacts: [{ path: 'a', kind: 'exe' }] }, 'artifacts.0.kind: must be one of'],
  ['a name with a folder', { artifacts: [{ path: 'a', kind: 'bin', name: 'b/c' }] }, 'artifacts.0.name: must be a file name'],
  ["the manifest's name", { artifacts: [{ path: 'a', kind: 'file', name: 'manifest.json' }] }, 'artifacts.0.name: must be a file name'],
  ['a word too many', { artifacts: [{ path: 'a', kind: 'bin', sha: '' }] }, 'artifacts.0.sha: is not known'],
  ['env of numbers', { env: { A: 1 } }, 'env: must be a table of strings'],
  ['inputs as text', { inputs: 'src' }, 'inputs: must be a list of strings'],
  ['copy as text', { copy: 'yes' }, 'copy: must be true or false'],
])('%s is refused', (_, change, expected) => {
  const parsed = parseExecOptions({ ...whole, ...change }, location);
  const said = parsed.ok ? [] : parsed.failures.map((failure) => (failure.code === 'option-invalid' ? `${failure.key}: ${failure.message}` : failure.code));
  expect(said).toEqual([expect.stringContaining(expected)]);
});

test('an unknown key is answered with the nearest one', () => {
  expect(parseExecOptions({ ...whole, artefacts: [] }, location)).toMatchObject({ ok: false, failures: [{ code: 'unknown-word', word: 'artefacts', nearest: 'artifacts' }] });
});
