import { metricColumn } from '../../runs/metricId.ts';
import { parseRunColumn } from '../../runs/runColumns.ts';
import { BY_ORDER } from '../chartsSearch.ts';
import { differingNumbers } from '../columns/differing.ts';
import type { ChartColumns, ChartNeeds } from '../runCharts.ts';
import type { BetterWay } from './pareto.ts';

/** The columns of the axes: those chosen, or else the number with most values among the parameters, and the first metric. */
export function scatterAxes({ search, columns, shown }: ChartNeeds): { x: string; y: string } {
  const [parameter] = differingNumbers(columns.parameters).sort(
    (one, other) => other.distinct - one.distinct,
  );
  const metric = shown[0] ?? columns.metrics[0]?.id;
  const along = search.x === BY_ORDER ? undefined : search.x;
  return {
    x: along ?? (parameter ? `params.${parameter.name}` : 'started'),
    y: search.y ?? (metric === undefined ? 'duration' : metricColumn(metric)),
  };
}

export function scatterNeeds(needs: ChartNeeds): string[] {
  const { x, y } = scatterAxes(needs);
  const { colour, size } = needs.search;
  return [...new Set([x, y, ...(colour ? [colour] : []), ...(size ? [size] : [])])];
}

/** Which way of a column is better: known of some metrics. */
export function betterWay(name: string, columns: ChartColumns): BetterWay {
  const column = parseRunColumn(name);
  if (column?.source !== 'metrics') return null;
  return columns.metrics.find(({ id }) => id === column.name)?.direction ?? null;
}

/** Whether a column is of numbers as a rule, which sizes can stand for. */
export function isNumeric(name: string, columns: ChartColumns): boolean {
  const column = parseRunColumn(name);
  if (column?.source === 'params') {
    return columns.parameters.some(
      (parameter) => parameter.name === column.name && parameter.kind === 'NUMBER',
    );
  }
  return column?.source === 'metrics' || name === 'duration';
}
