import type { RunTable } from '../../data/runTable/runTable.ts';
import { isExpression } from '../../query/index.ts';
import type { Brush } from '../parallel/brushes.ts';
import { asCondition, joinQuery, toQuery } from '../parallel/brushQuery.ts';
import { brushedKinds } from '../parallel/needs.ts';
import type { ChartColumns } from '../runCharts.ts';

/**
 * The query of the page with the ranges that some runs span; words, which cannot be joined with conditions, give way.
 *
 * @param axes names of the columns that are conditions
 */
export function areaQuery(
  axes: readonly string[],
  rows: readonly number[],
  table: RunTable,
  columns: ChartColumns,
  query: string | undefined,
): string {
  const brushes = new Map<string, Brush>();
  const kinds = brushedKinds(axes, columns);
  for (const name of axes) {
    const column = table.columns.get(name);
    if (column === undefined || !kinds.has(name)) continue;
    if (column.kind === 'category') {
      const labels = new Set(rows.flatMap((row) => column.labels[column.codes[row] ?? -1] ?? []));
      brushes.set(name, { kind: 'labels', labels: [...labels] });
    } else {
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (const row of rows) {
        const value = column.values[row] ?? Number.NaN;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      if (low <= high) brushes.set(name, { kind: 'range', low, high });
    }
  }
  const kept = query !== undefined && isExpression(query) ? [asCondition(query)] : [];
  return joinQuery(kept, toQuery(brushes, kinds)) ?? '';
}
