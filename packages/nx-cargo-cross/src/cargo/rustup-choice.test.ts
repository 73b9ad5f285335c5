import { expect, test } from '@jest/globals';
import { rustupChoice, type RustupState } from './rustup-choice.js';

const SETTINGS = 'version = "12"\ndefault_toolchain = "stable-x86_64-unknown-linux-gnu"\nprofile = "default"\n\n[overrides]\n"/home/me/app" = "debian"\n"/home/me/old" = "1.80"\n';
const INSTALLED = ['stable-x86_64-unknown-linux-gnu', 'nightly-x86_64-unknown-linux-gnu', 'nightly-2026-05-01-x86_64-unknown-linux-gnu', '1.95.0-x86_64-unknown-linux-gnu', 'debian'];

function state(changed: Partial<Omit<RustupState, 'readText'>> & { readonly files?: Readonly<Record<string, string>> }): RustupState {
  const { files = {}, ...rest } = changed;
  return { settings: SETTINGS, installed: INSTALLED, said: undefined, folders: ['/home/me/here', '/home/me', '/'], readText: (folder, name) => files[`${folder}/${name}`.replace('//', '/')], ...rest };
}

test.each<readonly [string, Parameters<typeof state>[0], string | undefined]>([
  ['the usual one', {}, 'stable-x86_64-unknown-linux-gnu'],
  ['the one that is said', { said: 'nightly' }, 'nightly-x86_64-unknown-linux-gnu'],
  ['nothing said is as if it were not said', { said: '' }, 'stable-x86_64-unknown-linux-gnu'],
  ['a dated one', { said: 'nightly-2026-05-01' }, 'nightly-2026-05-01-x86_64-unknown-linux-gnu'],
  ['what is said counts before files and overrides', { said: '1.95.0', folders: ['/home/me/app'], files: { '/home/me/app/rust-toolchain': 'nightly' } }, '1.95.0-x86_64-unknown-linux-gnu'],
  ['the override of a folder', { folders: ['/home/me/app/src', '/home/me/app', '/home/me', '/'] }, 'debian'],
  ['an override before the file beside it', { folders: ['/home/me/app', '/home/me', '/'], files: { '/home/me/app/rust-toolchain.toml': '[toolchain]\nchannel = "nightly"\n' } }, 'debian'],
  ['a nearer file before an override above it', { folders: ['/home/me/app/src', '/home/me/app', '/home/me', '/'], files: { '/home/me/app/src/rust-toolchain.toml': '[toolchain]\nchannel = "nightly"\n' } }, 'nightly-x86_64-unknown-linux-gnu'],
  ['a file above', { files: { '/rust-toolchain': '1.95.0\n' } }, '1.95.0-x86_64-unknown-linux-gnu'],
  ['none that is not installed', { said: '1.80' }, undefined],
  ['none by an override that is not installed', { folders: ['/home/me/old', '/home/me', '/'] }, undefined],
  ['none by a file without a channel', { files: { '/home/me/rust-toolchain.toml': '[toolchain]\npath = "/opt/rust"\n' } }, undefined],
  ['none by a file that is broken', { files: { '/home/me/rust-toolchain.toml': '[toolchain\n' } }, undefined],
  ['none by a path', { said: '/opt/rust' }, undefined],
  ['none of two hosts', { said: 'stable', installed: [...INSTALLED, 'stable-i686-unknown-linux-gnu'] }, undefined],
  ['none where settings are broken', { settings: 'version = ' }, undefined],
  ['none where settings have another form', { settings: 'version = "13"\ndefault_toolchain = "debian"\n' }, undefined],
  ['none where there are no settings', { settings: undefined }, undefined],
])('%s', (_, changed, expected) => {
  expect(rustupChoice(state(changed))).toBe(expected);
});
