import { useMemo } from 'react';
import { countOf, formatCount } from '../../formatting/numbers.ts';
import { PageChart } from '../frame/PageChart.tsx';
import type { ChartedMetric, RunChartProps } from '../runCharts.ts';
import { runColour } from '../runs/chartColours.ts';
import { chartedLine } from './chartedLines.ts';
import { describeAxis } from './describeChart.ts';
import { Legend } from './Legend.tsx';
import { seriesTable } from './seriesTable.ts';
import type { SharedAxis } from './sharedAxis.ts';
import { TimeSeriesChart } from './TimeSeriesChart.tsx';

const CHART_HEIGHT = 380;

/** More lines in one chart cannot be told apart. */
const MOST_LINES = 16;

/** Names the chart in the address, where otherwise a metric's id stands. */
const TOGETHER = 'together';

/** Several metrics in one chart. */
export function MetricsTogether(props: RunChartProps & SharedAxis & { metrics: readonly ChartedMetric[] }) {
  const { table, metrics, axis, heights, range, colours, search, onSelectRun } = props;
  const best = search.best === true;
  const lines = useMemo(() => {
    const drawn = metrics.slice(0, MOST_LINES);
    const alike = new Set(drawn.map(({ dataset }) => dataset)).size === 1;
    return drawn.map((metric, position) =>
      chartedLine(
        table,
        metric,
        { axis, heights, best },
        runColour(colours, position),
        alike ? metric.key : metric.id,
      ),
    );
  }, [table, metrics, axis, heights, best, colours]);
  const rows = useMemo(
    () => seriesTable(table, axis, lines, range, onSelectRun),
    [table, axis, lines, range, onSelectRun],
  );
  const hidden = lines.reduce((sum, line) => sum + line.hidden, 0);
  const title = `${countOf(lines.length, 'metric')} ${describeAxis(axis)}`;
  return (
    <PageChart
      name={TOGETHER}
      address={props}
      title={title}
      facts={[
        ...(metrics.length > MOST_LINES ? [`the first ${MOST_LINES} of ${formatCount(metrics.length)}`] : []),
        ...(hidden > 0 ? [`${countOf(hidden, 'value')} not above zero`] : []),
      ]}
      controls={<Legend entries={lines} />}
      table={rows}
      height={CHART_HEIGHT}
    >
      {({ height, picture }) => (
        <TimeSeriesChart {...props} title={title} lines={lines} height={height} picture={picture} />
      )}
    </PageChart>
  );
}
