/** What is known of every task while Nx works, and how an event changes it. Pure: the clock is handed in. */

/**
 * @typedef {'waiting' | 'planned' | 'preparing' | 'building' | 'proved' | 'cached' | 'failed'} Phase
 * @typedef {object} Entry
 * @property {string} task
 * @property {string} project
 * @property {string} platform
 * @property {Phase} phase
 * @property {string} detail
 * @property {string} backend
 * @property {number} since       when the phase began, ms
 * @property {number} durationMs  of the build, once it ended
 * @property {boolean} built      false when it came from the cache
 * @property {readonly object[]} failures
 *
 * @typedef {Map<string, Entry>} Board
 */

/**
 * @param {readonly {task: string, project: string, platform: string}[]} [tasks]  those that are known already
 * @returns {Board}
 */
export function makeBoard(tasks = []) {
  const board = new Map();
  addTasks(board, tasks);
  return board;
}

/** Takes in tasks that will come; those that are known stay as they are. */
export function addTasks(board, tasks) {
  for (const { task, project, platform } of tasks) {
    if (!board.has(task)) board.set(task, { task, project, platform, phase: 'waiting', detail: '', backend: '', since: 0, durationMs: 0, built: false, failures: [] });
  }
}

/** `vault:cross-aarch64-linux` -> project and platform; undefined for other tasks. */
export function parseTask(task) {
  const [, project, platform] = /^(.+):cross-([^:]+)$/.exec(task) ?? [];
  return platform === undefined ? undefined : { task, project, platform };
}

/**
 * Takes in one event of the plugin.
 * @param {Board} board
 * @param {any} event  see the package's src/build/events.ts
 * @param {number} now
 * @returns {boolean} true when the task came into another phase
 */
export function applyEvent(board, event, now) {
  addTasks(board, [event]);
  const entry = board.get(event.task);
  switch (event.type) {
    case 'planned':
      entry.backend = event.backend;
      return enter(entry, 'planned', event.backend, now);
    case 'preparing':
      return enter(entry, 'preparing', event.what, now, true);
    case 'started':
      entry.built = true;
      return enter(entry, 'building', entry.backend, now);
    case 'progress': {
      // After a wait for a lock, the first progress is the only sign that it is over.
      const changed = enter(entry, 'building', entry.backend, now);
      entry.detail = `${event.done}/${event.total} ${event.current}`.trimEnd();
      return changed;
    }
    case 'finished':
      entry.durationMs = event.durationMs;
      entry.failures = event.failures;
      return enter(entry, event.success ? 'proved' : 'failed', event.success ? '' : event.failures.map(({ code }) => code).join(', '), now);
    default:
      return false;
  }
}

/**
 * Takes in one line that Nx prints: a task that it took from its cache.
 * @returns {Entry | undefined} the task's entry, where the line says that
 */
export function applyNxLine(board, line, now) {
  const [, id = ''] = /\bnx run (\S+)\s+\[[^\]]*(?:cache|existing outputs)[^\]]*\]/.exec(line) ?? [];
  const task = parseTask(id);
  if (!task) return undefined;
  addTasks(board, [task]);
  const entry = board.get(id);
  if (entry.phase !== 'waiting') return undefined;
  enter(entry, 'cached', '', now);
  return entry;
}

/** How many tasks Nx says it will run below the one that was asked for, where the line says that. */
export function tasksInAll(line) {
  const [, count] = /\band (\d+) tasks? (?:it|they) depends? on\b/.exec(line) ?? [];
  return count === undefined ? undefined : Number(count);
}

/** `12 of 24 proved, 3 at work` */
export function summary(board) {
  if (board.size === 0) return 'asking Nx';
  const count = (...phases) => [...board.values()].filter(({ phase }) => phases.includes(phase)).length;
  const failed = count('failed');
  return `${count('proved', 'cached')} of ${board.size} proved${failed ? `, ${failed} failed` : ''}, ${count('preparing', 'building')} at work`;
}

function enter(entry, phase, detail, now, again = false) {
  const changed = entry.phase !== phase || (again && entry.detail !== detail);
  if (entry.phase !== phase) entry.since = now;
  entry.phase = phase;
  entry.detail = detail;
  return changed;
}
