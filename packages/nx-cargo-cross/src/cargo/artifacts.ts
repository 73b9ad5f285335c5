/**
 * What can be shipped from a package: its bins, and its library where that is a cdylib or staticlib.
 * Source of the rules: cargo's reference, "Target auto-discovery", and `cargo/util/toml/targets.rs` of cargo 1.95.
 */
import type { CrateArtifact } from './model.js';
import type { InheritedPackage } from './inherit.js';
import type { Manifest } from './manifest.js';
import { compareText } from './order.js';
import { fileIn, joinPath } from './paths.js';
import type { SourceTree } from './source-tree.js';
import { tableAt } from './toml.js';

/** A program's source, as cargo finds it without being told. */
interface FoundBin {
  readonly name: string;
  readonly path: string;
}

/** The artifacts of a package: libraries first, then bins by name. */
export function makeArtifacts(manifest: Manifest, inherited: InheritedPackage, tree: SourceTree): readonly CrateArtifact[] {
  // Programs of cargo-fuzz link only with a fuzzer's runtime and a nightly compiler: nothing that anybody ships.
  if (tableAt(manifest.table, ['package', 'metadata'])['cargo-fuzz'] === true) return [];
  return [...libArtifacts(manifest), ...binArtifacts(manifest, inherited.edition, tree)];
}

function libArtifacts(manifest: Manifest): readonly CrateArtifact[] {
  const { lib } = manifest;
  if (!lib || lib.procMacro) return [];
  const name = lib.name ?? (manifest.package?.name ?? '').replaceAll('-', '_');
  return (['cdylib', 'staticlib'] as const).filter((kind) => lib.crateTypes?.includes(kind)).map((kind) => ({ kind, name, requiredFeatures: [] }));
}

function binArtifacts(manifest: Manifest, edition: string, tree: SourceTree): readonly CrateArtifact[] {
  const written = manifest.bins ?? [];
  const names = new Set(written.map((bin) => bin.name));
  const paths = new Set(written.map((bin) => (bin.path === undefined ? undefined : joinPath(manifest.root, bin.path))));
  const found = autodiscovers(manifest, edition) ? findBins(manifest, tree).filter((bin) => !names.has(bin.name) && !paths.has(bin.path)) : [];
  return [...written, ...found.map((bin) => ({ name: bin.name, requiredFeatures: [] }))]
    .map(({ name, requiredFeatures }): CrateArtifact => ({ kind: 'bin', name, requiredFeatures }))
    .sort((a, b) => compareText(a.name, b.name));
}

/** In the 2015 edition a `[[bin]]` switches the search off, unless `autobins = true` asks for it. */
function autodiscovers(manifest: Manifest, edition: string): boolean {
  return manifest.package?.autobins ?? (edition !== '2015' || manifest.bins === undefined);
}

function findBins(manifest: Manifest, tree: SourceTree): readonly FoundBin[] {
  const source = fileIn(manifest.root, 'src');
  const main = fileIn(source, 'main.rs');
  const folder = fileIn(source, 'bin');
  const inFolder = tree.list(folder).flatMap((entry): FoundBin[] => {
    const [file, nested] = [fileIn(folder, entry), fileIn(fileIn(folder, entry), 'main.rs')];
    if (entry.endsWith('.rs') && tree.isFile(file)) return [{ name: entry.slice(0, -'.rs'.length), path: file }];
    return tree.isFile(nested) ? [{ name: entry, path: nested }] : [];
  });
  return [...(tree.isFile(main) ? [{ name: manifest.package?.name ?? '', path: main }] : []), ...inFolder];
}
