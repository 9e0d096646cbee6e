import type { MetricDirections } from '../../runs/metricDirections.ts';
import type { ComparedRun } from '../comparisonQueries.ts';
import type { ComparisonRow, ComparisonSection } from './comparisonRows.ts';
import type { Shown } from './MetricValue.tsx';
import { bestPlaces, type Direction } from './metricDelta.ts';

/** What a table of compared runs works with, whichever way round it is. */
export type RunsTableProps = {
  /** The first one is the baseline. */
  runs: ComparedRun[];
  sections: ComparisonSection[];
  /** Properties that are the same in all runs stay in view, however many. */
  showAlike?: boolean;
  shown: Shown;
  directions: MetricDirections;
  onBaseline: (id: string) => void;
  /** Told the ids in their new order, or without those taken out. */
  onRunsChange: (ids: string[]) => void;
};

/** The better direction of a row; undefined where there is none, or where nobody knows. */
export function directionOf(row: ComparisonRow, directions: MetricDirections): Direction {
  if (row.kind !== 'metric' || row.metric === undefined) return undefined;
  return directions.of(row.metric)?.direction ?? undefined;
}

const NOWHERE: ReadonlySet<number> = new Set();

/** The runs that have the best value of a row. */
export function bestOf(row: ComparisonRow, direction: Direction): ReadonlySet<number> {
  return row.kind === 'metric' ? bestPlaces(row.values, direction) : NOWHERE;
}
