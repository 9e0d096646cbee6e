import { Button, Code, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconChartLine } from '@tabler/icons-react';
import { Suspense, useMemo } from 'react';
import { useQuery } from 'urql';
import { CodeBlock } from '../components/CodeBlock.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import { useChanges } from '../data/changes.ts';
import { useRunTable } from '../data/runTable/useRunTable.ts';
import { metricOfColumn } from '../runs/metricId.ts';
import { CHART_KINDS } from './chartKinds.ts';
import { ChartedColumnsQuery } from './chartQueries.ts';
import { chartChoices } from './columns/chartChoices.ts';
import classes from './MetricCharts.module.css';
import type { MetricChartsProps } from './metricChartsProps.ts';
import { MetricList } from './metrics/MetricList.tsx';
import { metricRuns } from './metrics/metricRuns.ts';
import { shownMetrics, toChosen } from './metrics/metricSelection.ts';
import { RunCharts } from './RunCharts.tsx';
import type { ChartColumns, ChartNeeds, RunsScope } from './runCharts.ts';

const ALL_RUNS: RunsScope = {};

const CATALOG_LINES = `metrics:
  type: tracking.MetricsDataset
  filepath: data/09_tracking/metrics.json`;

/** Charts over runs: of their metrics, parameters and what else is known of them. */
export default function MetricCharts(props: MetricChartsProps) {
  const { search, onSearchChange, scope = ALL_RUNS } = props;
  const [{ data, fetching, error }, refetchColumns] = useQuery({ query: ChartedColumnsQuery });
  const whole = !scope.search && !scope.bookmarked && scope.archived !== true;
  const columns = useMemo(
    (): ChartColumns => ({
      metrics: data?.metricColumns ?? [],
      parameters: data?.parameterColumns ?? [],
      choices: data ? chartChoices(data.metricColumns, data.parameterColumns, whole) : [],
    }),
    [data, whole],
  );
  const { metrics } = columns;
  const shown = useMemo(() => shownMetrics(metrics, search.metrics), [metrics, search.metrics]);
  const kind = CHART_KINDS.find(({ value }) => value === search.chart) ?? CHART_KINDS[0];
  const needs: ChartNeeds = { search, columns, shown };
  const names = data ? kind.needs(needs) : [];
  const withMetrics = names.some((name) => metricOfColumn(name) !== undefined) || undefined;
  const result = useRunTable(
    {
      columns: names,
      search: kind.query ? kind.query(scope.search, needs) : scope.search,
      bookmarked: scope.bookmarked,
      archived: scope.archived,
      withMetrics,
    },
    data === undefined || metrics.length === 0,
  );
  const refetch = (): void => {
    refetchColumns({ requestPolicy: 'network-only' });
    if (metrics.length > 0) result.refetch();
  };
  useChanges(['RUNS'], refetch);

  const { table } = result;
  const counted = useMemo(
    () =>
      metrics.map((metric) => ({
        ...metric,
        // What the table lacks is hidden: of the whole store it is known how many runs have it.
        runs: (table && metricRuns(table, metric.id)) ?? (whole ? metric.runs : undefined),
      })),
    [metrics, table, whole],
  );

  const failure = error ?? result.error;
  if (failure && table === undefined) {
    return (
      <StateMessage
        icon={IconAlertTriangle}
        tone="danger"
        title="The metrics could not be loaded"
        actions={<Button onClick={refetch}>Try again</Button>}
      >
        {failure.message}
      </StateMessage>
    );
  }
  if (data === undefined) return fetching ? <LoadingCharts /> : null;
  if (metrics.length === 0) return <NoMetrics />;

  const list = kind.listed ? (
    <MetricList
      metrics={counted}
      shown={new Set(shown)}
      onShownChange={(next) => onSearchChange({ metrics: toChosen(metrics, next) })}
    />
  ) : undefined;
  return (
    <div className={classes.page} data-listed={list !== undefined || undefined}>
      {list && <aside className={classes.side}>{list}</aside>}
      <div className={classes.main}>
        {table === undefined ? (
          <LoadingCharts />
        ) : (
          <Suspense fallback={<LoadingCharts />}>
            <RunCharts
              {...props}
              kind={kind}
              table={table}
              columns={columns}
              shown={shown}
              scope={scope}
              list={list}
              withMetrics={withMetrics === true}
              busy={result.fetching}
              problem={failure?.message}
            />
          </Suspense>
        )}
      </div>
    </div>
  );
}

function LoadingCharts() {
  return (
    <div className={classes.skeletons} role="status" aria-label="Loading the metrics">
      {[1, 2, 3, 4, 5, 6].map((n) => (
        <Skeleton key={n} height={240} radius="md" />
      ))}
    </div>
  );
}

function NoMetrics() {
  return (
    <StateMessage icon={IconChartLine} title="No metrics yet">
      <p>
        Return numbers from a node into a <Code>tracking.MetricsDataset</Code>, and every run adds a point to
        the charts here. In the catalog:
      </p>
      <CodeBlock code={CATALOG_LINES} title="conf/base/catalog.yml" />
      <p>
        Then let the node return them, for example <Code>{'{"r2_score": score, "mae": mae}'}</Code>, with{' '}
        <Code>outputs="metrics"</Code>.
      </p>
    </StateMessage>
  );
}
