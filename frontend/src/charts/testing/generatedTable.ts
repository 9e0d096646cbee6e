import { type MetricTable, toMetricTable } from '../metricTable.ts';

/** Numbers from 0 to 1 that are the same in every run of the tests. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** A table of one metric a column; one run an hour. */
export function tableOf(columns: Record<string, (number | 'NaN' | 'Infinity' | null)[]>): MetricTable {
  const runs = Math.max(...Object.values(columns).map((values) => values.length));
  const runIds = Array.from({ length: runs }, (_, i) => `run-${i}`);
  return toMetricTable({
    runIds,
    titles: runIds.map((id) => id.toUpperCase()),
    startedAt: runIds.map((_, i) => i * 3_600_000),
    columns: Object.entries(columns).map(([id, values]) => {
      const cut = id.lastIndexOf('.');
      return { id, dataset: id.slice(0, cut), key: id.slice(cut + 1), values };
    }),
  });
}

/** One series of a table. */
export function seriesOf(table: MetricTable, index = 0) {
  const series = table.series[index];
  if (series === undefined) throw new Error(`The table has no series ${index}.`);
  return series;
}
