import { Button, Code, Loader, Popover, SegmentedControl, Skeleton, Switch, Text } from '@mantine/core';
import { IconAlertTriangle, IconChartLine, IconListCheck } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { CodeBlock } from '../components/CodeBlock.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import { countOf } from '../formatting/numbers.ts';
import { useChanges } from '../graphql/changes.ts';
import classes from './MetricCharts.module.css';
import { MetricColumnsQuery } from './metricQueries.ts';
import { MetricList } from './metrics/MetricList.tsx';
import { MetricTableView } from './metrics/MetricTableView.tsx';
import { SHOWN_AT_FIRST, shownMetrics, toChosen } from './metrics/metricSelection.ts';
import type { MetricTable } from './metricTable.ts';
import { ParallelCoordinates } from './parallel/ParallelCoordinates.tsx';
import { runColourVariable, useChartColours } from './runs/chartColours.ts';
import { HoveredRunStore } from './runs/hoveredRun.ts';
import { RunTooltip } from './runs/RunTooltip.tsx';
import { useMetricTable } from './useMetricTable.ts';

// ECharts is the heaviest part of the page: it comes when a time series is to be drawn.
const TimeSeriesGrid = lazy(async () => ({
  default: (await import('./timeSeries/TimeSeriesGrid.tsx')).TimeSeriesGrid,
}));

export type MetricChartsSearch = { metrics?: string[]; chart?: 'time' | 'parallel' };

export type MetricChartsProps = {
  /** The compared runs, in the order of the comparison. */
  selectedRunIds: string[];
  onSelectRun: (id: string) => void;
  search: MetricChartsSearch;
  onSearchChange: (search: MetricChartsSearch) => void;
};

const CATALOG_LINES = `metrics:
  type: tracking.MetricsDataset
  filepath: data/09_tracking/metrics.json`;

/** All metrics of all runs: a list to choose from, time series and parallel coordinates. */
export default function MetricCharts(props: MetricChartsProps) {
  const { search, onSearchChange } = props;
  const [{ data, fetching, error }, refetchColumns] = useQuery({ query: MetricColumnsQuery });
  const metrics = useMemo(() => data?.metricColumns ?? [], [data]);
  const shown = useMemo(() => shownMetrics(metrics, search.metrics), [metrics, search.metrics]);
  // Few metrics are fetched together, so that showing and hiding is instant; of many, only those that are shown.
  const fetched = useMemo(
    () => (metrics.length <= SHOWN_AT_FIRST ? {} : { metrics: shown }),
    [metrics, shown],
  );
  const result = useMetricTable(fetched, data === undefined || metrics.length === 0);

  const refetch = (): void => {
    refetchColumns({ requestPolicy: 'network-only' });
    if (metrics.length > 0) result.refetch();
  };
  useChanges(['RUNS'], refetch);

  const table = useMemo(() => result.table && withSeries(result.table, shown), [result.table, shown]);
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

  const list = (
    <MetricList
      metrics={metrics}
      shown={new Set(shown)}
      onShownChange={(next) => onSearchChange({ ...search, metrics: toChosen(metrics, next) })}
    />
  );
  return (
    <div className={classes.page}>
      <aside className={classes.side}>{list}</aside>
      <div className={classes.main}>
        {table === undefined ? (
          <LoadingCharts />
        ) : (
          <Charts {...props} table={table} metricCount={metrics.length} list={list} busy={result.fetching} />
        )}
      </div>
    </div>
  );
}

type ChartsProps = MetricChartsProps & {
  table: MetricTable;
  metricCount: number;
  list: React.ReactNode;
  busy: boolean;
};

function Charts({
  selectedRunIds,
  onSelectRun,
  search,
  onSearchChange,
  table,
  metricCount,
  list,
  busy,
}: ChartsProps) {
  const colours = useChartColours();
  const [hovered] = useState(() => new HoveredRunStore());
  const [asTable, setAsTable] = useState(false);
  const marked = useMemo(() => selectedRunIds.map((id) => table.rowOf.get(id)), [selectedRunIds, table]);
  const chart = search.chart ?? 'time';
  return (
    <>
      <div className={classes.toolbar}>
        <SegmentedControl
          size="xs"
          aria-label="Chart"
          value={chart}
          onChange={(value) =>
            onSearchChange({ ...search, chart: value === 'parallel' ? 'parallel' : undefined })
          }
          data={[
            { value: 'time', label: 'Time series' },
            { value: 'parallel', label: 'Parallel coordinates' },
          ]}
        />
        <div className={classes.choose}>
          <Popover position="bottom-start" width={300} withinPortal trapFocus returnFocus shadow="md">
            <Popover.Target>
              <Button size="xs" variant="default" leftSection={<IconListCheck size={14} aria-hidden />}>
                Metrics ({table.series.length}/{metricCount})
              </Button>
            </Popover.Target>
            <Popover.Dropdown>{list}</Popover.Dropdown>
          </Popover>
        </div>
        <Text size="sm" c="dimmed" className={classes.runs}>
          {countOf(table.runIds.length, 'run')}
          {busy && <Loader size={12} ml={8} aria-label="Loading" />}
        </Text>
        <Switch
          size="xs"
          label="Table"
          checked={asTable}
          onChange={(event) => setAsTable(event.currentTarget.checked)}
        />
      </div>
      <ComparedRuns table={table} ids={selectedRunIds} marked={marked} onSelectRun={onSelectRun} />
      {table.series.length === 0 ? (
        <StateMessage
          icon={IconListCheck}
          title="All metrics are hidden"
          actions={
            <Button onClick={() => onSearchChange({ ...search, metrics: undefined })}>
              {metricCount > SHOWN_AT_FIRST ? `Show the first ${SHOWN_AT_FIRST}` : 'Show all'}
            </Button>
          }
        >
          Choose some from the list.
        </StateMessage>
      ) : asTable ? (
        <MetricTableView table={table} marked={marked} onSelectRun={onSelectRun} />
      ) : chart === 'time' ? (
        <Suspense fallback={<LoadingCharts />}>
          <TimeSeriesGrid
            table={table}
            marked={marked}
            hovered={hovered}
            colours={colours}
            onSelectRun={onSelectRun}
          />
        </Suspense>
      ) : (
        <ParallelCoordinates
          table={table}
          marked={marked}
          hovered={hovered}
          colours={colours}
          onSelectRun={onSelectRun}
        />
      )}
      {!asTable && <RunTooltip table={table} hovered={hovered} />}
    </>
  );
}

type ComparedRunsProps = {
  table: MetricTable;
  ids: readonly string[];
  marked: readonly (number | undefined)[];
  onSelectRun: (id: string) => void;
};

/** The key to the numbered marks in the charts. */
function ComparedRuns({ table, ids, marked, onSelectRun }: ComparedRunsProps) {
  if (ids.length === 0) return null;
  return (
    <ul className={classes.compared} aria-label="Compared runs">
      {ids.map((id, position) => {
        const row = marked[position];
        return (
          <li key={id}>
            <button type="button" className={classes.comparedRun} onClick={() => onSelectRun(id)} title={id}>
              <span className={classes.badge} style={{ background: runColourVariable(position) }}>
                {position + 1}
              </span>
              <span className={classes.comparedTitle}>{row === undefined ? id : table.titles[row]}</span>
              {row === undefined && <span className={classes.without}>no metrics</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function withSeries(table: MetricTable, shown: readonly string[]): MetricTable {
  const wanted = new Set(shown);
  return { ...table, series: table.series.filter(({ id }) => wanted.has(id)) };
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
