/**
 * The toolchain file for CMake: the NDK's own, which reads ABI, level and STL as variables of CMake and not of the environment, so they are set before it.
 * Source: the NDK's guide, "CMake".
 */
import type { GeneratedFile } from '../contract.js';

export interface NdkCmake {
  /** The NDK's own file, absolute. */
  readonly toolchain: string;
  readonly abi: string;
  readonly level: number;
  readonly release: number;
}

export function ndkCmake({ toolchain, abi, level, release }: NdkCmake): GeneratedFile {
  const variables: readonly (readonly [string, string])[] = [
    ['ANDROID_ABI', abi],
    ['ANDROID_PLATFORM', `android-${level}`],
    ['ANDROID_STL', 'c++_shared'],
    // r27's own switch; older ones don't know it, and newer ones have it on.
    ...(release === 27 ? [['ANDROID_SUPPORT_FLEXIBLE_PAGE_SIZES', 'ON'] as const] : []),
  ];
  const text = `${variables.map(([name, value]) => `if(NOT DEFINED ${name})\n  set(${name} "${value}")\nendif()`).join('\n')}\ninclude("${toolchain.replaceAll('"', '\\"')}")\n`;
  return { path: 'toolchain.cmake', text, executable: false };
}
