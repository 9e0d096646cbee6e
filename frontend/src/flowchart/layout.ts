import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api';
import { ambiguousNodes, type Graph } from './graph.ts';

export type Point = { x: number; y: number };

/** Where everything stands, in pixels from the upper left corner. */
export type Layout = {
  nodes: ReadonlyMap<string, Point & { width: number; height: number }>;
  /** The corners of each edge from source to target, by `edgeId`. */
  edges: ReadonlyMap<string, Point[]>;
};

/** Height of a node, and of one that has its namespace in a second line. */
const NODE_HEIGHT = 36;
const TALL_NODE_HEIGHT = 48;
const NARROWEST = 92;
const WIDEST = 280;
/** Icon, gaps and padding of a node beside its name. */
const AROUND_NAME = 62;

const OPTIONS: Record<string, string> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.mergeEdges': 'true',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.spacing.nodeNodeBetweenLayers': '44',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '20',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.componentComponent': '48',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
};

/** Names an edge; a flowchart has at most one from a node to another. */
export function edgeId(source: string, target: string): string {
  return `${source}→${target}`;
}

/**
 * The graph as ELK takes it.
 *
 * @param measure the width of a text in pixels
 */
export function toElkGraph({ nodes, edges }: Graph, measure: (text: string) => number): ElkNode {
  const ambiguous = ambiguousNodes(nodes);
  return {
    id: 'flowchart',
    layoutOptions: OPTIONS,
    children: nodes.map((node) => {
      const tall = ambiguous.has(node.id);
      return {
        id: node.id,
        width: nodeWidth(tall ? [node.name, node.namespace ?? ''] : [node.name], measure),
        height: tall ? TALL_NODE_HEIGHT : NODE_HEIGHT,
      };
    }),
    edges: edges.map(({ source, target }) => ({
      id: edgeId(source, target),
      sources: [source],
      targets: [target],
    })),
  };
}

function nodeWidth(lines: readonly string[], measure: (text: string) => number): number {
  const text = Math.max(...lines.map(measure));
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, text + AROUND_NAME)));
}

/** Reads ELK's answer. */
export function fromElkGraph(graph: ElkNode): Layout {
  return {
    nodes: new Map(
      (graph.children ?? []).map(({ id, x = 0, y = 0, width = 0, height = 0 }) => [
        id,
        { x, y, width, height },
      ]),
    ),
    edges: new Map((graph.edges ?? []).map((edge) => [edge.id, corners(edge)])),
  };
}

function corners({ sections = [] }: ElkExtendedEdge): Point[] {
  return sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
}

/** An SVG path through corners that are rounded off. */
export function roundedPath(points: readonly Point[], radius: number): string {
  const [start] = points;
  if (start === undefined) return '';
  let path = `M${start.x},${start.y}`;
  for (let i = 1; i < points.length; i += 1) {
    const before = points[i - 1];
    const corner = points[i];
    const after = points[i + 1];
    if (before === undefined || corner === undefined) continue;
    if (after === undefined) {
      path += `L${corner.x},${corner.y}`;
      continue;
    }
    const from = towards(corner, before, radius);
    const to = towards(corner, after, radius);
    path += `L${from.x},${from.y}Q${corner.x},${corner.y} ${to.x},${to.y}`;
  }
  return path;
}

/** The point `radius` away from a corner in the direction of another one, at most half of the way. */
function towards(corner: Point, other: Point, radius: number): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y);
  if (length === 0) return corner;
  const share = Math.min(radius, length / 2) / length;
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share };
}
