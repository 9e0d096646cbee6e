import type { RunColumnData } from '../../data/runTable/runTable.ts';
import { compareNumbers } from '../../formatting/numbers.ts';
import type { ChartedMetric, ChartedParameter } from '../runCharts.ts';

/** Whether two runs have different values in a column. */
export function isDiffering(column: RunColumnData): boolean {
  if (column.kind === 'number') return column.min < column.max;
  const [first] = column.codes.filter((code) => code >= 0);
  return column.codes.some((code) => code >= 0 && code !== first);
}

/** The parameters that are numbers and not the same in all runs. */
export function differingNumbers(parameters: readonly ChartedParameter[]): ChartedParameter[] {
  return parameters.filter(
    ({ kind, min, max }) => kind === 'NUMBER' && min !== null && max !== null && min < max,
  );
}

/** The metrics that are not the same in all runs. */
export function differingMetrics(metrics: readonly ChartedMetric[]): ChartedMetric[] {
  return metrics.filter(({ min, max }) => min !== null && max !== null && compareNumbers(min, max) < 0);
}
