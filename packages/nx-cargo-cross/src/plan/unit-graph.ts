/**
 * What cargo would compile, read from `cargo build --unit-graph` and made comparable. Cargo numbers units anew in each graph; here a unit is known by its content, with that of all
 * that it depends on. Source: cargo 1.95, `src/cargo/core/compiler/unit_graph.rs`; the form is unstable, so whatever it holds counts, known here or not.
 */
import { canonicalJson } from '../cargo/canonical.js';

/** One unit, by what tells it apart within one build. */
export interface Unit {
  readonly packageId: string;
  readonly targetName: string;
  readonly targetKinds: readonly string[];
  /** Undefined for what runs on the machine that builds. */
  readonly triple: string | undefined;
  readonly mode: string;
  readonly features: readonly string[];
}

export interface UnitGraph {
  /** A digest per root, sorted: of its content and all below it. */
  readonly roots: readonly string[];
  readonly units: readonly Unit[];
  readonly lto: LtoShape;
}

/**
 * How cargo's choice of object code or bitcode for a library can depend on who else is built: that choice is in no unit graph. `off`: not at all; `plain`: every root is linked, nothing
 * below is both linked and a Rust library, so all libraries are bitcode whoever asks; `mixed`: nobody's guess. Source: cargo 1.95, `src/cargo/core/compiler/lto.rs`.
 */
export type LtoShape = 'off' | 'plain' | 'mixed';

type Json = Readonly<Record<string, unknown>>;

/**
 * Undefined for what is no such graph.
 * @param digest a collision-free digest
 */
export function parseUnitGraph(text: string, digest: (text: string) => string): UnitGraph | undefined {
  const graph = parseObject(text);
  const units = objects(graph?.['units']);
  const roots = numbers(graph?.['roots']);
  if (graph?.['version'] !== 1 || !units || !roots || roots.length === 0) return undefined;
  const known: (string | undefined)[] = [];
  const rootDigests: string[] = [];
  for (const root of roots) {
    const of = digestOf(units, root, known, digest);
    if (of === undefined) return undefined;
    rootDigests.push(of);
  }
  const read = units.flatMap((unit) => readUnit(unit) ?? []);
  if (read.length < units.length) return undefined;
  const rooted = new Set(roots);
  return { roots: [...new Set(rootDigests)].sort(), units: read, lto: ltoShape(units, units.filter((_, index) => rooted.has(index))) };
}

/** Depth first, without recursion: graphs are hundreds of units deep at most, but nobody promises it. Undefined where an index leads nowhere, or in a circle. */
function digestOf(units: readonly Json[], root: number, known: (string | undefined)[], digest: (text: string) => string): string | undefined {
  const open = new Set<number>();
  const stack = [root];
  while (stack.length > 0) {
    const index = stack[stack.length - 1] ?? root;
    const unit = units[index];
    const dependencies = objects(unit?.['dependencies']);
    if (!unit || !dependencies) return undefined;
    const below = numbers(dependencies.map((dependency) => dependency['index']));
    if (!below) return undefined;
    const next = known[index] === undefined ? below.find((one) => known[one] === undefined) : undefined;
    if (next !== undefined) {
      open.add(index);
      if (open.has(next)) return undefined;
      stack.push(next);
      continue;
    }
    stack.pop();
    open.delete(index);
    if (known[index] !== undefined) continue;
    const edges = dependencies.map((dependency, nth) => canonicalJson({ ...dependency, index: known[below[nth] ?? -1] })).sort();
    known[index] = digest(canonicalJson({ ...unit, dependencies: edges }));
  }
  return known[root];
}

function readUnit(unit: Json): Unit | undefined {
  const target = object(unit['target']);
  const { pkg_id: packageId, mode, platform } = unit;
  const targetName = target?.['name'];
  const targetKinds = strings(target?.['kind']);
  const features = strings(unit['features']);
  if (typeof packageId !== 'string' || typeof mode !== 'string' || typeof targetName !== 'string' || !targetKinds || !features) return undefined;
  return {
    packageId,
    targetName,
    targetKinds,
    triple: typeof platform === 'string' ? platform : undefined,
    mode,
    features,
  };
}

/** Crate types that are linked, and can be optimised at link time. */
const LINKED = new Set(['bin', 'cdylib', 'staticlib']);
const LIBRARY = new Set(['lib', 'rlib']);

function ltoShape(units: readonly Json[], roots: readonly Json[]): LtoShape {
  // Cargo does no such thing for the machine that builds.
  const compiled = units.filter((unit) => typeof unit['platform'] === 'string' && unit['mode'] === 'build');
  if (compiled.every((unit) => ['false', 'off'].includes(String(object(unit['profile'])?.['lto'])))) return 'off';
  const typesOf = (unit: Json): readonly string[] => strings(object(unit['target'])?.['crate_types']) ?? [];
  const plain = roots.every((unit) => typesOf(unit).every((type) => LINKED.has(type))) && compiled.every((unit) => typesOf(unit).every((type) => LINKED.has(type)) || typesOf(unit).every((type) => LIBRARY.has(type)));
  return plain ? 'plain' : 'mixed';
}

function parseObject(text: string): Json | undefined {
  try {
    return object(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function object(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function objects(value: unknown): readonly Json[] | undefined {
  return Array.isArray(value) && value.every((item) => object(item) !== undefined) ? (value as readonly Json[]) : undefined;
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

function numbers(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'number') ? value : undefined;
}
