/** Where this package lies, whatever it was put together from: its version, and the programs of it that are started as processes of their own. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Below the package's folder. Each is a file of its own in the published package too, whose other modules are joined into few. */
export const OWN_PROGRAMS = { linkMacos: 'dist/link/main.js', outsideConfig: 'dist/build/outside-config-main.js', rustcSaid: 'dist/system/rustc-said-main.js', runUnder: 'dist/system/run-under.js', runWasi: 'dist/system/wasi-main.js' } as const;

/** Words that start a program of this package, under this very Node. */
export function ownProgram(program: keyof typeof OWN_PROGRAMS, ...nodeFlags: readonly string[]): readonly [string, ...string[]] {
  return [process.execPath, ...nodeFlags, join(ownFolder(), OWN_PROGRAMS[program])];
}

/** The version, as package.json says it. */
export function readOwnVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ownFolder(), 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}

/** What tells this very package from another of the same version, as while it is developed: its modules, with size and time. */
export function ownIdentity(): string {
  const folder = join(ownFolder(), 'dist');
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js') && !file.endsWith('.test.js')).sort();
  const described = modules.map((file) => {
    const { size, mtimeMs, ctimeMs } = statSync(join(folder, file));
    return `${file} ${size} ${mtimeMs} ${ctimeMs}`;
  });
  return JSON.stringify([readOwnVersion(), ...described]);
}

/** The package's folder. */
export function ownFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
