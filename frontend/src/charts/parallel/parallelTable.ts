import { chooseFormat, formatNumber } from '../../formatting/numbers.ts';
import type { RunTable } from '../../runColumns/runTable.ts';
import { type ChartTable, type ChartTableColumn, tableOfRows } from '../frame/chartTable.ts';
import { runNameColumns } from '../runs/runNameColumns.ts';
import { type ParallelAxis, writeValue } from './parallelAxes.ts';

/** What the chart draws as rows: the runs that pass, newest first. */
export function parallelTable(
  table: RunTable,
  axes: readonly ParallelAxis[],
  pass: Uint8Array,
  onSelectRun: (id: string) => void,
): ChartTable {
  const rows: number[] = [];
  for (let row = pass.length - 1; row >= 0; row -= 1) if (pass[row] === 1) rows.push(row);
  const columns: ChartTableColumn[] = [
    ...runNameColumns(table),
    ...axes.map((axis) => {
      const format = axis.kind === 'number' ? chooseFormat(axis.values.filter(Number.isFinite)) : undefined;
      return {
        title: axis.name,
        numeric: axis.kind === 'number',
        value: (row: number) =>
          axis.kind === 'number' && !axis.time ? axis.values[row] : writeValue(axis, row, String),
        text: (row: number) => writeValue(axis, row, (value) => formatNumber(value, format)) ?? '–',
      };
    }),
  ];
  return tableOfRows(rows, columns, (row) => onSelectRun(table.runIds[row] ?? ''));
}
