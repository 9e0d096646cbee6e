import { metricColumn } from '../../runs/metricId.ts';
import { NO_GROUPS } from '../chartsSearch.ts';
import type { ChartNeeds } from '../runCharts.ts';

/** Fewer groups than these are no comparison; more cannot be taken in at once. */
const FEWEST_GROUPS = 2;
const MOST_GROUPS = 8;

/** The column whose values are looked at: the one chosen, or else the first metric. */
export function measuredColumn({ search, columns, shown }: ChartNeeds): string {
  const metric = shown[0] ?? columns.metrics[0]?.id;
  return search.y ?? (metric === undefined ? 'duration' : metricColumn(metric));
}

/**
 * The column that parts the runs into groups: the one chosen, or else the parameter of few texts (or true and false) that
 * most runs have. Undefined: all runs together.
 */
export function groupingColumn({ search, columns }: ChartNeeds): string | undefined {
  if (search.by !== undefined) return search.by === NO_GROUPS ? undefined : search.by;
  const [parameter] = columns.parameters
    .filter(
      ({ kind, distinct }) =>
        (kind === 'TEXT' || kind === 'BOOLEAN') && distinct >= FEWEST_GROUPS && distinct <= MOST_GROUPS,
    )
    .sort((one, other) => other.runs - one.runs || other.distinct - one.distinct);
  return parameter && `params.${parameter.name}`;
}

export function distributionNeeds(needs: ChartNeeds): string[] {
  const by = groupingColumn(needs);
  return [...new Set([measuredColumn(needs), ...(by ? [by] : [])])];
}
