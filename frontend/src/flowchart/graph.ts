import type { FlowchartQuery } from '../data/generated/graphql.ts';

export type Flowchart = FlowchartQuery['flowchart'];
export type GraphNode = Flowchart['nodes'][number];
export type GraphEdge = Flowchart['edges'][number];
export type Graph = { nodes: GraphNode[]; edges: GraphEdge[] };

/** The part of a flowchart that is drawn. Edges to what is not drawn are left out. */
export function visibleGraph({ nodes, edges }: Graph, withParameters: boolean): Graph {
  const drawn = withParameters ? nodes : nodes.filter(({ kind }) => kind !== 'PARAMETERS');
  const ids = new Set(drawn.map(({ id }) => id));
  return { nodes: drawn, edges: edges.filter(({ source, target }) => ids.has(source) && ids.has(target)) };
}

/** Finds a node by its id or its name in Kedro; ids win. */
export function findNode(nodes: readonly GraphNode[], wanted: string | undefined): GraphNode | undefined {
  if (wanted === undefined) return undefined;
  return nodes.find(({ id }) => id === wanted) ?? nodes.find(({ fullName }) => fullName === wanted);
}

/** How a node stands in an address: by its name in Kedro, which people can read, or its id where that is not unique. */
export function nodeAddress(nodes: readonly GraphNode[], id: string): string {
  const name = nodes.find((node) => node.id === id)?.fullName;
  return name !== undefined && findNode(nodes, name)?.id === id ? name : id;
}

/** Ids of the nodes that an edge joins to each node. */
export function neighboursOf(edges: readonly GraphEdge[]): ReadonlyMap<string, ReadonlySet<string>> {
  const neighbours = new Map<string, Set<string>>();
  const join = (from: string, to: string): void => {
    const known = neighbours.get(from);
    if (known) known.add(to);
    else neighbours.set(from, new Set([to]));
  };
  for (const { source, target } of edges) {
    join(source, target);
    join(target, source);
  }
  return neighbours;
}

/** The nodes that lead into a node, and those that it leads to. */
export function inputsAndOutputs(graph: Graph, id: string): { inputs: GraphNode[]; outputs: GraphNode[] } {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const pick = (ids: string[]): GraphNode[] =>
    ids.flatMap((other) => {
      const node = byId.get(other);
      return node ? [node] : [];
    });
  return {
    inputs: pick(graph.edges.filter(({ target }) => target === id).map(({ source }) => source)),
    outputs: pick(graph.edges.filter(({ source }) => source === id).map(({ target }) => target)),
  };
}

/** Nodes whose name holds every word of a search; those whose own name starts with it come first. */
export function searchNodes(nodes: readonly GraphNode[], search: string): GraphNode[] {
  const text = search.trim().toLowerCase();
  const words = text.split(/\s+/).filter(Boolean);
  const found = nodes.filter(({ name, fullName }) => {
    const names = `${name} ${fullName}`.toLowerCase();
    return words.every((word) => names.includes(word));
  });
  const starts = ({ name, fullName }: GraphNode): boolean =>
    name.toLowerCase().startsWith(text) || fullName.toLowerCase().startsWith(text);
  return [...found.filter(starts), ...found.filter((node) => !starts(node))];
}

/** What a node is, in one word or two. */
export function kindLabel({ kind, group, problem }: Pick<GraphNode, 'kind' | 'group' | 'problem'>): string {
  if (problem) return 'Dataset that cannot be used';
  if (kind === 'TASK') return 'Node';
  if (kind === 'PARAMETERS') return 'Parameters';
  switch (group) {
    case 'METRIC':
      return 'Tracked metrics';
    case 'JSON':
      return 'Tracked JSON';
    case 'PLOT':
      return 'Tracked plot';
    default:
      return 'Dataset';
  }
}

/** Ids of nodes whose name another node has, too: these need their namespace to be told apart. */
export function ambiguousNodes(nodes: readonly GraphNode[]): ReadonlySet<string> {
  const names = new Map<string, number>();
  for (const { name } of nodes) names.set(name, (names.get(name) ?? 0) + 1);
  return new Set(
    nodes.filter(({ name, namespace }) => namespace && (names.get(name) ?? 0) > 1).map(({ id }) => id),
  );
}
