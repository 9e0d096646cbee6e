import { ActionIcon, Badge, Skeleton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from 'urql';
import { BreakableName } from '../components/BreakableName.tsx';
import { JsonTree } from '../components/JsonTree.tsx';
import { useChanges } from '../data/changes.ts';
import { NodeDetailsQuery } from './flowchartQueries.ts';
import { type Graph, type GraphNode, inputsAndOutputs, kindLabel } from './graph.ts';
import { LatestTracked } from './LatestTracked.tsx';
import { MetricHistory } from './MetricHistory.tsx';
import { NodeIcon } from './NodeIcon.tsx';
import classes from './NodePanel.module.css';
import { PythonCode } from './PythonCode.tsx';
import { Section } from './Section.tsx';

export type NodePanelProps = {
  node: GraphNode;
  graph: Graph;
  pipeline: string | undefined;
  onSelect: (id: string) => void;
  onClose: () => void;
};

/** What is known of a node; of a tracked dataset also its latest values. */
export function NodePanel({ node, graph, pipeline, onSelect, onClose }: NodePanelProps) {
  const [{ data, fetching }, refetch] = useQuery({ query: NodeDetailsQuery, variables: { pipeline } });
  useChanges(['FLOWCHART'], () => refetch({ requestPolicy: 'network-only' }));
  const details = data?.flowchart.nodes.find(({ id }) => id === node.id);
  const { inputs, outputs } = inputsAndOutputs(graph, node.id);
  return (
    <aside className={classes.panel} aria-label={`Details of ${node.fullName}`}>
      <header className={classes.head}>
        <span
          className={classes.icon}
          data-kind={node.kind}
          data-tracked={node.group ?? undefined}
          data-problem={node.problem ? true : undefined}
        >
          <NodeIcon node={node} size={18} />
        </span>
        <div className={classes.heading}>
          <span className={classes.kind}>{kindLabel(node)}</span>
          <h2 className={classes.title}>
            <BreakableName name={node.name} />
          </h2>
        </div>
        <ActionIcon aria-label="Close the details" onClick={onClose}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </header>
      <div className={classes.body}>
        {node.problem && (
          <div className={classes.problem} role="alert">
            <h3>The catalog entry of this dataset cannot be used</h3>
            <p>{node.problem}</p>
          </div>
        )}
        {node.group === 'METRIC' && <MetricHistory dataset={node.fullName} />}
        {(node.group === 'JSON' || node.group === 'PLOT') && (
          <LatestTracked dataset={node.fullName} group={node.group} />
        )}
        <dl className={classes.facts}>
          {node.fullName !== node.name && <Fact label="Name in Kedro" value={node.fullName} code />}
          {node.namespace && <Fact label="Namespace" value={node.namespace} code />}
          {node.datasetType && <Fact label="Type" value={node.datasetType} code />}
          {(node.filepath ?? node.sourcePath) && (
            <Fact label="File" value={node.filepath ?? node.sourcePath ?? ''} code />
          )}
          {node.tags.length > 0 && (
            <div>
              <dt>Tags</dt>
              <dd className={classes.tags}>
                {node.tags.map((tag) => (
                  <Badge key={tag} variant="default" size="sm" radius="sm" tt="none">
                    {tag}
                  </Badge>
                ))}
              </dd>
            </div>
          )}
        </dl>
        <NodeList title="Inputs" nodes={inputs} onSelect={onSelect} />
        <NodeList title="Outputs" nodes={outputs} onSelect={onSelect} />
        {data === undefined && fetching && <Skeleton height={80} radius="md" />}
        {details && hasContent(details.parameters) && (
          <Section title={node.kind === 'PARAMETERS' ? 'Value' : 'Parameters'}>
            <JsonTree value={details.parameters ?? null} />
          </Section>
        )}
        {details?.code && (
          <Section title="Code">
            <PythonCode code={details.code} label={`Code of ${node.fullName}`} />
          </Section>
        )}
      </div>
    </aside>
  );
}

function hasContent(parameters: unknown): boolean {
  if (parameters === null || parameters === undefined) return false;
  return typeof parameters !== 'object' || Object.keys(parameters).length > 0;
}

function Fact({ label, value, code }: { label: string; value: string; code?: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {code ? (
          <code>
            <BreakableName name={value} />
          </code>
        ) : (
          value
        )}
      </dd>
    </div>
  );
}

type NodeListProps = { title: string; nodes: readonly GraphNode[]; onSelect: (id: string) => void };

function NodeList({ title, nodes, onSelect }: NodeListProps) {
  if (nodes.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={classes.nodes}>
        {nodes.map((node) => (
          <li key={node.id}>
            <button type="button" onClick={() => onSelect(node.id)} title={node.fullName}>
              <NodeIcon node={node} size={14} />
              <span>{node.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
