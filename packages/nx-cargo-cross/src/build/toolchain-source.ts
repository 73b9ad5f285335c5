/** Where toolchains come from that somebody has made already. */
import type { BuildRequest } from '../plan/request.js';

export interface ToolchainSource {
  /** What a request takes: where it lies once it is there, absolute, and what is equal for equal ones. Undefined where its options want none. */
  wishOf(request: BuildRequest): { readonly folder: string; readonly id: string } | undefined;
  /**
   * Brings a request's toolchain, from a cache or newly made.
   * @param hear gets what is said of it, in whole lines
   * @returns undefined when it is there, else why not
   */
  bring(request: BuildRequest, hear: (text: string) => void, signal: AbortSignal | undefined): Promise<string | undefined>;
}
