/** Where this package lies, whatever it was put together from: its version, and the programs of it that are started as processes of their own. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Below the package's folder. Each is a file of its own in the published package too, whose other modules are joined into few. */
export const OWN_PROGRAMS = { linkMacos: 'dist/link/main.js', outsideConfig: 'dist/build/outside-config-main.js', runUnder: 'dist/system/run-under.js', runWasi: 'dist/system/wasi-main.js' } as const;

/** Words that start a program of this package, under this very Node. */
export function ownProgram(program: keyof typeof OWN_PROGRAMS, ...nodeFlags: readonly string[]): readonly [string, ...string[]] {
  return [process.execPath, ...nodeFlags, join(ownFolder(), OWN_PROGRAMS[program])];
}

/** The version, as package.json says it. */
export function readOwnVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ownFolder(), 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}

/** The package's folder. */
export function ownFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
