/** What a workspace is configured to build: every crate for every one of its platforms, by the same code as the graph. Pure. */
import { decidingText } from '../cargo/deciding-text.js';
import { parseLock } from '../cargo/lock.js';
import type { CargoWorkspace } from '../cargo/model.js';
import { outsideFolder } from '../cargo/outside-folder.js';
import type { SourceTree } from '../cargo/source-tree.js';
import { surveyRepository, type Repository } from '../cargo/workspace-model.js';
import { NX_JSON, parseNxPluginEntries, selectNxOptions } from '../config/nx-options.js';
import { profileStrip } from '../config/profile-strip.js';
import { resolveCrate } from '../config/resolve.js';
import type { Failure } from '../diagnostics/failure.js';
import { makeClosures, type Digest } from '../graph/closure.js';
import type { BuildRequest } from '../plan/request.js';

export interface Configured {
  readonly requests: readonly BuildRequest[];
  /** What is wrong in manifests and options, each once. */
  readonly failures: readonly Failure[];
  /** The text of every file that decides what cargo makes of the workspace, in one. */
  readonly sources: string;
}

/** @param manifests the repository's Cargo.toml files, relative to its root. */
export function configuredRequests(manifests: readonly string[], tree: SourceTree, digest: Digest): Configured {
  const listed = new Set(manifests);
  const { repository, failures: wrong } = surveyRepository(manifests, tree);
  const failures: Failure[] = [...wrong];
  const nxJson = tree.readText(NX_JSON);
  const nxText = nxJson && 'text' in nxJson ? nxJson.text : '';
  const isListed = parseNxPluginEntries(nxText).length > 0;
  const requests = repository.workspaces.flatMap((workspace) => {
    const closures = closuresOf(repository, workspace, tree, digest);
    const outside = outsideFolder(repository, workspace);
    return workspace.crates.flatMap((crate): readonly BuildRequest[] => {
      const options = selectNxOptions(nxText, crate.manifest);
      if (!listed.has(crate.manifest) || (isListed && !options)) return [];
      const config = resolveCrate(repository, workspace, crate, options);
      if (!config.ok) failures.push(...config.failures);
      const { builds, targetName, outDir } = config.ok ? config.value : { builds: [], targetName: '', outDir: '' };
      return builds.map((build) => ({
        task: `${crate.name}:${targetName}-${build.platform.name}`,
        project: crate.name,
        workspace,
        crate,
        build,
        strip: profileStrip(repository, workspace, build.profile),
        closure: closures(crate)?.packages() ?? [],
        outside,
        outDir,
        overrides: [], lockedPackages: {},
      }));
    });
  });
  return { requests, failures: [...new Map(failures.map((failure) => [JSON.stringify(failure), failure])).values()], sources: decidingText(manifests, repository, tree) };
}

function closuresOf(repository: Repository, workspace: CargoWorkspace, tree: SourceTree, digest: Digest): ReturnType<typeof makeClosures> {
  const read = tree.readText(workspace.lockFile);
  const lock = read && 'text' in read ? parseLock(workspace.lockFile, read.text) : undefined;
  return makeClosures(repository, workspace, lock?.ok ? lock.value : undefined, digest);
}
