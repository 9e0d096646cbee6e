import type { RunTable } from '../../data/runTable/runTable.ts';
import { formatExactTime } from '../../formatting/time.ts';
import type { ChartTableColumn } from '../frame/chartTable.ts';
import { nameOfRow, startOfRow } from './chartedRunNames.ts';

/**
 * The first columns of tables behind charts over runs: which run a row tells of. Rows are those of the table. Files have
 * the id of a run without a title in place of one, as it can be looked up by that.
 */
export function runNameColumns(table: RunTable): ChartTableColumn[] {
  const startOf = (row: number): string | null => startOfRow(table, row);
  return [
    { title: 'Run', value: (row) => table.titles[row], text: (row) => nameOfRow(table, row) },
    { title: 'Id', value: (row) => table.runIds[row] },
    { title: 'Started', value: startOf, text: (row) => formatExactTime(startOf(row) ?? '') },
  ];
}
