import { chooseFormat, type NumberFormat } from '../formatting/numbers.ts';
import type { IdColumn, NumberColumn } from '../graphql/scalars.ts';

/** One metric over all runs of a table; `values[i]` belongs to `runIds[i]` and is NaN where the run has none. */
export type MetricSeries = {
  id: string;
  dataset: string;
  key: string;
  values: Float64Array;
  /** How its values are written: with the digits that tell them apart. */
  format: NumberFormat;
};

/** Metrics of many runs as columns, oldest run first. */
export type MetricTable = {
  runIds: string[];
  titles: string[];
  /** Milliseconds since the epoch, NaN where the start of a run is unknown. */
  startedAt: Float64Array;
  series: MetricSeries[];
  /** Index of a run by its id. */
  rowOf: ReadonlyMap<string, number>;
};

/** A metric table as the server answers it. */
export type MetricTableAnswer = {
  runIds: IdColumn;
  titles: IdColumn;
  startedAt: NumberColumn;
  columns: { id: string; dataset: string; key: string; values: NumberColumn }[];
};

/** Reads a column of numbers; all that cannot be drawn (missing, not finite) becomes NaN. */
export function toColumn(values: NumberColumn, length: number): Float64Array {
  const column = new Float64Array(length).fill(Number.NaN);
  for (let row = 0; row < length; row += 1) {
    const value = values[row];
    if (typeof value === 'number' && Number.isFinite(value)) column[row] = value;
  }
  return column;
}

/** Turns the server's answer into columns ready to draw. */
export function toMetricTable(answer: MetricTableAnswer): MetricTable {
  const { runIds } = answer;
  return {
    runIds,
    titles: runIds.map((id, row) => answer.titles[row] || id),
    startedAt: toColumn(answer.startedAt, runIds.length),
    series: answer.columns.map(({ id, dataset, key, values }) => ({
      id,
      dataset,
      key,
      values: toColumn(values, runIds.length),
      format: chooseFormat(values),
    })),
    rowOf: new Map(runIds.map((id, row) => [id, row])),
  };
}

/** Whether a metric has whole numbers only, such as a count. */
export function isWhole({ format }: Pick<MetricSeries, 'format'>): boolean {
  return format.notation === 'fixed' && format.digits === 0;
}
