import type { ChartNeeds } from '../runCharts.ts';

/** The column whose values are looked at: the one chosen, or else the first metric. */
export function measuredColumn({ search, columns, shown }: ChartNeeds): string {
  const metric = shown[0] ?? columns.metrics[0]?.id;
  return search.y ?? (metric === undefined ? 'duration' : `metrics.${metric}`);
}

export function distributionNeeds(needs: ChartNeeds): string[] {
  const { by } = needs.search;
  return [...new Set([measuredColumn(needs), ...(by ? [by] : [])])];
}
