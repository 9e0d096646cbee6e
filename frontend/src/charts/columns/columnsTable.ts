import type { RunColumnData, RunTable } from '../../data/runTable/runTable.ts';
import { chooseFormat, formatNumber } from '../../formatting/numbers.ts';
import { formatExactTime } from '../../formatting/time.ts';
import { kindOfColumn, parseRunColumn } from '../../runs/runColumns.ts';
import { type ChartTable, type ChartTableColumn, tableOfRows } from '../frame/chartTable.ts';
import { runNameColumns } from '../runs/runNameColumns.ts';
import { titleOfName } from './titleOfName.ts';

/**
 * Some columns of some runs, as they stand behind a chart.
 *
 * @param names of the columns
 * @param rows of the table
 */
export function columnsTable(
  table: RunTable,
  names: readonly string[],
  rows: readonly number[],
  onRun: (id: string) => void,
): ChartTable {
  const columns = [
    ...runNameColumns(table),
    ...names.flatMap((name) => {
      const column = table.columns.get(name);
      return column && name !== 'started' ? [tableColumn(column)] : [];
    }),
  ];
  return tableOfRows(rows, columns, (row) => {
    const id = table.runIds[row];
    if (id !== undefined) onRun(id);
  });
}

function tableColumn(column: RunColumnData): ChartTableColumn {
  const named = parseRunColumn(column.name);
  const title = titleOfName(column.name);
  if (column.kind === 'category') {
    return { title, value: (row) => column.labels[column.codes[row] ?? -1] };
  }
  const { values } = column;
  if (named && kindOfColumn(named) === 'time') {
    const iso = (row: number): string | null => {
      const date = new Date(values[row] ?? Number.NaN);
      return Number.isNaN(date.getTime()) ? null : date.toISOString();
    };
    return { title, value: iso, text: (row) => formatExactTime(iso(row) ?? '') };
  }
  const format = chooseFormat(values.subarray(0, 5_000).filter(Number.isFinite));
  return {
    title,
    numeric: true,
    value: (row) => column.wholeNumbers.get(row) ?? values[row],
    text: (row) => formatNumber(column.wholeNumbers.get(row) ?? values[row] ?? Number.NaN, format),
  };
}
