/** The version of this package, as its package.json says it. */
import { readFileSync } from 'node:fs';

export function readOwnVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  return version;
}
