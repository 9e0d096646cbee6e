import type { RunTable } from '../../data/runTable/runTable.ts';
import { metricColumn } from '../../runs/metricId.ts';

/** How many runs of a table have a metric, as far as the table has it. A run that has told NaN has it too. */
export function metricRuns(table: RunTable, id: string): number | undefined {
  const column = table.columns.get(metricColumn(id));
  if (column?.kind !== 'number') return undefined;
  return column.values.reduce(
    (runs, value) => (Number.isNaN(value) ? runs : runs + 1),
    column.notNumbers.length,
  );
}
