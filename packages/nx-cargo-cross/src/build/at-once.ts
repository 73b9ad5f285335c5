/** Runs jobs, each of which gives results one by one, as many at once as may be, and hands out each result as soon as it is there. */

export interface Jobs<J, T> {
  /** How many at once. */
  readonly limit: number;
  /** Whether a job may be started beside others; asked again after each result, and when a job says so. The first of those that are left may be started where nothing runs. */
  readonly mayJoin: (job: J, running: readonly J[]) => boolean;
  /** @param lookAgain to be called when others may join now who might not before */
  readonly run: (job: J, lookAgain: () => void) => AsyncGenerator<T, void>;
}

/** Fails with what a job fails with. */
export async function* atOnce<J, T>(jobs: readonly J[], { limit, mayJoin, run }: Jobs<J, T>): AsyncGenerator<T, void> {
  interface Running {
    readonly results: AsyncGenerator<T, void>;
    next: Promise<{ readonly job: J; readonly result: IteratorResult<T, void> }>;
  }
  const left = [...jobs];
  const running = new Map<J, Running>();
  let said = (): void => undefined;
  const nextOf = async (job: J, results: AsyncGenerator<T, void>) => ({ job, result: await results.next() });
  while (left.length > 0 || running.size > 0) {
    const again = new Promise<undefined>((resolve) => (said = () => resolve(undefined)));
    for (const job of [...left]) {
      if (running.size > 0 && (running.size >= limit || !mayJoin(job, [...running.keys()]))) continue;
      left.splice(left.indexOf(job), 1);
      const results = run(job, () => said());
      running.set(job, { results, next: nextOf(job, results) });
    }
    const ended = await Promise.race([again, ...[...running.values()].map(({ next }) => next)]);
    if (!ended) continue;
    const { job, result } = ended;
    const one = running.get(job);
    if (result.done === true) running.delete(job);
    else if (one) {
      one.next = nextOf(job, one.results);
      yield result.value;
    }
  }
}
