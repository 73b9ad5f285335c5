/** The tasks that are in both lists. */
export const both = (tasks, others) => tasks.filter((task) => others.includes(task));
