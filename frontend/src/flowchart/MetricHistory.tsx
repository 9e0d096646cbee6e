import { Skeleton } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { MetricSeries, MetricTable } from '../charts/metricTable.ts';
import { useChartColours } from '../charts/runs/chartColours.ts';
import { HoveredRunStore } from '../charts/runs/hoveredRun.ts';
import { RunTooltip } from '../charts/runs/RunTooltip.tsx';
import { fullRange, rowsByTime, type TimeRange } from '../charts/timeSeries/timeSeries.ts';
import { useMetricTable } from '../charts/useMetricTable.ts';
import { BreakableName } from '../components/BreakableName.tsx';
import { ButtonLink } from '../components/ButtonLink.tsx';
import {
  computeDelta,
  countOf,
  formatAbsoluteDelta,
  formatNumber,
  formatRelativeDelta,
} from '../formatting/numbers.ts';
import { formatExactTime } from '../formatting/time.ts';
import { useChanges } from '../graphql/changes.ts';
import { latestTwo } from './latestValues.ts';
import classes from './NodePanel.module.css';

const TimeSeriesChart = lazy(async () => ({
  default: (await import('../charts/timeSeries/TimeSeriesChart.tsx')).TimeSeriesChart,
}));

const CHART_HEIGHT = 132;
const NONE: readonly number[] = [];

/** How the metrics of a dataset have changed: the latest value of each, and one small chart over all runs. */
export function MetricHistory({ dataset }: { dataset: string }) {
  const { table, fetching, error, refetch } = useMetricTable({ dataset });
  useChanges(['RUNS'], refetch);
  if (table === undefined) {
    if (error) return <p className={classes.note}>The metrics could not be loaded: {error.message}</p>;
    return fetching ? <Skeleton height={160} radius="md" /> : null;
  }
  if (table.series.length === 0) {
    return <p className={classes.note}>No run has saved this dataset yet.</p>;
  }
  return <History table={table} />;
}

function History({ table }: { table: MetricTable }) {
  const navigate = useNavigate();
  const colours = useChartColours();
  const [hovered] = useState(() => new HoveredRunStore());
  const [zoomed, setZoomed] = useState<TimeRange>();
  const rows = useMemo(() => rowsByTime(table), [table]);
  const full = useMemo(() => fullRange(table, rows), [table, rows]);
  return (
    <section className={classes.history} aria-label="Metrics over time">
      {table.series.map((series) => (
        <article key={series.id} className={classes.metric}>
          <LatestValue series={series} table={table} rows={rows} />
          {full && (
            <div style={{ height: CHART_HEIGHT }}>
              <Suspense fallback={<Skeleton height={CHART_HEIGHT} radius="md" />}>
                <TimeSeriesChart
                  table={table}
                  rows={rows}
                  series={series}
                  range={zoomed ?? full}
                  full={full}
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
          search={{ tab: 'metrics', metrics: table.series.map(({ id }) => id) }}
          leftSection={<IconChartLine size={14} aria-hidden />}
        >
          Open in the metric charts
        </ButtonLink>
      </div>
      <RunTooltip table={table} hovered={hovered} />
    </section>
  );
}

type LatestValueProps = { series: MetricSeries; table: MetricTable; rows: Uint32Array };

function LatestValue({ series, table, rows }: LatestValueProps) {
  const { latest, previous } = latestTwo(series.values, rows);
  if (latest === undefined) return null;
  const value = series.values[latest] ?? Number.NaN;
  const delta = previous === undefined ? null : computeDelta(value, series.values[previous] ?? Number.NaN);
  const id = table.runIds[latest] ?? '';
  const started = table.startedAt[latest] ?? Number.NaN;
  const relative = delta && formatRelativeDelta(delta);
  return (
    <header className={classes.latest}>
      <h3 title={series.id}>
        <BreakableName name={series.key} />
      </h3>
      <div className={classes.values}>
        <strong>{formatNumber(value, series.format)}</strong>
        {delta && (
          <span
            title={previous === undefined ? undefined : `Against ${table.titles[previous]}, the run before`}
          >
            {formatAbsoluteDelta(delta, series.format)}
            {relative && delta.absolute !== 0 && ` (${relative})`}
          </span>
        )}
      </div>
      <Link
        to="/experiment-tracking/runs/$runId"
        params={{ runId: id }}
        search={{}}
        className={classes.run}
        title={Number.isNaN(started) ? id : formatExactTime(new Date(started).toISOString())}
      >
        {table.titles[latest]}
      </Link>
    </header>
  );
}
