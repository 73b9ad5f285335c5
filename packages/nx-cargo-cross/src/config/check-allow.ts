/** The words of `allow`: each names a finding that may be accepted. */
import { ALLOWABLE, POLICY } from '../artifact/policy.js';
import { FINDING_CODES } from '../diagnostics/finding.js';
import type { Failure } from '../diagnostics/failure.js';
import type { Location } from '../diagnostics/location.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { locateIn, pickOption, type Scope } from './scopes.js';

/** What is wrong with the nearest `allow`. */
export function checkAllow(scopes: readonly Scope[]): readonly Failure[] {
  const picked = pickOption(scopes, 'allow');
  if (!picked) return [];
  return picked.value.flatMap((word, index) => checkAllowWord(word, locateIn(picked.scope, 'allow', String(index))));
}

/** What is wrong with one word: `unknown-word` for a code that there is not, `option-invalid` for one that cannot be accepted, or by name. */
export function checkAllowWord(word: string, location: Location): readonly Failure[] {
  const [head = ''] = word.split(':');
  const code = FINDING_CODES.find((one) => one === head);
  if (!code) return [{ code: 'unknown-word', kind: 'finding', word: head, location, nearest: nearestWord(head, ALLOWABLE), valid: ALLOWABLE }];
  const { allowable, names } = POLICY[code];
  if (!allowable) return [{ code: 'option-invalid', key: 'allow', location, message: `"${code}" cannot be accepted: such a file is not what the platform's name says` }];
  if (head !== word && !names) return [{ code: 'option-invalid', key: 'allow', location, message: `"${code}" stands alone, without ":" and a name` }];
  return [];
}
