import { Button, Checkbox, Loader, Select } from '@mantine/core';
import { IconAlertTriangle, IconFlask2, IconHierarchy2 } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { ButtonLink } from '../components/ButtonLink.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import { useChanges } from '../data/changes.ts';
import { countOf } from '../formatting/numbers.ts';
import classes from './FlowchartPage.module.css';
import { FlowchartQuery } from './flowchartQueries.ts';
import { type Flowchart, findNode, type Graph, nodeAddress, visibleGraph } from './graph.ts';
import { ImportProblem } from './ImportProblem.tsx';
import { NodePanel } from './NodePanel.tsx';
import { NodeSearch } from './NodeSearch.tsx';
import { prepareLayout, useLayout } from './useLayout.ts';

const FlowchartCanvas = lazy(async () => ({
  default: (await import('./FlowchartCanvas.tsx')).FlowchartCanvas,
}));

export type FlowchartSearch = { pipeline?: string; node?: string };

export type FlowchartPageProps = {
  search: FlowchartSearch;
  /** With `replace`, the way back does not lead to the address before. */
  onSearchChange: (search: FlowchartSearch, replace?: boolean) => void;
};

/** In so many other pipelines a node is looked for. */
const PIPELINES_SEARCHED = 20;

/** The registered pipelines as a flowchart. */
export default function FlowchartPage({ search, onSearchChange }: FlowchartPageProps) {
  const [{ data, error, fetching, stale }, refetch] = useQuery({
    query: FlowchartQuery,
    variables: { pipeline: search.pipeline },
  });
  const retry = (): void => refetch({ requestPolicy: 'network-only' });
  useChanges(['FLOWCHART'], retry);
  useEffect(prepareLayout, []);
  const flowchart = data?.flowchart;

  if (flowchart === undefined) {
    if (error === undefined) return <Importing />;
    return (
      <StateMessage
        icon={IconAlertTriangle}
        tone="danger"
        title="The flowchart could not be loaded"
        actions={<Button onClick={retry}>Try again</Button>}
      >
        {error.message}
      </StateMessage>
    );
  }
  if (flowchart.nodes.length === 0) {
    if (flowchart.state === 'LOADING') return <Importing />;
    if (flowchart.state === 'FAILED' && flowchart.error)
      return <ImportProblem error={flowchart.error} whole />;
  }
  return (
    <Drawn
      flowchart={flowchart}
      settled={!fetching && !stale && flowchart.state !== 'LOADING'}
      search={search}
      onSearchChange={onSearchChange}
    />
  );
}

type DrawnProps = FlowchartPageProps & {
  flowchart: Flowchart;
  /** Whether the flowchart is the one that was asked for, and no other is on its way. */
  settled: boolean;
};

function Drawn({ flowchart, settled, search, onSearchChange }: DrawnProps) {
  const [withParameters, setWithParameters] = useState(true);
  const wanted = findNode(flowchart.nodes, search.node);
  // A node that somebody asked for is shown, whatever is hidden.
  const parametersShown = withParameters || wanted?.kind === 'PARAMETERS';
  const graph = useMemo(() => visibleGraph(flowchart, parametersShown), [flowchart, parametersShown]);
  const result = useLayout(graph);
  const select = (id: string | undefined): void =>
    onSearchChange({ ...search, node: id && nodeAddress(flowchart.nodes, id) });
  const pipeline = flowchart.selectedPipeline ?? undefined;
  const lookFor = settled && wanted === undefined ? search.node : undefined;
  const missing = useOtherPipeline(flowchart, lookFor, (other) =>
    onSearchChange({ ...search, pipeline: other }, true),
  );

  useEffect(() => {
    if (search.node === undefined) return;
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) onSearchChange({ ...search, node: undefined });
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, [search, onSearchChange]);

  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">Pipeline</h1>
      <header className={classes.toolbar}>
        <Select
          className={classes.pipelines}
          size="xs"
          aria-label="Registered pipeline"
          leftSection={<IconHierarchy2 size={14} aria-hidden />}
          data={flowchart.pipelines.map(({ id, name }) => ({ value: id, label: name }))}
          value={pipeline ?? null}
          onChange={(chosen) => chosen && onSearchChange({ pipeline: chosen, node: undefined })}
          allowDeselect={false}
          searchable={flowchart.pipelines.length > 8}
          maxDropdownHeight={400}
          comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
        />
        <NodeSearch nodes={flowchart.nodes} onSelect={select} />
        <Checkbox
          label="Parameters"
          checked={parametersShown}
          onChange={(event) => {
            setWithParameters(event.currentTarget.checked);
            if (wanted?.kind === 'PARAMETERS') select(undefined);
          }}
        />
        <span className={classes.count} role="status">
          {flowchart.state === 'LOADING' ? (
            <>
              <Loader size={12} aria-hidden /> Importing again…
            </>
          ) : (
            countOf(graph.nodes.length, 'node')
          )}
        </span>
      </header>
      {flowchart.state === 'FAILED' && flowchart.error && <ImportProblem error={flowchart.error} />}
      {missing && (
        <p className={classes.missing} role="status">
          {missing}
        </p>
      )}
      <div className={classes.content} data-panel={wanted !== undefined || undefined}>
        <div className={classes.picture}>
          <Picture
            graph={graph}
            result={result}
            selected={wanted?.id}
            onSelect={(id) => select(id ?? undefined)}
          />
        </div>
        {wanted && (
          <NodePanel
            key={wanted.id}
            node={wanted}
            graph={flowchart}
            pipeline={pipeline}
            onSelect={select}
            onClose={() => select(undefined)}
          />
        )}
      </div>
    </div>
  );
}

