import type { RunTable } from '../../data/runTable/runTable.ts';
import { metricColumn } from '../../runs/metricId.ts';
import type { ChartedMetric } from '../runCharts.ts';
import { bestSoFar, type Heights, metricLine } from './metricLine.ts';
import { isSequence, type RunAxis } from './runAxis.ts';
import type { ChartedLine } from './TimeSeriesChart.tsx';

export type LineOptions = { axis: RunAxis; heights: Heights; best: boolean };

/** A metric of a table as a line of a chart. */
export function chartedLine(
  table: RunTable,
  metric: Pick<ChartedMetric, 'id' | 'key' | 'direction'>,
  { axis, heights, best }: LineOptions,
  colour: string,
  name = metric.key,
): ChartedLine {
  const column = table.columns.get(metricColumn(metric.id));
  const values =
    column?.kind === 'number' ? column.values : new Float64Array(table.runIds.length).fill(Number.NaN);
  const line = metricLine(metric.id, values, heights);
  const direction = metric.direction === 'HIGHER' ? 'higher' : 'lower';
  const steps =
    best && metric.direction !== null && isSequence(axis) ? bestSoFar(axis, line.heights, direction) : [];
  return { ...line, name, colour, best: steps };
}
