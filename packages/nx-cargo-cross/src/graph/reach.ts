/**
 * What each node of a directed graph can reach, and a digest of it, for all nodes at once: in a repository with a thousand crates their closures
 * overlap so much that walking each by itself takes half a minute. Circles are allowed; their nodes share one result.
 */

/** A node. */
export interface ReachNode {
  /** All that is to be known of the node itself, as text for the digest. */
  readonly text: string;
  /** The nodes that it leads to, by number. */
  readonly edges: readonly number[];
}

/** What a node reaches. */
export interface Reach {
  /** Equal where everything reachable, and how it hangs together, is equal. */
  readonly digest: string;
  /** Whether the node reaches another, or is it. */
  has(node: number): boolean;
  /** Whether it reaches one of these, or is it. */
  meets(nodes: NodeSet): boolean;
  /** All that it reaches, itself included, of the nodes with a smaller number than this. In their order. */
  below(end: number): readonly number[];
}

/** Nodes by number, a bit for each. */
export type NodeSet = Uint32Array;

/** The set of these nodes. */
export function nodeSet(nodes: readonly number[]): NodeSet {
  const bits = makeBits(nodes.reduce((most, node) => Math.max(most, node + 1), 0));
  for (const node of nodes) setBit(bits, node);
  return bits;
}

/** One reach for several nodes, and those that are reached from others. */
export function joinReaches(nodes: readonly number[], others: readonly Reach[], count: number, digest: string): Reach {
  const bits = makeBits(count);
  for (const node of nodes) setBit(bits, node);
  for (const { below } of others) for (const node of below(count)) setBit(bits, node);
  return makeReach(bits, digest);
}

/** The reach of every node, by number. Tarjan's algorithm gives the strongly connected components, each after all that it leads to. */
export function makeReaches(nodes: readonly ReachNode[], digest: (text: string) => string): readonly Reach[] {
  const reaches: (Made | undefined)[] = nodes.map(() => undefined);
  for (const component of components(nodes)) {
    const members = new Set(component);
    const bits = makeBits(nodes.length);
    const below = new Set<string>();
    const texts: string[] = [];
    for (const member of component) {
      setBit(bits, member);
      texts.push(nodes[member]?.text ?? '');
      for (const next of nodes[member]?.edges ?? []) {
        const reached = members.has(next) ? undefined : reaches[next];
        if (!reached || below.has(reached.reach.digest)) continue;
        below.add(reached.reach.digest);
        for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) | (reached.bits[word] ?? 0);
      }
    }
    const made: Made = { bits, reach: makeReach(bits, digest(JSON.stringify([texts.sort(), [...below].sort()]))) };
    for (const member of component) reaches[member] = made;
  }
  return reaches.flatMap((made) => made?.reach ?? []);
}

interface Made {
  readonly bits: NodeSet;
  readonly reach: Reach;
}

function makeReach(bits: NodeSet, digest: string): Reach {
  return {
    digest,
    has: (node) => ((bits[node >>> 5] ?? 0) & (1 << (node & 31))) !== 0,
    meets: (nodes) => bits.some((word, index) => (word & (nodes[index] ?? 0)) !== 0),
    below: (end) => setBits(bits, end),
  };
}

interface Visit {
  readonly node: number;
  nextEdge: number;
}

/** Strongly connected components, dependencies first. Without recursion: a chain of packages may be longer than the stack is deep. */
function components(nodes: readonly ReachNode[]): readonly (readonly number[])[] {
  const order: number[] = nodes.map(() => -1);
  const low: number[] = nodes.map(() => -1);
  const open = new Set<number>();
  const stack: number[] = [];
  const found: number[][] = [];
  let count = 0;
  const enter = (node: number): Visit => {
    order[node] = low[node] = count++;
    stack.push(node);
    open.add(node);
    return { node, nextEdge: 0 };
  };
  const lower = (node: number, to: number): void => {
    low[node] = Math.min(low[node] ?? to, to);
  };
  for (let start = 0; start < nodes.length; start++) {
    if (order[start] !== -1) continue;
    const visits = [enter(start)];
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const { node } = visit;
      const next = nodes[node]?.edges[visit.nextEdge++];
      if (next !== undefined) {
        if (order[next] === -1) visits.push(enter(next));
        else if (open.has(next)) lower(node, order[next] ?? 0);
        continue;
      }
      visits.pop();
      const parent = visits.at(-1);
      if (parent) lower(parent.node, low[node] ?? 0);
      if (low[node] !== order[node]) continue;
      const component: number[] = [];
      for (let member = stack.pop(); member !== undefined; member = member === node ? undefined : stack.pop()) {
        open.delete(member);
        component.push(member);
      }
      found.push(component);
    }
  }
  return found;
}

function makeBits(count: number): NodeSet {
  return new Uint32Array((count + 31) >>> 5);
}

function setBit(bits: NodeSet, index: number): void {
  bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31));
}

/** By words, most of which are empty in a large repository. */
function setBits(bits: NodeSet, end: number): readonly number[] {
  const found: number[] = [];
  for (let index = 0; index < bits.length && index << 5 < end; index++) {
    for (let word = bits[index] ?? 0; word !== 0; word &= word - 1) {
      const node = (index << 5) + 31 - Math.clz32(word & -word);
      if (node < end) found.push(node);
    }
  }
  return found;
}
