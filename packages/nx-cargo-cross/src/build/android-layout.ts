/**
 * What an Android app takes from a build's output: a folder that Gradle reads as it is. Every library stands in it a second time, below its ABI.
 *
 * Each platform has such a folder of its own within its own output, so that the tasks of several ABIs never write to one place, and each task's output is
 * whole in the cache; Gradle takes any number of them (`jniLibs.srcDirs`).
 */
import { join } from 'node:path';
import type { ManifestFile } from '../artifact/manifest.js';
import { androidAbi } from '../platform/android-abi.js';
import type { Platform } from '../platform/platform.js';
import { copyFile, mkdir } from '../system/files.js';

/** The folder that Gradle is given, inside a platform's output. */
export const JNI_FOLDER = 'jniLibs';

/** Lays the shared libraries out for Gradle. Android loads only what is called `lib<name>.so`; the rest of a crate is left out. */
export async function layOutForAndroid(platform: Platform, draft: string, files: readonly ManifestFile[]): Promise<void> {
  const abi = androidAbi(platform.triple.facts);
  const libraries = files.filter(({ kind, name }) => kind === 'cdylib' && /^lib.*\.so$/.test(name));
  if (abi === undefined || libraries.length === 0) return;
  const folder = join(draft, JNI_FOLDER, abi);
  await mkdir(folder, { recursive: true });
  for (const { name } of libraries) await copyFile(join(draft, name), join(folder, name));
}
