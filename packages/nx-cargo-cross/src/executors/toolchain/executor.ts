/** `nx-cargo-cross:toolchain`: what has to be built of one platform's toolchain. */
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { makeToolchain } from '../../build/make-toolchain.js';
import { success } from '../../diagnostics/result.js';
import { toolchainFolder, toolchainLinks } from '../../graph/toolchain-targets.js';
import { megabytes, runOneRequest, seconds } from '../one-request.js';

/** As `schema.json` has them. */
export interface ToolchainOptions {
  readonly platform: string;
}

export default async function toolchain(options: ToolchainOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  return runOneRequest(options, context, async (engine, request, ref, crate) => {
    const folder = join(context.root, toolchainFolder(request, request.build, ref.project));
    const { toolchains: _, ...making } = engine;
    const made = await makeToolchain(making, request, ref, folder, toolchainLinks(crate, request.build, { packages: () => request.closure }));
    if (!made.ok) return made;
    const { entries, std, bytes, size, writing } = made.value;
    return success(`toolchain  ${folder}  ${entries} entries of zig's cache, ${std} files of std, ${megabytes(bytes)}, ${megabytes(size)} compressed in ${seconds(writing)}`);
  });
}
