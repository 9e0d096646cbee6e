/** Numbers over the runs of a table; `values[i]` belongs to `runIds[i]`. */
export type NumberColumnData = {
  kind: 'number';
  name: string;
  /** NaN where a run has none, or has told NaN; infinities are what a run has told. */
  values: Float64Array;
  /** Least and greatest finite value; NaN where there is none. */
  min: number;
  max: number;
  /** Rows whose run has told NaN, which is not the same as none. */
  notNumbers: Uint32Array;
  /** By row: the digits of whole numbers of which `values` has only what is near. */
  wholeNumbers: ReadonlyMap<number, `${bigint}`>;
};

/** Values that are no numbers over the runs of a table: texts, booleans, lists, or kinds that are mixed. */
export type CategoryColumnData = {
  kind: 'category';
  name: string;
  /** The place of each run's value in `labels`; -1 where it has none. */
  codes: Int32Array;
  labels: string[];
  /** How many values have no label of their own: the last label stands for all of them. */
  leftOut: number;
};

export type RunColumnData = NumberColumnData | CategoryColumnData;

/** Columns of many runs, oldest run first. */
export type RunTable = {
  runIds: string[];
  /** A run's title, or its id where it has none. */
  titles: string[];
  /** Milliseconds since 1970, NaN where the start of a run is unknown. */
  startedAt: Float64Array;
  /** Row of a run by its id. */
  rowOf: ReadonlyMap<string, number>;
  /** By name, such as "metrics.evaluate.r2_score". */
  columns: ReadonlyMap<string, RunColumnData>;
};

/** A column of numbers, with its range. */
export function numberColumn(
  name: string,
  values: Float64Array,
  notNumbers: Uint32Array = new Uint32Array(),
  wholeNumbers: ReadonlyMap<number, `${bigint}`> = new Map(),
): NumberColumnData {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const isEmpty = min > max;
  return {
    kind: 'number',
    name,
    values,
    min: isEmpty ? Number.NaN : min,
    max: isEmpty ? Number.NaN : max,
    notNumbers,
    wholeNumbers,
  };
}

/** A table of runs and their columns. */
export function runTable(
  runIds: string[],
  titles: string[],
  startedAt: Float64Array,
  columns: Iterable<RunColumnData>,
): RunTable {
  return {
    runIds,
    titles,
    startedAt,
    rowOf: new Map(runIds.map((id, row) => [id, row])),
    columns: new Map([...columns].map((column) => [column.name, column])),
  };
}
