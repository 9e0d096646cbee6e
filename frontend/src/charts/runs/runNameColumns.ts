import { formatExactTime } from '../../formatting/time.ts';
import type { RunTable } from '../../runColumns/runTable.ts';
import type { ChartTableColumn } from '../frame/chartTable.ts';

/** The first columns of tables behind charts over runs: which run a row tells of. Rows are those of the table. */
export function runNameColumns({ titles, runIds, startedAt }: RunTable): ChartTableColumn[] {
  const startOf = (row: number): string | null => {
    const date = new Date(startedAt[row] ?? Number.NaN);
    return Number.isNaN(date.getTime()) ? null : date.toISOString();
  };
  return [
    { title: 'Run', value: (row) => titles[row] },
    { title: 'Id', value: (row) => runIds[row] },
    { title: 'Started', value: startOf, text: (row) => formatExactTime(startOf(row) ?? '') },
  ];
}
