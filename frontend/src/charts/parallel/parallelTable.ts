import type { RunTable } from '../../data/runTable/runTable.ts';
import { chooseFormat, formatNumber, type NumberFormat } from '../../formatting/numbers.ts';
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
  const columns = [...runNameColumns(table), ...axes.map(axisColumn)];
  return tableOfRows(rows, columns, (row) => onSelectRun(table.runIds[row] ?? ''));
}

function axisColumn(axis: ParallelAxis): ChartTableColumn {
  let format: NumberFormat | undefined;
  const write = (value: number): string => {
    format ??= axis.kind === 'number' ? chooseFormat(axis.values.filter(Number.isFinite)) : undefined;
    return formatNumber(value, format);
  };
  return {
    title: axis.name,
    numeric: axis.kind === 'number',
    value: (row) => (axis.kind === 'number' && !axis.time ? axis.values[row] : writeValue(axis, row, String)),
    text: (row) => writeValue(axis, row, write) ?? '–',
  };
}
