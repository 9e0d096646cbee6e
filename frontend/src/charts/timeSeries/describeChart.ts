import type { RunTable } from '../../data/runTable/runTable.ts';
import { countOf, formatNumber } from '../../formatting/numbers.ts';
import { isCalledByStart, nameOfRow } from '../runs/chartedRunNames.ts';
import type { MetricLine } from './metricLine.ts';
import { isSequence, type RunAxis, writePlace } from './runAxis.ts';

type NamedRuns = Pick<RunTable, 'runIds' | 'titles' | 'startedAt'>;

/** Of more compared runs, the table behind the chart tells. */
const MOST_TOLD = 10;

const ALONG: Record<RunAxis['kind'], string> = {
  time: 'over time',
  order: 'run by run',
  number: 'by',
  category: 'by',
};

/** What lies along the axis, in words: "over time", "by alpha". */
export function describeAxis(axis: RunAxis): string {
  return isSequence(axis) ? ALONG[axis.kind] : `by ${axis.title}`;
}

/** A line in one sentence, for those who do not see it; every value stands in the table behind the chart. */
export function describeMetric(
  line: MetricLine,
  axis: RunAxis,
  table: NamedRuns,
  marked: readonly (number | undefined)[],
): string {
  let count = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let latest = Number.NaN;
  for (const row of axis.rows) {
    const value = line.values[row] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    count += 1;
    if (value < low) low = value;
    if (value > high) high = value;
    latest = value;
  }
  const about = `${line.id} ${describeAxis(axis)}`;
  if (count === 0) return `${about}: no value that can be drawn.`;
  const write = (value: number): string => formatNumber(value, line.format);
  const compared = marked.flatMap((row, position) => {
    const value = row === undefined ? Number.NaN : (line.values[row] ?? Number.NaN);
    if (row === undefined || Number.isNaN(value)) return [];
    return [`${position + 1} ${nameOfRow(table, row)}: ${write(value)}`];
  });
  return [
    `${about}: ${countOf(count, 'run')}`,
    `lowest ${write(low)}`,
    `highest ${write(high)}`,
    ...(isSequence(axis) ? [`latest ${write(latest)}`] : []),
    ...compared.slice(0, MOST_TOLD),
    ...(compared.length > MOST_TOLD ? [`and ${compared.length - MOST_TOLD} more`] : []),
  ].join(', ');
}

/** A run of a chart in words. */
export function describeRun(
  table: NamedRuns,
  axis: RunAxis,
  lines: readonly (MetricLine & { name: string })[],
  row: number,
): string {
  const values = lines.flatMap(({ name, values, format }) => {
    const value = values[row] ?? Number.NaN;
    return Number.isNaN(value) ? [] : [`${name} ${formatNumber(value, format)}`];
  });
  // Of a run that is called by when it started, that is not said twice.
  const place =
    axis.kind === 'time' && isCalledByStart(table, row)
      ? []
      : [writePlace(axis, axis.places[row] ?? Number.NaN)];
  return [nameOfRow(table, row), ...place, ...values].join(', ');
}
