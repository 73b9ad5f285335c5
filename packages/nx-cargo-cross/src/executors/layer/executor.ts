/** `nx-cargo-cross:layer`: the compiled third-party crates of a crate, for one platform. */
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { makeLayer } from '../../build/make-layer.js';
import { success } from '../../diagnostics/result.js';
import { layerFolder } from '../../graph/layer-targets.js';
import { megabytes, runOneRequest, seconds, type OneRequestOptions } from '../one-request.js';

export default async function layer(options: OneRequestOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  return runOneRequest(options, context, async (engine, request, ref) => {
    const folder = join(context.root, layerFolder(request, request.build, ref.project));
    const made = await makeLayer(engine, request, ref, folder);
    if (!made.ok) return made;
    const { packages, units, bytes, size, writing } = made.value;
    return success(`layer  ${folder}  ${packages} packages, ${units} units, ${megabytes(bytes)}, ${megabytes(size)} compressed in ${seconds(writing)}`);
  });
}