/** Looks for a node in the other registered pipelines, the default one first; returns what to say if none has it. */
function useOtherPipeline(
  flowchart: Flowchart,
  node: string | undefined,
  onFound: (pipeline: string) => void,
): string | undefined {
  const client = useClient();
  const [missing, setMissing] = useState<{ node: string; text: string }>();
  const found = useEffectEvent(onFound);
  const { pipelines, selectedPipeline } = flowchart;

  useEffect(() => {
    if (node === undefined) return;
    let stopped = false;
    const look = async (): Promise<void> => {
      const others = pipelines
        .map(({ id }) => id)
        .filter((id) => id !== selectedPipeline)
        .toSorted((one, other) => Number(other === '__default__') - Number(one === '__default__'));
      for (const pipeline of others.slice(0, PIPELINES_SEARCHED)) {
        const { data } = await client.query(FlowchartQuery, { pipeline }).toPromise();
        // Without an answer nothing can be said.
        if (stopped || data === undefined) return;
        if (findNode(data.flowchart.nodes, node)) {
          found(pipeline);
          return;
        }
      }
      const text =
        others.length > PIPELINES_SEARCHED
          ? `${node} is not in the first ${PIPELINES_SEARCHED + 1} registered pipelines. Choose its pipeline above.`
          : `${node} is in no registered pipeline.`;
      setMissing({ node, text });
    };
    void look();
    return () => {
      stopped = true;
    };
  }, [client, node, pipelines, selectedPipeline]);

  return missing?.node === node ? missing?.text : undefined;
}

type PictureProps = {
  graph: Graph;
  result: ReturnType<typeof useLayout>;
  selected: string | undefined;
  onSelect: (id: string | null) => void;
};

function Picture({ graph, result, selected, onSelect }: PictureProps) {
  if (graph.nodes.length === 0) {
    return (
      <StateMessage icon={IconHierarchy2} title="This pipeline is empty">
        It has no nodes. Add some in <code>pipeline.py</code>, or choose another pipeline above.
      </StateMessage>
    );
  }
  if (result?.problem !== undefined) {
    return (
      <StateMessage icon={IconAlertTriangle} tone="danger" title="The flowchart could not be laid out">
        {result.problem}
      </StateMessage>
    );
  }
  const waiting = <Waiting text={`Laying out ${countOf(graph.nodes.length, 'node')}…`} />;
  if (result?.layout === undefined) return waiting;
  return (
    <Suspense fallback={waiting}>
      <FlowchartCanvas graph={result.graph} layout={result.layout} selected={selected} onSelect={onSelect} />
    </Suspense>
  );
}

function Waiting({ text }: { text: string }) {
  return (
    <div className={classes.waiting} role="status">
      <Loader size="sm" aria-hidden />
      <span>{text}</span>
    </div>
  );
}

function Importing() {
  return (
    <div className={classes.importing} role="status">
      <div className={classes.sketch} aria-hidden>
        <span />
        <span />
        <span />
        <span />
        <span />
      </div>
      <h1>Importing your pipelines…</h1>
      <p>The flowchart appears as soon as they are there. Your experiments are ready already.</p>
      <ButtonLink to="/experiment-tracking" search={{}} leftSection={<IconFlask2 size={14} aria-hidden />}>
        Go to the experiments
      </ButtonLink>
    </div>
  );
}
