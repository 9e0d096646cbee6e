import { Skeleton } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { JsonTree } from '../components/JsonTree.tsx';
import { useChanges } from '../data/changes.ts';
import { parseJson } from '../formatting/exactJson.ts';
import { formatExactTime } from '../formatting/time.ts';
import { Plot } from '../plots/Plot.tsx';
import { nameOfRun } from '../runs/runNames.ts';
import { LatestTrackedQuery } from './flowchartQueries.ts';
import classes from './NodePanel.module.css';
import { Section } from './Section.tsx';

/** So many of the newest runs are looked through. */
const LOOKED_THROUGH = 20;

export type LatestTrackedProps = { dataset: string; group: 'JSON' | 'PLOT' };

/** What the latest run saved in a tracked dataset: its data or its plots, and a link to that run. */
export function LatestTracked({ dataset, group }: LatestTrackedProps) {
  const navigate = useNavigate();
  const [{ data, error, fetching }, refetch] = useQuery({
    query: LatestTrackedQuery,
    variables: { first: LOOKED_THROUGH, json: group === 'JSON', plots: group === 'PLOT' },
  });
  useChanges(['RUNS'], () => refetch({ requestPolicy: 'network-only' }));
  if (data === undefined) {
    if (error) return <p className={classes.note}>The runs could not be loaded: {error.message}</p>;
    return fetching ? <Skeleton height={160} radius="md" /> : null;
  }
  for (const { node: run } of data.runs.edges) {
    const json = run.trackedJson?.find((tracked) => tracked.dataset === dataset);
    const plots = run.plots?.filter((plot) => plot.dataset === dataset) ?? [];
    if (json === undefined && plots.length === 0) continue;
    return (
      <Section title="Latest">
        <Link
          to="/experiment-tracking/runs/$runId"
          params={{ runId: run.id }}
          search={group === 'PLOT' ? { view: 'plots' } : {}}
          className={classes.run}
          title={run.startedAt ? formatExactTime(run.startedAt) : run.id}
        >
          {nameOfRun(run)}
        </Link>
        {json?.problem && <p className={classes.note}>{json.problem}</p>}
        {json && (!json.problem || json.json != null) && (
          <JsonTree value={json.json == null ? null : parseJson(json.json)} />
        )}
        {plots.map((plot) => (
          <div key={plot.name} className={classes.plot}>
            <Plot
              plot={plot}
              title={`${dataset} of ${nameOfRun(run)}`}
              room="tile"
              onExpand={() =>
                navigate({
                  to: '/experiment-tracking/runs/$runId',
                  params: { runId: run.id },
                  search: { view: 'plots', plot: `${plot.dataset}/${plot.name}@${run.id}` },
                })
              }
            />
          </div>
        ))}
      </Section>
    );
  }
  return (
    <p className={classes.note}>
      {data.runs.edges.length < LOOKED_THROUGH
        ? 'No run has saved this dataset yet.'
        : `None of the last ${LOOKED_THROUGH} runs has saved this dataset.`}
    </p>
  );
}
