/** Everything that tells this process to stop, as one AbortSignal: the terminal's Ctrl-C, a kill, a closed terminal, and the parent's end. */

export interface StopWatch {
  readonly signal: AbortSignal;
  /** Stops listening. */
  dispose(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Listens until disposed. `disconnect` comes when the Nx process that forked this one is gone, also by `kill -9`. */
export function watchForStop(): StopWatch {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  for (const name of SIGNALS) process.on(name, stop);
  process.on('disconnect', stop);
  return {
    signal: controller.signal,
    dispose() {
      for (const name of SIGNALS) process.off(name, stop);
      process.off('disconnect', stop);
    },
  };
}
