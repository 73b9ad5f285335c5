import { describe, expect, test } from '@jest/globals';
import { aRepository } from '../testkit/cargo-files.js';
import { crateOf, repositoryOf } from '../testkit/repository.js';
import { profileStrip } from './profile-strip.js';

function strip(profile: string, manifest: string, config = ''): string | undefined {
  const repository = repositoryOf(aRepository().bin('', { toml: manifest }).file('.cargo/config.toml', config).files());
  return profileStrip(repository, crateOf(repository, '').workspace, profile);
}

describe('what a profile strips', () => {
  test.each<[string, string, string, string | undefined]>([
    ['release', '', '', undefined],
    ['release', '[profile.release]\nstrip = true', '', 'symbols'],
    ['release', '[profile.release]\nstrip = "debuginfo"', '', 'debuginfo'],
    ['release', '[profile.release]\nstrip = false', '', 'none'],
    ['release', '[profile.release]\nstrip = "symbols"', '[profile.release]\nstrip = "none"', 'none'],
    ['bench', '[profile.release]\nstrip = true', '', 'symbols'],
    ['dist', '[profile.release]\nstrip = true\n[profile.dist]\ninherits = "release"', '', 'symbols'],
    ['dist', '[profile.release]\nstrip = true\n[profile.dist]\ninherits = "release"\nstrip = "none"', '', 'none'],
    ['loop', '[profile.loop]\ninherits = "loop"', '', undefined],
    ['dev', '[profile.release]\nstrip = true', '', undefined],
  ])('%s with %j and %j: %s', (profile, manifest, config, expected) => {
    expect(strip(profile, manifest, config)).toBe(expected);
  });
});
