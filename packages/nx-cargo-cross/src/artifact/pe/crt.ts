/** Which C runtime a Windows binary runs on, told by the DLLs it loads. */

/**
 * `msvcrt`: the one in every Windows (classic mingw). `ucrt`: the Universal CRT (Windows 10, Visual Studio 2015, zig).
 * `both`: two heaps and two sets of open files in one process. `none`: linked statically, or no C at all.
 */
export type Crt = 'msvcrt' | 'ucrt' | 'both' | 'none';

/** Tells the C runtime from DLL names in any case. */
export function crtOf(dlls: readonly string[]): Crt {
  const names = dlls.map((dll) => dll.toLowerCase());
  const msvcrt = names.includes('msvcrt.dll');
  const ucrt = names.some((name) => name.startsWith('api-ms-win-crt-') || name === 'ucrtbase.dll' || name === 'ucrtbased.dll');
  if (msvcrt) return ucrt ? 'both' : 'msvcrt';
  return ucrt ? 'ucrt' : 'none';
}
