import { metricColumn } from '../../runs/metricId.ts';
import { BY_ORDER } from '../chartsSearch.ts';
import { SHOWN_AT_FIRST } from '../metrics/metricSelection.ts';
import type { ChartNeeds } from '../runCharts.ts';

/** The columns of the time series: few metrics come together, so that showing one is instant; of many, those shown. */
export function timeSeriesNeeds({ search, columns, shown }: ChartNeeds): string[] {
  const ids = columns.metrics.length <= SHOWN_AT_FIRST ? columns.metrics.map(({ id }) => id) : shown;
  const along = search.x === undefined || search.x === BY_ORDER ? [] : [search.x];
  return [...new Set([...ids.map((id) => metricColumn(id)), ...along])];
}
