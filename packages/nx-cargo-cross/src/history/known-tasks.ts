/** From what is asked for to tasks: one, or all platforms of a project. */
import { nearestWord } from '../diagnostics/nearest.js';
import { failed, success, type Result } from '../diagnostics/result.js';
import { fields } from '../why/record.js';
import type { NxGraph } from './nx-data.js';

/** A task that could be meant. */
export interface KnownTask {
  readonly id: string;
  /** `all` is the target that stands for all platforms, and is never recorded itself. */
  readonly kind: 'build' | 'test' | 'all';
  readonly recorded: boolean;
}

/** The tasks of this plugin in Nx's graph. */
export function tasksOf({ projects }: NxGraph): readonly KnownTask[] {
  return Object.entries(projects).flatMap(([project, data]) => {
    const targets = fields(fields(data)['targets']);
    const own = (name: unknown): boolean => String(fields(targets[String(name)])['executor']).startsWith('nx-cargo-cross:');
    return Object.entries(targets).flatMap(([target, configured]): KnownTask[] => {
      const { executor, dependsOn } = fields(configured);
      const isAll = executor === 'nx:noop' && Array.isArray(dependsOn) && dependsOn.length > 0 && dependsOn.every(own);
      if (!isAll && !own(target)) return [];
      return [{ id: `${project}:${target}`, kind: isAll ? 'all' : String(executor).endsWith(':test') ? 'test' : 'build', recorded: false }];
    });
  });
}

/**
 * The tasks that a word stands for; `app:cross` stands for `app:cross-<platform>` of all platforms.
 * @param folder where records are looked for; undefined where none are made
 */
export function meantTasks(word: string, known: readonly KnownTask[], folder: string | undefined): Result<readonly string[]> {
  const exact = known.filter((task) => task.id === word && task.kind !== 'all');
  const kind = word.endsWith('-test') ? 'test' : 'build';
  const meant = exact.length > 0 ? exact : known.filter((task) => task.kind === kind && task.id.startsWith(`${word}-`));
  const recorded = meant.filter((task) => task.recorded).map(({ id }) => id);
  if (recorded.length > 0) return success([...new Set(recorded)].sort());
  const [first] = meant;
  if (first || known.length === 0) return failed({ code: 'no-record', task: word, command: first?.id ?? word, folder });
  return failed(unknownTask(word, known));
}

function unknownTask(word: string, known: readonly KnownTask[]) {
  const location = { file: 'command line' };
  const [project = word] = word.split(':');
  const projects = [...new Set(known.map(({ id }) => id.split(':')[0] ?? id))].sort();
  if (!projects.includes(project)) return { code: 'unknown-word', kind: 'project', word: project, location, nearest: nearestWord(project, projects), valid: projects } as const;
  const valid = [...new Set(known.map(({ id }) => id))].filter((id) => id.startsWith(`${project}:`)).sort();
  return { code: 'unknown-word', kind: 'task', word, location, nearest: nearestWord(word, valid), valid } as const;
}
