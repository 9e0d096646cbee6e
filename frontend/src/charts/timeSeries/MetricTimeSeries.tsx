import { useMemo } from 'react';
import { formatCount, formatNumber } from '../../formatting/numbers.ts';
import { ChartFrame } from '../frame/ChartFrame.tsx';
import { largeChart } from '../frame/largeChart.ts';
import type { ChartedMetric, RunChartProps } from '../runCharts.ts';
import { chartedLine } from './chartedLines.ts';
import { describeAxis } from './describeChart.ts';
import { isSequence } from './runAxis.ts';
import { seriesTable } from './seriesTable.ts';
import type { SharedAxis } from './sharedAxis.ts';
import { TimeSeriesChart } from './TimeSeriesChart.tsx';

const CHART_HEIGHT = 190;

/** One metric along the axis. */
export function MetricTimeSeries(props: RunChartProps & SharedAxis & { metric: ChartedMetric }) {
  const { table, metric, axis, heights, range, colours, marked, search, onSelectRun } = props;
  const best = search.best === true;
  const compared = marked.some((row) => row !== undefined);
  const colour = compared ? colours.muted : colours.accent;
  const line = useMemo(
    () => chartedLine(table, metric, { axis, heights, best }, colour),
    [table, metric, axis, heights, best, colour],
  );
  const lines = useMemo(() => [line], [line]);
  const rows = useMemo(
    () => seriesTable(table, axis, lines, range, onSelectRun),
    [table, axis, lines, range, onSelectRun],
  );
  const latest = isSequence(axis)
    ? axis.rows.findLast((row) => !Number.isNaN(line.values[row] ?? Number.NaN))
    : undefined;
  const title = `${metric.id} ${describeAxis(axis)}`;
  return (
    <ChartFrame
      title={title}
      shortTitle={metric.key}
      fact={
        <>
          {latest !== undefined && (
            <>
              latest <strong>{formatNumber(line.values[latest] ?? Number.NaN, line.format)}</strong>
            </>
          )}
          {latest !== undefined && line.hidden > 0 && ' · '}
          {line.hidden > 0 && `${formatCount(line.hidden)} not above zero`}
        </>
      }
      table={rows}
      height={CHART_HEIGHT}
      {...largeChart(metric.id, props)}
    >
      {({ height, picture }) => (
        <TimeSeriesChart {...props} title={title} lines={lines} height={height} picture={picture} />
      )}
    </ChartFrame>
  );
}
