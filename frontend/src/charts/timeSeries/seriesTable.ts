import type { RunTable } from '../../data/runTable/runTable.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { type ChartTable, type ChartTableColumn, tableOfRows } from '../frame/chartTable.ts';
import { runNameColumns } from '../runs/runNameColumns.ts';
import type { Range } from '../scales/axes.ts';
import type { MetricLine } from './metricLine.ts';
import { firstAfter, firstFrom, type RunAxis, writePlace } from './runAxis.ts';

/** What a chart draws in a range, as rows: the last run along the axis first. */
export function seriesTable(
  table: RunTable,
  axis: RunAxis,
  lines: readonly (MetricLine & { name: string })[],
  range: Range,
  onSelectRun: (id: string) => void,
): ChartTable {
  const rows = axis.rows.subarray(firstFrom(axis, range[0]), firstAfter(axis, range[1])).toReversed();
  const placeOf = (row: number): number => axis.places[row] ?? Number.NaN;
  const along: ChartTableColumn[] =
    axis.kind === 'time' || axis.kind === 'order'
      ? []
      : [
          {
            title: axis.title,
            numeric: axis.kind === 'number',
            value: (row) => (axis.kind === 'number' ? placeOf(row) : writePlace(axis, placeOf(row))),
            text: (row) => writePlace(axis, placeOf(row)),
          },
        ];
  const columns: ChartTableColumn[] = [
    ...runNameColumns(table),
    ...along,
    ...lines.map(({ id, values, format }) => ({
      title: id,
      numeric: true,
      value: (row: number) => values[row],
      text: (row: number) => formatNumber(values[row] ?? Number.NaN, format),
    })),
  ];
  return tableOfRows(rows, columns, (row) => onSelectRun(table.runIds[row] ?? ''));
}
