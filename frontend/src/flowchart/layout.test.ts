import ELK from 'elkjs/lib/elk.bundled.js';
import { describe, expect, it } from 'vitest';
import type { Graph } from './graph.ts';
import { edgeId, fromElkGraph, roundedPath, toElkGraph } from './layout.ts';

function chain(length: number): Graph {
  const nodes = Array.from({ length }, (_, i) => ({
    id: `n${i}`,
    name: `node_${'x'.repeat(i % 30)}`,
    fullName: `node_${i}`,
    kind: i % 2 === 0 ? ('DATA' as const) : ('TASK' as const),
    namespace: null,
    tags: [],
    datasetType: null,
    filepath: null,
    group: null,
    problem: null,
    sourcePath: null,
  }));
  const edges = nodes.slice(1).map(({ id }, i) => ({ source: `n${i}`, target: id }));
  // Branches, so that layers have more than one node.
  for (let i = 0; i + 7 < length; i += 3) edges.push({ source: `n${i}`, target: `n${i + 7}` });
  return { nodes, edges };
}

const measure = (text: string): number => text.length * 7;

describe('a layout by ELK', () => {
  it('places every node and edge, from top to bottom and without overlap', async () => {
    const graph = chain(60);
    const layout = fromElkGraph(await new ELK().layout(toElkGraph(graph, measure)));
    expect(layout.nodes.size).toBe(60);
    for (const { source, target } of graph.edges) {
      const from = layout.nodes.get(source);
      const to = layout.nodes.get(target);
      const corners = layout.edges.get(edgeId(source, target));
      if (!from || !to || !corners) throw new Error(`${source} → ${target} has no place.`);
      expect(from.y + from.height).toBeLessThan(to.y);
      expect(corners[0]?.y).toBeCloseTo(from.y + from.height);
      expect(corners.at(-1)?.y).toBeCloseTo(to.y);
    }
    const places = [...layout.nodes.values()];
    for (const [i, a] of places.entries()) {
      for (const b of places.slice(i + 1)) {
        const apart =
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart).toBe(true);
      }
    }
  });
});

describe('toElkGraph', () => {
  it('gives a long name more room, up to a limit', () => {
    const widths = toElkGraph(chain(30), measure).children?.map(({ width = 0 }) => width) ?? [];
    expect(widths[25]).toBeGreaterThan(widths[3] ?? 0);
    expect(Math.max(...widths)).toBeLessThanOrEqual(280);
  });

  it('makes nodes of the same name taller, for their namespace', () => {
    const { nodes } = chain(2);
    const twins = nodes.map((node, i) => ({ ...node, name: 'train', namespace: `model_${i}` }));
    const height = (graph: Graph) => toElkGraph(graph, measure).children?.[0]?.height ?? 0;
    expect(height({ nodes: twins, edges: [] })).toBeGreaterThan(height({ nodes, edges: [] }));
  });
});

describe('roundedPath', () => {
  it('rounds corners, by no more than half of a side', () => {
    const path = roundedPath(
      [
        { x: 0, y: 0 },
        { x: 0, y: 10 },
        { x: 100, y: 10 },
      ],
      20,
    );
    expect(path).toBe('M0,0L0,5Q0,10 20,10L100,10');
  });

  it('draws nothing without points, and a line between two', () => {
    expect(roundedPath([], 5)).toBe('');
    expect(
      roundedPath(
        [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
        ],
        5,
      ),
    ).toBe('M1,2L3,4');
  });
});
