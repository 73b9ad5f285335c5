/** What Nx knows of a task's key: the inputs of its target as they are after all plugins, project.json and defaults, and the projects that they speak of. */
import type { ExecutorContext } from '@nx/devkit';
import { readKey, type KeyContents } from '../graph/key-contents.js';

/** Undefined for a task whose result Nx does not keep: nothing is claimed of it. */
export function taskKey(context: ExecutorContext, project: string, targetName: string): KeyContents | undefined {
  const { projects } = context.projectsConfigurations;
  const target = projects[project]?.targets?.[targetName];
  if (target?.cache !== true) return undefined;
  const { dependencies } = context.projectGraph;
  return readKey({
    inputs: target.inputs ?? ['default', '^default'],
    project,
    projects,
    namedInputs: context.nxJsonConfiguration.namedInputs ?? {},
    dependenciesOf: (name) => (dependencies[name] ?? []).flatMap(({ target: other }) => (projects[other] ? [other] : [])),
  });
}
