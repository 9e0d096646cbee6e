import { Skeleton } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import type { ChartedMetric } from '../charts/runCharts.ts';
import { useChartColours } from '../charts/runs/chartColours.ts';
import { nameOfRow, startOfRow } from '../charts/runs/chartedRunNames.ts';
import { HoveredRunStore } from '../charts/runs/hoveredRun.ts';
import { RunTooltip } from '../charts/runs/RunTooltip.tsx';
import type { Range } from '../charts/scales/axes.ts';
import { chartedLine } from '../charts/timeSeries/chartedLines.ts';
import { timeAxis } from '../charts/timeSeries/runAxis.ts';
import type { ChartedLine } from '../charts/timeSeries/TimeSeriesChart.tsx';
import { BreakableName } from '../components/BreakableName.tsx';
import { ButtonLink } from '../components/ButtonLink.tsx';
import { useChanges } from '../data/changes.ts';
import { graphql } from '../data/generated/index.ts';
import type { RunTable } from '../data/runTable/runTable.ts';
import { useRunTable } from '../data/runTable/useRunTable.ts';
import {
  computeDelta,
  countOf,
  formatAbsoluteDelta,
  formatNumber,
  formatRelativeDelta,
} from '../formatting/numbers.ts';
import { formatExactTime } from '../formatting/time.ts';
import { metricColumn } from '../runs/metricId.ts';
import { latestTwo } from './latestValues.ts';
import classes from './NodePanel.module.css';

const TimeSeriesChart = lazy(async () => ({
  default: (await import('../charts/timeSeries/TimeSeriesChart.tsx')).TimeSeriesChart,
}));

const HistoryColumnsQuery = graphql(`
  query HistoryColumns {
    metricColumns {
      id
      dataset
      key
      direction
    }
  }
`);

const CHART_HEIGHT = 132;
const NONE: readonly number[] = [];

/** How the metrics of a dataset have changed: the latest value of each, and one small chart over all runs. */
export function MetricHistory({ dataset }: { dataset: string }) {
  const [{ data, error }, refetchColumns] = useQuery({ query: HistoryColumnsQuery });
  const metrics = useMemo(
    () => data?.metricColumns.filter((column) => column.dataset === dataset) ?? [],
    [data, dataset],
  );
  const result = useRunTable(
    { columns: metrics.map(({ id }) => metricColumn(id)), withMetrics: true },
    metrics.length === 0,
  );
  useChanges(['RUNS'], () => {
    refetchColumns({ requestPolicy: 'network-only' });
    if (metrics.length > 0) result.refetch();
  });
  if (data !== undefined && metrics.length === 0) {
    return <p className={classes.note}>No run has saved this dataset yet.</p>;
  }
  const failure = error ?? result.error;
  if (result.table === undefined) {
    if (failure) return <p className={classes.note}>The metrics could not be loaded: {failure.message}</p>;
    return <Skeleton height={160} radius="md" />;
  }
  return <History table={result.table} metrics={metrics} />;
}

type HistoryMetric = Pick<ChartedMetric, 'id' | 'key' | 'direction'>;

function History({ table, metrics }: { table: RunTable; metrics: readonly HistoryMetric[] }) {
  const navigate = useNavigate();
  const colours = useChartColours();
  const [hovered] = useState(() => new HoveredRunStore());
  const [zoomed, setZoomed] = useState<Range>();
  const axis = useMemo(() => timeAxis(table.startedAt), [table]);
  const lines = useMemo(
    () =>
      metrics.map((metric) =>
        chartedLine(table, metric, { axis, heights: 'values', best: false }, colours.accent),
      ),
    [table, metrics, axis, colours],
  );
  return (
    <section className={classes.history} aria-label="Metrics over time">
      {lines.map((line) => (
        <article key={line.id} className={classes.metric}>
          <LatestValue line={line} table={table} rows={axis.rows} />
          {axis.full && (
            <div style={{ height: CHART_HEIGHT }}>
              <Suspense fallback={<Skeleton height={CHART_HEIGHT} radius="md" />}>
                <TimeSeriesChart
                  title={`${line.id} over time`}
                  table={table}
                  axis={axis}
                  lines={[line]}
                  heights="values"
                  range={zoomed ?? axis.full}
                  full={axis.full}
                  marked={NONE}
                  hovered={hovered}
                  colours={colours}
                  height={CHART_HEIGHT}
                  onZoom={setZoomed}
                  onSelectRun={(runId) =>
                    navigate({ to: '/experiment-tracking/runs/$runId', params: { runId }, search: {} })
                  }
                />
              </Suspense>
            </div>
          )}
        </article>
      ))}
      <div className={classes.links}>
        <span className={classes.note}>{countOf(table.runIds.length, 'run')}</span>
        <ButtonLink
          to="/experiment-tracking"
          search={{ tab: 'metrics', metrics: metrics.map(({ id }) => id) }}
          leftSection={<IconChartLine size={14} aria-hidden />}
        >
          Open in the metric charts
        </ButtonLink>
      </div>
      <RunTooltip table={table} hovered={hovered} />
    </section>
  );
}

type LatestValueProps = { line: ChartedLine; table: RunTable; rows: Uint32Array };

function LatestValue({ line, table, rows }: LatestValueProps) {
  const { latest, previous } = latestTwo(line.values, rows);
  if (latest === undefined) return null;
  const value = line.values[latest] ?? Number.NaN;
  const delta = previous === undefined ? null : computeDelta(value, line.values[previous] ?? Number.NaN);
  const id = table.runIds[latest] ?? '';
  const started = startOfRow(table, latest);
  const relative = delta && formatRelativeDelta(delta);
  return (
    <header className={classes.latest}>
      <h3 title={line.id}>
        <BreakableName name={line.name} />
      </h3>
      <div className={classes.values}>
        <strong>{formatNumber(value, line.format)}</strong>
        {delta && (
          <span
            title={
              previous === undefined ? undefined : `Against ${nameOfRow(table, previous)}, the run before`
            }
          >
            {formatAbsoluteDelta(delta, line.format)}
            {relative && delta.absolute !== 0 && ` (${relative})`}
          </span>
        )}
      </div>
      <Link
        to="/experiment-tracking/runs/$runId"
        params={{ runId: id }}
        search={{}}
        className={classes.run}
        title={started === null ? id : formatExactTime(started)}
      >
        {nameOfRow(table, latest)}
      </Link>
    </header>
  );
}
