import { describe, expect, it } from 'vitest';
import {
  ambiguousNodes,
  findNode,
  type GraphNode,
  inputsAndOutputs,
  kindLabel,
  neighboursOf,
  nodeAddress,
  searchNodes,
  visibleGraph,
} from './graph.ts';

function node(
  fullName: string,
  kind: GraphNode['kind'] = 'DATA',
  group: GraphNode['group'] = null,
): GraphNode {
  const cut = fullName.lastIndexOf('.');
  return {
    id: `id-${fullName}`,
    name: fullName.slice(cut + 1),
    fullName,
    kind,
    namespace: cut === -1 ? null : fullName.slice(0, cut),
    tags: [],
    datasetType: null,
    filepath: null,
    group,
    problem: null,
    sourcePath: null,
  };
}

const NODES = [
  node('companies'),
  node('params:options', 'PARAMETERS'),
  node('a.train', 'TASK'),
  node('b.train', 'TASK'),
  node('a.metrics', 'DATA', 'METRIC'),
];
const EDGES = [
  { source: 'id-companies', target: 'id-a.train' },
  { source: 'id-params:options', target: 'id-a.train' },
  { source: 'id-a.train', target: 'id-a.metrics' },
];
const GRAPH = { nodes: NODES, edges: EDGES };

it('hides parameters together with their edges', () => {
  const { nodes, edges } = visibleGraph(GRAPH, false);
  expect(nodes.map(({ kind }) => kind)).not.toContain('PARAMETERS');
  expect(edges).toHaveLength(2);
  expect(visibleGraph(GRAPH, true)).toEqual(GRAPH);
});

it('leaves out an edge to a node that is not there', () => {
  const { edges } = visibleGraph({ nodes: NODES.slice(0, 1), edges: EDGES }, true);
  expect(edges).toEqual([]);
});

describe('findNode', () => {
  it('takes an id and a full name', () => {
    expect(findNode(NODES, 'id-companies')?.fullName).toBe('companies');
    expect(findNode(NODES, 'a.metrics')?.id).toBe('id-a.metrics');
  });

  it('finds nothing for a name that has gone', () => {
    expect(findNode(NODES, 'gone')).toBeUndefined();
    expect(findNode(NODES, undefined)).toBeUndefined();
  });
});

it('addresses every node so that it is found again, by name where that is unique', () => {
  const nodes = [...NODES, { ...node('companies', 'TASK'), id: 'id-task' }];
  for (const { id } of nodes) expect(findNode(nodes, nodeAddress(nodes, id))?.id).toBe(id);
  expect(nodeAddress(nodes, 'id-a.metrics')).toBe('a.metrics');
  expect(nodeAddress(nodes, 'id-task')).toBe('id-task');
});

it('joins neighbours in both directions', () => {
  const neighbours = neighboursOf(EDGES);
  expect([...(neighbours.get('id-a.train') ?? [])]).toEqual([
    'id-companies',
    'id-params:options',
    'id-a.metrics',
  ]);
  expect([...(neighbours.get('id-a.metrics') ?? [])]).toEqual(['id-a.train']);
});

it('tells inputs from outputs', () => {
  const { inputs, outputs } = inputsAndOutputs(GRAPH, 'id-a.train');
  expect(inputs.map(({ fullName }) => fullName)).toEqual(['companies', 'params:options']);
  expect(outputs.map(({ fullName }) => fullName)).toEqual(['a.metrics']);
});

it('searches in full names, and puts names that start with the search first', () => {
  expect(searchNodes(NODES, 'm').map(({ fullName }) => fullName)).toEqual([
    'a.metrics',
    'companies',
    'params:options',
  ]);
  expect(searchNodes(NODES, 'train b').map(({ fullName }) => fullName)).toEqual(['b.train']);
});

it('knows which names need their namespace', () => {
  expect([...ambiguousNodes(NODES)]).toEqual(['id-a.train', 'id-b.train']);
});

it.each([
  ['TASK', null, 'Node'],
  ['PARAMETERS', null, 'Parameters'],
  ['DATA', null, 'Dataset'],
  ['DATA', 'METRIC', 'Tracked metrics'],
  ['DATA', 'JSON', 'Tracked JSON'],
  ['DATA', 'PLOT', 'Tracked plot'],
] as const)('calls %s of group %s "%s"', (kind, group, label) => {
  expect(kindLabel({ kind, group, problem: null })).toBe(label);
});

it('says of a dataset that it cannot be used', () => {
  expect(kindLabel({ kind: 'DATA', group: null, problem: 'No credentials.' })).toBe(
    'Dataset that cannot be used',
  );
});
