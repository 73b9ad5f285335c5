/** A task's platform is its target's. */
import type { ExecutorContext } from '@nx/devkit';
import type { OtherPlatform } from '../diagnostics/run-failure.js';

/** Refuses a platform that is not the target's. */
export function otherPlatform({ projectsConfigurations }: Pick<ExecutorContext, 'projectsConfigurations'>, { id, project, options }: { readonly id: string; readonly project: string; readonly options: { readonly platform: string } }): OtherPlatform | undefined {
  // `project:target:configuration`.
  const [name = '', configuration = ''] = id.slice(project.length + 1).split(':');
  const targets = projectsConfigurations.projects[project]?.targets ?? {};
  const target = targets[name];
  const written = platformOf(target?.configurations?.[configuration]) ?? platformOf(target?.options);
  if (written === undefined || written === options.platform) return undefined;
  const own = Object.keys(targets).find((other) => targets[other]?.executor === target?.executor && platformOf(targets[other]?.options) === options.platform);
  return { code: 'other-platform', task: id, platform: written, asked: options.platform, own: own === undefined ? undefined : `${project}:${own}` };
}

function platformOf(options: unknown): string | undefined {
  const { platform } = Object(options) as { readonly platform?: unknown };
  return typeof platform === 'string' ? platform : undefined;
}
