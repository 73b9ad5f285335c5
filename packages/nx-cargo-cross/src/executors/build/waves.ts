/** The order of a batch: nobody is built before those that he depends on. */

/** As Nx gives them: names up to 23, objects from 24 on. */
export type Dependencies = Readonly<Record<string, readonly (string | { readonly id: string })[] | undefined>>;

/** Sorts tasks into waves, each of which depends on earlier ones alone. Only what is among the tasks counts; tasks in a circle make the last wave. */
export function wavesOf<T extends { readonly id: string }>(tasks: readonly T[], dependencies: Dependencies): readonly (readonly T[])[] {
  const waves: T[][] = [];
  let left = [...tasks];
  while (left.length > 0) {
    const waiting = new Set(left.map(({ id }) => id));
    const ready = left.filter(({ id }) => !dependsOn(id, dependencies).some((one) => one !== id && waiting.has(one)));
    const wave = ready.length > 0 ? ready : left;
    waves.push(wave);
    left = left.filter((task) => !wave.includes(task));
  }
  return waves;
}

/** The ids of what a task depends on. */
export function dependsOn(id: string, dependencies: Dependencies): readonly string[] {
  return (dependencies[id] ?? []).map((one) => (typeof one === 'string' ? one : one.id));
}
